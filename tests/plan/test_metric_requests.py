"""metrics.csv is asked for every metric that the study names, and for nothing else."""

from folklore.plan.metric_requests import requested_metrics
from folklore.plan.plan import PlannedStudy
from folklore.schema.study import Study

VARIANTS = ("a", "b")
GREATER = {"id": "C1-1", "says": "…", "test": "greater", "metric": "test_loss", "of": "b", "than": "a"}


def requested(**blocks):
    study = Study.model_validate({"title": "t", "question": "q", "reference": "s"} | blocks)
    planned = PlannedStudy("tiny", study, dict.fromkeys(VARIANTS), seeds=(1,))
    return {str(request["metric"]): request["names"] for request in requested_metrics(planned)}


def test_a_claim_asks_for_the_variants_that_it_names():
    assert requested(claims=[GREATER]) == {"{'name': 'test_loss'}": ["a", "b"]}
    assert requested(claims=[{"id": "C1-1", "says": "…", "test": "not_testable", "reason": "…"}]) == {}


def test_a_figure_without_variants_asks_for_all_of_them():
    figure = {"kind": "strip_plot", "caption": "", "metrics": ["test_loss", "seconds"]}
    assert requested(figures={"all": figure}) == {
        "{'name': 'seconds'}": ["a", "b"],
        "{'name': 'test_loss'}": ["a", "b"],
    }
    assert requested(figures={"one": figure | {"variants": ["b"]}})["{'name': 'seconds'}"] == ["b"]


def test_pairs_ask_for_the_published_metric_too():
    pairs = [{"label": "…", "published": "a", "corrected": "b"}]
    figure = {"kind": "pairs", "caption": "", "metric": "test_loss", "published_metric": "train_loss", "pairs": pairs}
    assert len(requested(figures={"worth": figure})) == 2


def test_a_selection_asks_for_its_criterion_and_for_the_scores_that_the_report_shows():
    asked = requested(selections={"tuned": {"among": ["b"], "by": "test_macro_f1"}})
    assert asked["{'name': 'test_macro_f1'}"] == ["b", "tuned"]
    assert asked["{'name': 'test_accuracy'}"] == ["tuned"]


def test_the_order_of_claims_and_figures_does_not_matter():
    other = GREATER | {"id": "C1-2", "metric": "train_loss", "of": "a", "than": "b"}
    assert list(requested(claims=[GREATER, other]).items()) == list(requested(claims=[other, GREATER]).items())


def test_a_variant_that_this_scale_leaves_out_is_not_asked_for():
    assert requested(claims=[GREATER | {"than": "c"}]) == {"{'name': 'test_loss'}": ["b"]}

"""Every metric that a study file may name: its settings and its words.

Adding one: an entry here, and a function of the same name in the family's module of folklore/analysis/metrics.
"""

from dataclasses import dataclass
from typing import Literal

# What a metric is computed from; folklore/analysis/metrics/compute.py has one function for each.
Family = Literal["score", "run", "fact", "curve", "event", "snapshot", "selection"]


@dataclass(frozen=True)
class MetricKind:
    """`phrase` and `unit` are templates; folklore/wording/metrics.py says what they may contain."""

    family: Family
    phrase: str
    needs: frozenset[str] = frozenset()  # settings
    allows: frozenset[str] = frozenset()
    unit: str = ""
    curve: str | None = None  # where the name implies it; otherwise the setting `of`
    of_diverged: bool = False  # True: runs that diverged have this number too


def _kind(family: Family, phrase: str, needs: str = "", allows: str = "", **further) -> MetricKind:
    return MetricKind(family, phrase, frozenset(needs.split()), frozenset(allows.split()), **further)


def _curve(phrase: str, needs: str = "of", allows: str = "", **further) -> MetricKind:
    return _kind("curve", phrase, needs, allows, **further)


def _window(phrase: str, **further) -> MetricKind:
    return _curve(phrase, allows="last run_fraction", **further)


def _event(phrase: str, needs: str, **further) -> MetricKind:
    return _kind("event", phrase, needs, "time_unit", unit="{times}", **further)


def _fact(phrase: str, needs: str = "", **further) -> MetricKind:
    return _kind("fact", phrase, needs, of_diverged=True, **further)


def _snapshot(phrase: str, needs: str = "snapshot", allows: str = "") -> MetricKind:
    return _kind("snapshot", phrase, needs, allows)


def _selection(phrase: str, allows: str = "") -> MetricKind:
    return _kind("selection", phrase, "target_score", allows)


SCORE = _kind("score", "{score} {checkpoint}", allows="checkpoint")

METRIC_KINDS = {
    # of a run
    "seconds": _kind("run", "training time", unit="s"),
    "seconds_per_epoch": _kind("run", "training time per epoch", unit="s"),
    "parameters": _kind("run", "number of parameters", of_diverged=True),
    "diverged": _kind("run", "share of runs that diverge", of_diverged=True),
    # of a curve
    "final": _curve("{curve} after the last {step}"),
    "at_epoch": _curve("{curve} after {step} {epoch}", "of epoch"),
    "at_train_loss": _curve("{curve} after the first epoch with a training loss of {loss:g} or less", "of loss"),
    "minimum": _window("lowest {curve}{window}"),
    "maximum": _window("highest {curve}{window}"),
    "mean": _window("mean {curve}{window}"),
    "drop_from_max": _curve("drop of the {curve} from its highest to its last value"),
    "rise_from_min": _curve("rise of the {curve} from its lowest to its last value"),
    "range": _window("range of the {curve}{window}"),
    "n_increases": _window("number of {step}s in which the {curve} increases{window}", unit="{step}s"),
    "roughness": _window("roughness of the {curve}{window}"),
    "relative_roughness": _window("roughness of the {curve}{window}, relative to its range in the whole run"),
    "abs_slope": _window("absolute slope of the {curve}{window}", unit="per {step}"),
    "slope": _window("slope of the {curve}{window}", unit="per {step}"),
    "kendall_tau": _window("Kendall’s τ of the {curve} with the {step}{window}"),
    "std": _window("standard deviation of the {curve}{window}"),
    "ratio": _curve("ratio of the last to the first {curve}"),
    "best_epoch": _curve("epoch of the lowest {curve}", "", unit="epochs", curve="validation_loss"),
    "overfit_slope": _curve(
        "slope of the {curve} from its lowest to its last value", "", unit="per {step}", curve="validation_loss"
    ),
    # the time of an event in a curve
    "epochs_to_accuracy": _event("{until} {a_curve} of {level:g} or more", "level", curve="train_accuracy"),
    "first_epoch_above": _event("{until} {a_curve} above {level:g}", "of level"),
    "convergence_epoch": _event("{until} {a_curve} within {within:g} of its last value", "of within"),
    "epoch_of_max": _event("{time_of} the highest {curve}", "of"),
    # of the data and the network, without training
    "scheduled_lr": _fact("scheduled learning rate in epoch {epoch}", "epoch"),
    "class_ratio": _fact("ratio of the largest to the smallest class in the {split} set", "split"),
    "prior_cross_entropy": _fact(
        "cross-entropy on the {split} set of predicting the training set’s class prior", "split", unit="nats"
    ),
    "majority_class_accuracy": _fact(
        "accuracy on the {split} set of always predicting the most frequent training class", "split"
    ),
    "n_examples": _fact("number of examples in the {split} set", "split"),
    "class_distance": _fact("mean distance between inputs of different classes minus that within a class"),
    "max_abs_channel_mean": _fact("largest absolute mean of a channel"),
    "max_abs_channel_std_error": _fact("largest difference of a channel’s standard deviation from 1"),
    "n_weights": _fact("number of weights in {tensor}", "tensor"),
    # of the measurements of a recorder or a probe, by tensor or layer
    "recorded_max": _snapshot("{largest}{snapshot}"),
    "recorded_min": _snapshot("{smallest}{snapshot}"),
    "recorded_mean": _snapshot("{average}{snapshot}"),
    "log10_mean": _snapshot("mean log₁₀ over {things} of the {snapshot}"),
    "depth_kendall_tau": _snapshot("Kendall’s τ with depth of the {snapshot}{relative_to}", allows="other_variant"),
    "normalised_entropy": _snapshot("normalised entropy over {things} of the {snapshot}"),
    "log10_change": _snapshot("change in mean log₁₀ over {things} from the {snapshot} to the {to}", "snapshot to"),
    "total_variation": _snapshot(
        "total variation distance over {things} between the {snapshot} and the {to}",
        "snapshot to",
    ),
    "spearman": _snapshot(
        "Spearman’s rank correlation over {things} of the {snapshot} with {other}", allows="to other_variant"
    ),
    "mcnemar_p": _snapshot("p-value of McNemar’s test{against}", "snapshot other_variant"),
    # of how each seed chooses among the candidates of a selection; claims name the selection
    "regret": _selection("regret of each seed’s own choice in {target_score}"),
    "optimism": _selection("optimism of each seed’s own choice (its criterion minus its {target_score})"),
    "rank_agreement": _selection(
        "rank correlation of the criterion{averaged} with the mean {target_score}", allows="averaged"
    ),
    "is_suboptimal": _selection("share of seeds whose choice does not have their best {target_score}"),
    "is_suboptimal_on_average": _selection(
        "share of seeds whose choice is not the variant of the best mean {target_score}"
    ),
}

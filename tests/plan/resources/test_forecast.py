"""How long a run takes is told by runs of its recipe, else of its kind, else by a stated pace."""

import json

import pytest

from folklore.plan.resources.forecast import PACE, RunHistory
from folklore.plan.resources.work import count_macs
from folklore.schema.recipe import Recipe

MLP = {
    "data": {"name": "mnist", "source": "embedded", "train": 1_000, "validation": 100},
    "model": {"name": "mlp"},
    "optimiser": {"name": "sgd", "lr": 0.1},
    "batch_size": 64,
    "epochs": 10,
}
RECIPES = {
    "short": Recipe.model_validate(MLP),
    "long": Recipe.model_validate(MLP | {"epochs": 40}),
    "other kind": Recipe.model_validate(MLP | {"model": {"name": "linear"}}),
}


@pytest.fixture
def forecast(tmp_path):
    """Of a recipe, after the runs that are given as recipe → seconds of each seed."""

    def told(recipe: str, **ran):
        for name, seeds in ran.items():
            for seed, seconds in enumerate(seeds, start=1):
                folder = tmp_path / "runs" / name / str(seed)
                folder.mkdir(parents=True)
                (folder / "cost.json").write_text(json.dumps({"seconds": seconds}))
        return RunHistory(tmp_path, RECIPES).forecast(recipe)

    return told


def test_the_recipes_own_runs_come_first(forecast):
    told = forecast("short", short=[10, 30, 20], long=[1])
    assert (told.seconds, told.source) == (20, "recorded")


def test_similar_runs_are_scaled_by_their_work(forecast):
    told = forecast("long", short=[10])
    assert told.source == "similar"
    assert told.seconds == pytest.approx(40, rel=0.1)


def test_runs_of_another_kind_say_nothing(forecast):
    told = forecast("other kind", short=[10])
    assert (told.seconds, told.source) == (count_macs(RECIPES["other kind"]) / PACE, "default")


def test_a_broken_record_is_passed_over(forecast, tmp_path):
    (tmp_path / "runs/short/1").mkdir(parents=True)
    (tmp_path / "runs/short/1/cost.json").write_text("{")
    assert forecast("short").source == "default"


def test_a_time_limit_leaves_a_margin_has_a_least_and_grows_with_the_attempt(forecast):
    told = forecast("short", short=[3_600])
    assert told.time_limit() > 60
    assert told.time_limit(attempt=2) == 2 * told.time_limit()
    assert forecast("other kind").time_limit() == 10

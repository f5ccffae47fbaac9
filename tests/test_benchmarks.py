"""The benchmarks can run: each is there, and the recipes that they write out are complete and train."""

from dataclasses import replace
from pkgutil import resolve_name

import pytest

from benchmarks import BENCHMARKS
from benchmarks.additions import _of_images, _of_points
from benchmarks.quietly import train_quietly
from benchmarks.settings import CNN, recipe_settings
from benchmarks.workloads import WORKLOADS
from folklore.schema.recipe import Recipe


@pytest.mark.parametrize("target", BENCHMARKS.values())
def test_every_benchmark_is_there(target):
    assert callable(resolve_name(target))


def test_the_recipe_of_the_benchmarks_has_every_setting_of_a_recipe():
    """A setting that a recipe gains would otherwise be missing when a benchmark trains."""
    assert set(recipe_settings(CNN, 64, 1)) == set(Recipe.model_fields)


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.title)
def test_each_workload_trains_with_all_that_is_added_to_it(workload):
    small = replace(workload, train=64, validation=32, epochs=1)
    bare, data = small.settings(), small.examples()
    additions = _of_images(bare) if workload.model["name"] == "cnn" else _of_points()
    for settings in ({}, *additions.values()):
        train_quietly(bare | settings, data)

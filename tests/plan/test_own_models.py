"""Planning reads the code of a user's own model without running it."""

import re
from pathlib import Path

import pytest
import yaml

from folklore.execution.errors import UserError
from folklore.plan.load import load_plan
from folklore.plan.resources.demand import gains_from_gpu, memory_mb
from folklore.plan.resources.work import count_macs

PAGE = (Path(__file__).resolve().parents[2] / "docs/adding-a-model.md").read_text()
FILES = {name: code for _, name, code in re.findall(r"```(python|yaml)\n# ([\w./]+)\n(.*?)```", PAGE, flags=re.DOTALL)}


@pytest.fixture
def planned(tmp_path, monkeypatch):
    """Plans the page's example, its model changed."""
    monkeypatch.chdir(tmp_path)

    def plan(code=FILES["my_models.py"], **model):
        Path("my_models.py").write_text(code)
        study = yaml.safe_load(FILES["studies/shortcut.yaml"])
        study["base"]["model"] |= model
        Path("studies").mkdir(exist_ok=True)
        Path("studies/shortcut.yaml").write_text(yaml.safe_dump(study))
        return load_plan({"scale": "full", "data": {"source": "embedded"}}, Path("studies"))

    return plan


def fault(planned, code=FILES["my_models.py"], **model):
    with pytest.raises(UserError) as raised:
        planned(code, **model)
    [line] = str(raised.value).splitlines()
    return line.removeprefix("studies/shortcut.yaml: variants 'width=4', 'width=16': ")


def test_an_axis_changes_one_setting_and_keeps_the_others(planned):
    code = FILES["my_models.py"].replace("classes, width):\n    return", "classes, width, depth):\n    return")
    study = planned(code, settings={"width": 8, "depth": 2}).studies["shortcut"]
    assert [study.variants[name].recipe.model.settings for name in ("width=4", "width=16")] == [
        {"width": 4, "depth": 2},
        {"width": 16, "depth": 2},
    ]


def test_memory_time_and_device_are_estimated_without_the_network(planned):
    recipe = planned().studies["shortcut"].variants["width=4"].recipe
    assert memory_mb(recipe) > 900 and count_macs(recipe) > 0
    assert gains_from_gpu(recipe.model_copy(update={"epochs": 100}))


def test_layers_that_cannot_be_known_are_left_to_the_run(planned):
    assert planned().studies["shortcut"].variants["width=4"].recipe.model.layers is None


def test_a_missing_file_is_named(planned):
    assert fault(planned, build="mine.py:build").startswith("model.build: mine.py does not exist in ")


def test_a_missing_function_is_named_with_the_nearest(planned):
    assert fault(planned, build="my_models.py:biuld").startswith(
        "model.build: my_models.py: no function 'biuld'; did you mean 'build'?"
    )


def test_a_setting_that_the_function_lacks_is_named_with_its_parameters(planned):
    assert fault(planned, settings={"widht": 3}) == (
        "model.settings: no parameter of my_models.py:build 'widht'; did you mean 'width'? There are: width"
    )


def test_a_parameter_without_a_value_is_named(planned):
    code = FILES["my_models.py"].replace(
        "def build(inputs, classes, width)", "def build(inputs, classes, width, *, depth)"
    )
    assert fault(planned, code) == "model.settings: my_models.py:build needs depth. Add each with its value"


def test_a_function_that_takes_any_setting_or_is_computed_is_checked_when_a_run_starts(planned):
    assert planned("def build(inputs, classes, **settings): ...").studies
    assert planned("from functools import partial\nbuild = partial(print, 1)").studies


def test_code_that_python_cannot_read_is_one_message(planned):
    assert fault(planned, "def build(:\n").startswith("model.build: my_models.py: line 1: ")


def test_a_name_without_a_function_says_how_one_is_named(planned):
    assert "build" in fault(planned, build="my_models.py")

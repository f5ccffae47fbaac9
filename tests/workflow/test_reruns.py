"""Exactly what depends on a change reruns: every line of docs/what-reruns.md, asked of Snakemake itself."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from folklore.schema import (
    augmentation,
    claim,
    data,
    early_stopping,
    objectives,
    optimisers,
    parents,
    recipe,
    schedules,
    selection,
    study,
)
from folklore.schema.figures import FIGURES
from folklore.schema.figures.metrics import Pair
from folklore.schema.models import MODELS

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).resolve().parents[2] / "docs/what-reruns.md").read_text()


def rows(head: str) -> list[tuple[str, str, str]]:
    """The rows of all tables whose first column has this head."""
    tables = re.findall(rf"^\| {head} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    lines = [line for table in tables for line in table.splitlines()]
    return [tuple(cell.strip().strip("`") for cell in line.strip("|").split("|")) for line in lines]


def jobs(text: str) -> dict[str, int]:
    """Rule → number of jobs, the groups of the page spelt out."""
    groups = dict(re.findall(r"^\| (page|metrics|results|statistics) \| (.*) \|$", PAGE, re.MULTILINE))
    found = {}
    for item in text.split(", "):
        if item in groups:
            found |= jobs(groups[item])
        elif item != "nothing":
            rule, count = item.split(" ")
            found[rule] = int(count)
    return found


def set_value(content, path: str, value) -> None:
    """Sets `a.b.0.c`; an axis has dots in its own name."""
    steps = path.split(".", 1) if path.startswith("axes.") else path.split(".")
    for step in steps[:-1]:
        content = content[int(step)] if step.isdecimal() else content.setdefault(step, {})
    content[steps[-1]] = value


def change(file: Path, path: str, value: str) -> None:
    content = yaml.safe_load(file.read_text())
    set_value(content, path, yaml.safe_load(value))
    file.write_text(yaml.safe_dump(content, sort_keys=False))


@pytest.mark.parametrize(("path", "value", "reruns"), rows("In the study"), ids=lambda cell: cell[:40])
def test_a_change_in_the_study(checkout, path, value, reruns):
    change(checkout.path("studies/tiny.yaml"), path, value)
    assert checkout.plan() == jobs(reruns)


@pytest.mark.parametrize(("path", "value", "reruns"), rows("In config.yaml"), ids=lambda cell: cell[:40])
def test_a_change_in_the_configuration(checkout, path, value, reruns):
    change(checkout.path("config.yaml"), path, value)
    assert checkout.plan() == jobs(reruns)


COMMENT = "\n# A comment.\n"
CODE = {".py": "\nADDED = 1\n", ".css": "\nhr { color: red; }\n"}


@pytest.mark.parametrize(("name", "kind", "reruns"), rows("In the file"), ids=lambda cell: cell[:40])
def test_a_change_in_the_code(checkout, name, kind, reruns):
    file = checkout.path(name)
    text = file.read_text()
    changed = {
        "a comment": text + COMMENT,
        "code": text + CODE[file.suffix],
        "a docstring": text.replace('"""', '"""Changed. ', 1),
    }
    assert changed[kind] != text
    file.write_text(changed[kind])
    assert checkout.plan() == jobs(reruns)


def test_nothing_reruns_in_a_moved_checkout(checkout):
    assert checkout.plan() == {}


def test_nothing_reruns_after_a_git_checkout_of_the_same_content(checkout):
    for file in checkout.folder.rglob("*"):
        if file.is_file() and "results" not in file.parts and ".snakemake" not in file.parts:
            file.touch()
    assert checkout.plan() == {}


def test_nothing_reruns_when_snakemakes_own_records_are_lost_and_a_change_is_still_seen(checkout):
    """A restored archive is right without them: a recipe's identity is its path."""
    shutil.rmtree(checkout.path(".snakemake"))
    assert checkout.plan() == {}
    change(checkout.path("studies/tiny.yaml"), "variants.cnn.model.batch_norm", "true")
    assert checkout.plan()["train_run"] == 1


def test_a_value_changed_and_changed_back_retrains_nothing(checkout):
    file = checkout.path("studies/tiny.yaml")
    before = file.read_text()
    table = checkout.path("results/demo-embedded/tables/tiny/runs.csv")
    scores = table.read_bytes()
    change(file, "variants.cnn.model.hidden", "5")
    checkout.finished()
    assert table.read_bytes() != scores
    file.write_text(before)
    assert "train_run" not in checkout.plan()
    checkout.finished()
    assert table.read_bytes() == scores


def test_every_setting_of_the_vocabulary_stands_on_the_page():
    """A setting that is added without a line here would be untested."""
    paths = {path.split(".")[-1] for path, *_ in rows("In the study")}
    from_recipes = "Sgd Adam RmsProp InverseTime Step LinearDecay"
    named = vars(optimisers) | vars(schedules)
    blocks = [MODELS[name] for name in ("cnn", "residual_cnn", "mlp", "residual_mlp", "xgboost", "logistic")]
    blocks += [named[name] for name in from_recipes.split()] + [recipe.Recipe, data.Data, data.LabelNoise]
    blocks += [early_stopping.EarlyStopping, objectives.PenalisedCrossEntropy, parents.WeightsEdge]
    blocks += [claim.Greater, claim.Trend, claim.Best, claim.Threshold, claim.NotTestable]
    blocks += [study.PublishedValue, study.Defect, *FIGURES.values(), Pair]
    blocks += [
        augmentation.Augmentation,
        *(getattr(augmentation, name) for name in ["Flip", "Shift", "Rotation", "Colour", "Noise"]),
    ]
    blocks.append(selection.Selection)
    settings = {name for block in blocks for name in block.model_fields}
    elsewhere = {
        "id",
        "test",
        "kind",
        "protocol",
        "study",
        "path",
        "content",
        "categorical",
        "inputs",
        "label",
        "learning_rate",
        "official",
        "pretrained",
        "recipe",
        "label_noise",
    }
    elsewhere |= set(augmentation.Augmentation.model_fields)
    elsewhere |= {"data", "model", "optimiser", "schedule", "objective", "stop"}  # their own settings stand there
    elsewhere |= {"augmentation", "parents"}  # their own settings stand there
    assert settings - paths <= elsewhere | {"metric", "x", "y"}

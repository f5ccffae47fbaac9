"""Which room of the package a module is in decides whether a change of it plans trainings again."""

import shutil
from types import ModuleType

import pytest

from folklore import models
from folklore.provenance import fingerprint as fingerprints
from folklore.train import learners, recorders

JOB = "folklore.jobs.train_run"
MEANING = "\nADDED = 1\n"


def modules_of(*packages: ModuleType) -> set[str]:
    """The modules that the packages' tables of names list."""
    tables = [table for package in packages for table in vars(package).values() if isinstance(table, dict)]
    targets = [target for table in tables for target in table.values() if str(target).startswith("folklore.")]
    return {target.partition(":")[0] for target in targets}


ENTRIES = sorted({JOB} | modules_of(learners, models, recorders))
OF_TRAININGS = sorted(fingerprints.module_hashes(*ENTRIES))
NEUTRAL = sorted(
    f"folklore.execution.{path.stem}" for path in (fingerprints.ROOT / "folklore/execution").glob("[!_]*.py")
)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A copy of the package."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(fingerprints.ROOT / "folklore", root / "folklore", ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.fixture
def changed_by(package, monkeypatch):
    """Whether the fingerprint of some entries changes when a text is added to the end of a module."""
    monkeypatch.setattr(fingerprints, "ROOT", package)

    def fingerprint(entries):
        for function in (fingerprints._closure, fingerprints._imports, fingerprints._nodes, fingerprints._token_hash):
            function.cache_clear()
        return fingerprints.fingerprint(fingerprints.module_hashes(*entries))

    def changed(module: str, text: str, *entries: str) -> bool:
        path = package.joinpath(*module.split(".")).with_suffix(".py")
        source, before = path.read_text(), fingerprint(entries)
        path.write_text(source + text)
        after = fingerprint(entries)
        path.write_text(source)
        return after != before

    return changed


@pytest.mark.parametrize("module", NEUTRAL)
def test_a_change_of_how_jobs_are_executed_plans_no_training(changed_by, module):
    assert not changed_by(module, MEANING, *ENTRIES)


@pytest.mark.parametrize("module", OF_TRAININGS)
def test_a_change_of_any_module_that_trainings_use_plans_them_again(changed_by, module):
    assert changed_by(module, MEANING, JOB, module)


def test_a_training_hashes_no_module_of_messages_schema_or_analysis():
    rooms = {module.split(".")[1] for module in OF_TRAININGS}
    assert rooms <= {"jobs", "data", "models", "train", "runs"}

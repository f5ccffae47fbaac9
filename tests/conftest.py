"""A finished tiny study in a checkout of its own, made once for all tests and copied for each."""

import os
import shutil

import pytest
from checkouts import Checkout, new_checkout
from filelock import FileLock


@pytest.fixture(scope="session")
def finished_study(tmp_path_factory) -> Checkout:
    """Shared by all processes of a test run."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder
    with FileLock(shared / "finished.lock"):
        checkout = Checkout(shared / "finished")
        if not (shared / "finished.ready").exists():
            checkout.folder.mkdir()
            new_checkout(checkout.folder).finished()
            (shared / "finished.ready").touch()
    return checkout


@pytest.fixture
def checkout(finished_study, tmp_path) -> Checkout:
    """A copy with the same time stamps, somewhere else: every test that uses it tests a moved checkout too."""
    shutil.copytree(finished_study.folder, tmp_path / "moved", symlinks=True)
    return Checkout(tmp_path / "moved")


@pytest.fixture
def fresh(tmp_path) -> Checkout:
    """Nothing has run here yet."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    return new_checkout(folder)

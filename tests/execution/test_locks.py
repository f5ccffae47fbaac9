"""A lock is free when its process ends, says who holds it, and is refused in a sentence where there are no locks."""

import errno
import fcntl
import os
import subprocess
import sys

import pytest

from folklore.execution.errors import UserError
from folklore.execution.in_progress import training_lock
from folklore.execution.locks import holder, is_locked, read_note, try_lock
from folklore.execution.results_lock import lock_results
from folklore.provenance.fingerprint import ROOT

HOLD = """
from pathlib import Path
from folklore.execution.locks import try_lock
lock = try_lock(Path("lock"), reason="a test")
print("held", flush=True)
input()
"""


@pytest.fixture
def other(tmp_path):
    """Another process, which holds a lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_lock_names_its_holder_and_is_free_when_the_holder_is_killed(tmp_path, other):
    path = tmp_path / "lock"
    assert try_lock(path) is None
    assert is_locked(path)
    assert holder(path).startswith(f"process {other.pid} on ")
    assert read_note(path)["reason"] == "a test"
    other.kill()
    other.wait()
    assert not is_locked(path)
    assert try_lock(path)
    assert holder(path).startswith(f"process {os.getpid()} on ")


def test_a_missing_lock_file_is_not_locked_and_not_made(tmp_path):
    assert not is_locked(tmp_path / "none/lock")
    assert not list(tmp_path.iterdir())


@pytest.fixture(params=[errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def without_locks(request, monkeypatch):
    def refuse(*_):
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(fcntl, "flock", refuse)


@pytest.mark.parametrize("take", [lock_results, lambda folder: training_lock(folder).__enter__()])
def test_a_file_system_without_locks_is_named_in_one_sentence(tmp_path, without_locks, take):
    with pytest.raises(UserError, match="the file system does not support file locks") as refused:
        take(tmp_path / "results")
    assert "Set `results` in config.yaml to a folder on another file system" in str(refused.value)

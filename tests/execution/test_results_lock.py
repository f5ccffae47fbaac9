"""A results folder is held by one process, told of to others, and free when that process ends, however it ends."""

import subprocess
import sys

import pytest

from folklore.execution.errors import UserError
from folklore.execution.results_lock import lock_results
from folklore.provenance.fingerprint import ROOT

HOLD = """
from pathlib import Path
from folklore.execution.results_lock import lock_results

lock_results(Path("r")).note(["jobs"])
print("held", flush=True)
input()
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_who_comes_second_is_told_who_holds_the_folder_and_since_when(holder, tmp_path):
    with pytest.raises(UserError, match=rf"process {holder.pid} on \S+, since \d{{4}}-") as refused:
        lock_results(tmp_path / "r")
    assert "Wait until it has ended" in str(refused.value)


def test_a_holder_that_is_killed_leaves_the_folder_free_and_says_what_it_had_submitted(holder, tmp_path):
    holder.kill()
    holder.wait()
    assert lock_results(tmp_path / "r").submitted == ("jobs",)
    assert lock_results(tmp_path / "other").submitted == ()


def test_a_holder_that_was_killed_while_it_wrote_is_no_obstacle(tmp_path):
    (tmp_path / ".lock").write_text('{"host": "h')
    assert lock_results(tmp_path).submitted == ()

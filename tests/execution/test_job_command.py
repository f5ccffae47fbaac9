"""A job gets its arguments from the command line as its function declares them."""

import json
import subprocess
import sys

import pytest

from folklore.provenance.fingerprint import ROOT

JOB = """
'''Repeats what it was given.'''
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from folklore.execution.job_command import run_job
from folklore.execution.errors import UserError

def repeat(settings: dict, seeds: list, files: list[Path], count: int, name: str, out: Path) -> None:
    if name == "user": raise UserError("wrong é狗")
    if name == "bug": raise ValueError("a bug")
    if name == "memory": raise RuntimeError("CUDA out of memory")
    print([settings, seeds, [path.name for path in files], count, name, out.name])

run_job(repeat)
print("and goes on")
"""


@pytest.fixture
def called(tmp_path):
    script = tmp_path / "job.py"
    script.write_text(JOB.format(root=str(ROOT)), encoding="utf-8")

    def call(**changed: str) -> subprocess.CompletedProcess:
        options = {"settings": '{"a": 1}', "seeds": "[1, 2]", "count": "3", "name": "n", "out": "o"} | changed
        words = [word for key, value in options.items() for word in (f"--{key}", value)]
        command = [sys.executable, script, *words, "--files", "b", "c"]
        return subprocess.run(command, capture_output=True, check=False, env={"PYTHONIOENCODING": "ascii"})

    return call


def test_json_numbers_paths_and_lists_of_paths_are_read_and_a_job_that_succeeds_returns(called):
    assert called().stdout.decode() == "[{'a': 1}, [1, 2], ['b', 'c'], 3, 'n', 'o']\nand goes on\n"


def test_an_option_that_begins_with_an_at_is_read_from_its_file(called, tmp_path):
    (tmp_path / "long.json").write_text(json.dumps({"long": True}))
    assert "{'long': True}" in called(settings=f"@{tmp_path}/long.json").stdout.decode()


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [("user", 1, "error: wrong é狗\n"), ("memory", 1, "error: out of memory. Reduce `batch_size`")],
)
def test_errors_of_the_user_end_in_one_message_in_any_characters(called, name, code, message):
    done = called(name=name)
    assert done.returncode == code
    assert done.stderr.decode().startswith(message)


def test_a_bug_keeps_its_traceback(called):
    done = called(name="bug")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("Traceback")


def test_a_wrong_option_is_named(called):
    done = called(count="three")
    assert done.returncode == 2
    assert "--count" in done.stderr.decode()

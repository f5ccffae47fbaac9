"""A job that is forked from the warm process is the same job: its output, its exit code, its end when it is killed."""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux only")]


def prepare(call, folder: Path, data: dict, path: str = "") -> subprocess.Popen:
    outputs = {"arrays": folder / "a.npz", "provenance": folder / "a.json"}
    return call("prepare_data", data=json.dumps(data), path=path, downloads="d", contents="c", **outputs)


def test_a_warm_job_writes_what_a_cold_one_writes(warm, tmp_path):
    data = {"name": "mnist", "source": "embedded"}
    assert prepare(warm, tmp_path, data).wait() == 0
    cold = [sys.executable, "-m", "folklore.jobs.prepare_data", "--data", json.dumps(data), "--path", ""]
    cold += ["--downloads", "d", "--contents", "c"]
    subprocess.run([*cold, "--arrays", "b.npz", "--provenance", "b.json"], cwd=tmp_path, check=True)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_an_error_of_the_user_is_told_in_the_jobs_own_output_with_exit_code_1(warm, tmp_path):
    job = prepare(warm, tmp_path, {"name": "mnist", "source": "local"}, path="nowhere")
    said, _ = job.communicate()
    assert job.returncode == 1
    assert said.startswith("error: ")
    assert "nowhere" in said
    assert "Traceback" not in said


def test_a_job_has_the_umask_of_its_caller_and_writes_any_character(warm, tmp_path):
    """The server was started with another umask, and with an encoding that has neither of these characters."""
    before = os.umask(0o027)
    try:
        assert prepare(warm, tmp_path, {"name": "mnist", "source": "embedded"}).wait() == 0
    finally:
        os.umask(before)
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o640
    said, _ = prepare(warm, tmp_path, {"name": "mnist", "source": "local"}, path="狗é").communicate()
    assert "狗é" in said


def until(happens, *errors, seconds=60):
    """The value of the first call that raises none of these errors."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return happens()
        except errors:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_a_job_dies_with_the_process_that_asked_for_it(warm, tmp_path):
    """A pipe tells whether the job, which waits for the end of its input, is there to read it."""
    pipe = tmp_path / "arrays.npz"
    os.mkfifo(pipe)
    job = warm("split_data", split="{}", arrays=pipe, provenance="p.json", indices="i.npz", counts="c.json")
    end = until(lambda: os.open(pipe, os.O_WRONLY | os.O_NONBLOCK), OSError)
    job.kill()
    job.wait()

    readers = select.poll()
    readers.register(end, 0)  # nothing but POLLERR, which says that nobody reads
    assert [event for _, event in readers.poll(20_000)] == [select.POLLERR]
    os.close(end)


def test_the_folder_of_the_socket_is_closed_to_others(warm, short_folder):
    assert [path.stat().st_mode & 0o077 for path in short_folder.glob("folklore-*")] == [0]

"""No more trainings at a time on a graphics processor than it has slots, whatever becomes of the processes."""

import subprocess
import sys
import threading
import time
from contextlib import redirect_stdout

import pytest

from folklore.execution.gpu_slots import gpu_slot
from folklore.provenance.fingerprint import ROOT

HOLDING = """
import sys, time
from folklore.execution.gpu_slots import gpu_slot
with gpu_slot(["a"], 1) as number:
    print(number, flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def slots_of_this_test(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def test_every_processor_is_used_before_one_is_used_twice():
    with gpu_slot(["a", "b"], 2) as first, gpu_slot(["a", "b"], 2) as second:
        assert (first, second) == (0, 1)
        with gpu_slot(["a", "b"], 2) as third, gpu_slot(["a", "b"], 2) as fourth:
            assert (third, fourth) == (0, 1)
    with gpu_slot(["a", "b"], 2) as again:
        assert again == 0


def test_a_processor_is_known_by_its_name_wherever_it_stands_in_the_list():
    with gpu_slot(["a", "b"], 1), gpu_slot(["b", "a"], 1) as other:
        assert other == 0


class Heard(list):
    """What is printed, by whichever thread."""

    write = list.append

    def flush(self):
        pass


def takes(places, got):
    """Takes a slot, notes its processor and gives it back, beside the test."""

    def take():
        with gpu_slot(places, 1) as number:
            got.append(number)

    taking = threading.Thread(target=take)
    taking.start()
    return taking


def until_heard(heard):
    deadline = time.monotonic() + 300
    while not heard and time.monotonic() < deadline:
        time.sleep(0.01)
    assert "waiting for a free GPU slot" in heard[0]


def test_whoever_finds_no_free_slot_says_so_and_gets_the_next():
    got = []
    with redirect_stdout(Heard()) as heard, gpu_slot(["a", "b"], 1):
        with gpu_slot(["a", "b"], 1):
            waiting = takes(["a", "b"], got)
            until_heard(heard)
            assert not got
        waiting.join()
        assert got == [1]


def test_a_killed_process_leaves_its_slot():
    got = []
    with (
        redirect_stdout(Heard()) as heard,
        subprocess.Popen([sys.executable, "-c", HOLDING], stdout=subprocess.PIPE, text=True) as holder,
    ):
        assert holder.stdout.readline() == "0\n"
        waiting = takes(["a"], got)
        until_heard(heard)
        holder.kill()
    waiting.join()
    assert got == [0]

"""Whatever ends a training before its time, the same command goes on with it and leaves the same bytes."""

import os
import signal
import subprocess
import threading
import time
from contextlib import redirect_stdout

import pytest

from folklore.execution.in_progress import STATE, training_lock


def said_first(process: subprocess.Popen, words: str) -> str:
    """The first line with these words; until somebody reads on, the training waits before its end."""
    return next(line for line in process.stdout if words in line)


def interrupt(process: subprocess.Popen, number: int) -> tuple[int, str]:
    said_first(process, "epoch ")
    process.send_signal(number)
    said, _ = process.communicate()
    return process.returncode, said


@pytest.mark.slow
@pytest.mark.fault("`kill -9` of a training run on one machine")
def test_after_a_signal_and_a_kill_the_same_command_goes_on_and_ends_with_the_same_bytes(tiny_run):
    folder = tiny_run.folder / "a/resume/recipe/1"
    code, said = interrupt(tiny_run.start("a"), signal.SIGTERM)
    assert code == 128 + signal.SIGTERM
    assert said.splitlines()[-1].startswith("SIGTERM: saved in epoch ")
    assert (folder / STATE).exists()
    again = tiny_run.start("a")
    assert "resumes in epoch" in said_first(again, "resumes")
    assert interrupt(again, signal.SIGKILL)[0] == -signal.SIGKILL
    last, whole = tiny_run.start("a"), tiny_run.start("b")
    for process in (last, whole):
        assert process.communicate()[1] is None
        assert process.returncode == 0
    assert tiny_run.results("a") == tiny_run.results("b")
    assert not (tiny_run.folder / "a/resume/recipe").exists()


@pytest.mark.slow
def test_a_signal_reaches_the_training_that_was_forked_for_it(tiny_run, warm):
    code, said = interrupt(tiny_run.start("a", warm=True), signal.SIGUSR1)
    assert code == 128 + signal.SIGUSR1
    assert "SIGUSR1: saved in epoch " in said
    assert (tiny_run.folder / "a/resume/recipe/1" / STATE).exists()


class Heard(list):
    """What is printed, by whichever thread."""

    write = list.append

    def flush(self):
        pass


def test_two_processes_train_a_run_one_after_the_other(tmp_path):
    order, folder = [], tmp_path / "resume/recipe/1"

    def second():
        with training_lock(folder):
            order.append("second")

    with redirect_stdout(Heard()) as heard, training_lock(folder):
        waiting = threading.Thread(target=second)
        waiting.start()
        deadline = time.monotonic() + 300
        while not heard and time.monotonic() < deadline:
            time.sleep(0.01)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]
    assert "waiting for another process that trains this run: process " in heard[0]
    assert f"process {os.getpid()} on " in heard[0]
    assert not (tmp_path / "resume/recipe").exists()


def test_the_folder_of_a_run_stays_while_there_is_a_state_to_go_on_from(tmp_path):
    folder = tmp_path / "resume/recipe/1"
    with pytest.raises(KeyboardInterrupt), training_lock(folder):
        raise KeyboardInterrupt
    assert not folder.exists()
    with pytest.raises(KeyboardInterrupt), training_lock(folder):
        (folder / STATE).write_text("kept")
        (folder / f".{STATE}.1.safetensors").write_text("half")
        raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt), training_lock(folder):
        assert sorted(path.name for path in folder.iterdir()) == ["lock", STATE]
        raise KeyboardInterrupt
    with training_lock(folder):
        pass
    assert not folder.exists()

"""A full or read-only disk, a second Snakemake, a clock that jumps: one message, and the same command finishes."""

import hashlib
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from folklore.execution.files import write_json
from folklore.execution.results_lock import lock_results
from folklore.train.result import TrainResult, write_cost, write_history, write_records, write_scores, write_weights

pytestmark = pytest.mark.slow

PAGE = 4096


def mounted(folder: Path, *options: str) -> None:
    said = subprocess.run(["mount", *options, folder], capture_output=True, text=True, check=False)
    if said.returncode:
        pytest.skip(f"a disk of its own: {said.stderr.strip()}")


@pytest.fixture
def disk(tmp_path):
    """An empty one of 16 pages, of memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted(folder, "-t", "tmpfs", "-o", f"size={16 * PAGE}", "tmpfs")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def on_a_disk(checkout):
    """A checkout whose results lie on a disk of their own."""
    results = checkout.path("results")
    aside = results.rename(checkout.path("aside"))
    results.mkdir()
    mounted(results, "-t", "tmpfs", "-o", "size=64m", "tmpfs")
    subprocess.run(["cp", "--archive", f"{aside}/.", results], check=True)
    yield checkout
    subprocess.run(["umount", "--lazy", results], check=True)


def checksums(checkout) -> dict[str, str]:
    files = sorted(checkout.folder.glob("results/runs/*/*/*.*"))
    names = [path for path in files if path.name != "cost.json"]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in names}


def a_run_to_do(checkout) -> str:
    """The first of them, deleted."""
    scores = min(checkout.folder.glob("results/runs/mnist-mlp-*/1/scores.json"))
    for path in scores.parent.glob("*.*"):
        path.unlink()
    return str(scores.relative_to(checkout.folder))


def refused(checkout, *arguments: str) -> str:
    done = checkout.snakemake(*arguments)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stdout
    return done.stdout


@pytest.mark.fault("the disk runs full")
def test_a_disk_that_runs_full_at_any_write_leaves_no_half_written_file(disk):
    row = {"epoch": 1, "train_loss": 1.0}
    trained = TrainResult([row], 1, None, 1, {}, {"last.w": np.ones(2_000)}, [1.0], "cpu")
    writers = {
        "weights.safetensors": lambda path: write_weights(path, trained),
        "cost.json": lambda path: write_cost(path, trained, threads=1),
        "history.csv": lambda path: write_history(path, trained),
        "records.csv": lambda path: write_records(path, trained),
        "scores.json": lambda path: write_scores(path, trained, np.zeros(1), 1),
        "note.json": lambda path: write_json(path, row),
    }
    for free in range(4):
        for name, write in writers.items():
            (disk / "filler").write_bytes(bytes((16 - free) * PAGE))
            before = len(list(disk.iterdir()))
            try:
                write(disk / name)
            except OSError as error:
                assert error.strerror == "No space left on device"
                assert len(list(disk.iterdir())) == before
            else:
                assert free
                (disk / "filler").unlink()
                whole = disk / name
                content = whole.read_bytes()
                write(whole)
                assert whole.read_bytes() == content
                whole.unlink()


@pytest.mark.fault("the disk runs full")
@pytest.mark.fault("the results folder is read-only")
def test_a_full_and_a_read_only_disk_are_named_and_the_same_command_finishes_afterwards(on_a_disk):
    checkout, before = on_a_disk, checksums(on_a_disk)
    target, results = a_run_to_do(checkout), checkout.path("results")

    mounted(results, "-o", "remount,ro")
    assert "the results folder results cannot be written to: Read-only file system" in refused(checkout, target)
    mounted(results, "-o", "remount,rw")

    with pytest.raises(OSError, match="No space"), (results / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(PAGE))
    assert "No space left on device" in refused(checkout, target)
    assert not checkout.path(target).exists()

    (results / "filler").unlink()
    checkout.finished(target)
    assert checksums(checkout) == before


@pytest.mark.fault("a second Snakemake on the same results")
@pytest.mark.fault("the clock jumps")
def test_a_second_snakemake_is_turned_away_and_a_clock_that_jumps_retrains_nothing(checkout):
    before, target = checksums(checkout), a_run_to_do(checkout)
    for number, path in enumerate(sorted(checkout.folder.glob("results/**/*.*"))):
        year = 31_536_000 * (-1) ** number
        os.utime(path, (path.stat().st_atime + year, path.stat().st_mtime + year))
    assert checkout.plan(target) == {"train_run": 1}

    ours = lock_results(checkout.path("results"))
    said = refused(checkout, target)
    assert f"another Snakemake is at work on results: process {os.getpid()} on " in said
    ours.release()

    checkout.finished(target)
    assert checksums(checkout) == before

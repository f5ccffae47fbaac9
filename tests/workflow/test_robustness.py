"""A kill loses nothing that had finished; wrong input gets one message, exit code 1 and no traceback."""

import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import time

import pytest
from safetensors.numpy import load_file

from folklore.plan.load import load_plan

pytestmark = pytest.mark.slow


def runs(checkout, name="scores.json"):
    return sorted(checkout.folder.glob(f"results/runs/*/*/{name}"))


@pytest.mark.fault("`kill -9` of Snakemake and its training runs on one machine")
def test_after_a_kill_the_same_command_keeps_what_had_finished_and_does_the_rest(fresh):
    command = [sys.executable, "-m", "snakemake", "--cores", "2"]
    started = subprocess.Popen(
        command, cwd=fresh.folder, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 120
    while len(runs(fresh)) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    left = runs(fresh)
    asked = len(set(load_plan({}, fresh.path("studies")).studies["tiny"].runs))
    assert 4 <= len(left) < asked
    for path in left:
        assert json.loads(path.read_text())["status"] == "finished"
    for path in runs(fresh, "weights.safetensors"):
        assert load_file(path)
    # What had finished before those that were under way when the kill came (at most one a core).
    kept = {path: path.stat().st_mtime_ns for path in sorted(left, key=lambda path: path.stat().st_mtime_ns)[:-2]}
    fresh.finished()
    assert len(runs(fresh)) == asked
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert fresh.plan() == {}


def test_a_run_that_lost_a_file_is_named_with_the_file_to_delete_and_is_trained_again_then(checkout):
    lost = checkout.path(next(checkout.folder.glob("results/runs/*/1/history.csv")))
    before = lost.read_bytes()
    lost.unlink()
    checkout.edit("studies/tiny.yaml", "calibration: [cnn, places again]", "calibration: [cnn]")
    message = re.search(r"error: (\S+) is missing next to scores.json; delete (\S+) to have", refused(checkout))
    assert checkout.path(message[1]) == lost
    checkout.path(message[2]).unlink()
    checkout.finished(message[2])
    assert lost.read_bytes() == before


def test_options_that_are_too_long_for_a_command_line_reach_their_job_by_a_file(checkout):
    """Linux gives one argument 128 KiB, and a job's whole command is one."""
    rates = ", ".join(f"{number / 1000:g}" for number in range(1, 201))
    checkout.edit("studies/tiny.yaml", "optimiser.lr: [0.1, 0.01]", f"optimiser.lr: [{rates}]")
    facts = "results/demo-embedded/tables/tiny/facts.json"
    checkout.finished(facts)
    assert len(json.loads(checkout.path(facts).read_text())) > 200
    sizes = [path.stat().st_size for path in checkout.folder.glob("results/options/*.json")]
    assert max(sizes) > 128 * 1024


def refused(checkout, *arguments) -> str:
    done = checkout.snakemake(*arguments)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout
    return done.stdout


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "name: mlp",
            "name: mpl",
            "model: got 'mpl'; did you mean 'mlp'? Allowed: cnn, residual_cnn, mlp, residual_mlp, linear",
        ),
        ("batch_size: 16", "batchsize: 16", "no setting 'batchsize'; did you mean 'batch_size'?"),
        ("epochs: 2", "epochs: two", "epochs: input should be a valid integer"),
        ("seeds: [1]", "sede: [1]", "no setting 'sede'; did you mean 'seeds'?"),
        (
            "variant: softmax}",
            "variant: sofmax}",
            "weights: no variant of tiny 'sofmax'; did you mean 'softmax'?",
        ),
        ("title: Everything", "title: [Everything", "tiny.yaml: line"),
    ],
    ids=["model", "key", "type", "study key", "parents", "yaml"],
)
def test_a_study_that_says_something_wrong_is_refused_before_anything_runs(fresh, old, new, message):
    fresh.edit("studies/tiny.yaml", old, new)
    assert message in refused(fresh)
    assert not fresh.path("results").exists()


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (("scale=demmo",), "config.yaml: scale: got 'demmo'; did you mean 'demo'? Allowed: demo, reduced, full"),
        (("studies=[tny]",), "config.yaml: studies: no study 'tny'; did you mean 'tiny'? There are: tiny"),
        (("devise=cpu",), "no setting 'devise'; did you mean 'device'?"),
        (("data={source: local, path: nowhere}",), "dataset 'mnist': nowhere/mnist does not exist"),
        (("data={source: local}",), "dataset 'mnist' is local but has no path"),
    ],
    ids=["scale", "study", "key", "missing file", "no path"],
)
def test_a_wrong_configuration_is_refused_before_anything_runs(fresh, config, message):
    assert message in refused(fresh, "--config", *config)
    assert not fresh.path("results").exists()


def test_a_split_that_asks_for_more_than_there_is_says_how_much_there_is(fresh):
    fresh.edit("studies/tiny.yaml", "train: 60", "train: 6000")
    said = refused(fresh)
    assert "6,000" in said or "6000" in said
    assert "1,500" in said or "1500" in said
    assert not list(fresh.folder.glob("results/splits/mnist*.npz"))


def test_a_corrupt_archive_is_named_and_leaves_nothing_under_a_final_name(fresh):
    archive = fresh.path("mnist.tar.xz")
    with tarfile.open(archive, "w:xz") as tar:
        tar.add(fresh.path("config.yaml"), "train/0/0.png")
    archive.write_bytes(archive.read_bytes()[:-40])
    said = refused(fresh, "--config", "data={sets: {mnist: {source: local, path: mnist.tar.xz}}}")
    assert "mnist.tar.xz" in said
    assert "error:" in said
    assert not list(fresh.folder.glob("results/data/mnist*.npz"))


def test_a_parent_that_does_not_fit_is_refused_before_anything_runs(fresh):
    fresh.edit("studies/tiny.yaml", "variant: softmax}}, model: {name: linear}", "variant: softmax}}")
    assert (
        "variant 'child': parents.weights: tiny/softmax does not fit: layers: no layer of the parent 'fc1'"
        in refused(fresh)
    )
    assert not fresh.path("results").exists()


def test_a_full_disk_is_named_and_leaves_no_half_written_file(fresh):
    """A limit on the size of files stands in for a disk that runs full: the operating system refuses the write."""
    limited = f"ulimit -f 64; {sys.executable} -m snakemake --cores 1 --rerun-incomplete"
    done = subprocess.run(
        ["bash", "-c", f"trap '' XFSZ; {limited}"], cwd=fresh.folder, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "error: File too large" in done.stdout + done.stderr
    assert not list(fresh.folder.glob("results/data/*.npz"))

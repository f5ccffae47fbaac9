"""A training as the workflow calls it, on a little data, and the warm process that may fork it."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from folklore.data.dataset import save
from folklore.data.prepare import prepare
from folklore.data.raw_dataset import Request
from folklore.data.splits import draw
from folklore.execution.files import write_json
from folklore.plan.identity import split_settings
from folklore.provenance.fingerprint import ROOT
from folklore.schema.recipe import Recipe

SMALLEST_PIPE = 4096  # bytes: some forty lines of progress

RECIPE = {
    "data": {"name": "mnist", "source": "embedded", "train": 40, "validation": 20, "test": 20},
    "model": {"name": "mlp", "widths": [8], "dropout": 0.2},
    "optimiser": {"name": "adam", "lr": 0.01},
    "batch_size": 16,
    "epochs": 200,
}


NO_PARENTS = ("--weights_parent", "--mask_parent", "--teacher_logits")


@dataclass(frozen=True)
class TinyRun:
    """Of so many epochs that it waits in the middle for somebody to read what it says."""

    folder: Path
    settings: str

    def start(self, results: str, *, warm: bool = False) -> subprocess.Popen:
        options = {
            "settings": self.settings, "learner": "gradient_descent", "seed": 1, "device": "cpu",
            "runs_per_gpu": 1, "code": "c",
            "arrays": "data.npz", "provenance": "data.json", "indices": "split.npz",
            "resume": f"{results}/resume/recipe/1",
            "scores": f"{results}/scores.json", "weights": f"{results}/weights.safetensors",
        }  # fmt: skip
        words = [str(word) for key, value in options.items() for word in (f"--{key}", value)]
        job = ["folklore.execution.fork_server", "train_run"] if warm else ["folklore.jobs.train_run"]
        command = [sys.executable, "-m", *job, *words, *NO_PARENTS]
        pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "pipesize": SMALLEST_PIPE, "text": True}
        return subprocess.Popen(command, cwd=self.folder, **pipe)

    def results(self, results: str) -> dict[str, bytes]:
        names = ("scores.json", "history.csv", "records.csv", "weights.safetensors")
        return {name: (self.folder / results / name).read_bytes() for name in names}


@pytest.fixture
def tiny_run(tmp_path, monkeypatch) -> TinyRun:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    recipe = Recipe.model_validate(RECIPE)
    dataset, about = prepare(Request(name="mnist", source="embedded", downloads=tmp_path))
    save(tmp_path / "data.npz", dataset)
    write_json(tmp_path / "data.json", about)
    save(tmp_path / "split.npz", draw(dataset, about, **split_settings(recipe.data)))
    return TinyRun(tmp_path, json.dumps(recipe.model_dump(mode="json")))


@pytest.fixture
def short_folder():
    """The system allows the path of a socket some hundred letters."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def warm(tmp_path, short_folder, monkeypatch):
    """Calls a job through a fork server of this test's own, which was started in other surroundings than the job."""
    monkeypatch.setenv("TMPDIR", str(short_folder))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    server = subprocess.Popen(
        [sys.executable, "-m", "folklore.execution.fork_server"],
        cwd=tmp_path, env=os.environ | {"PYTHONIOENCODING": "ascii"}, umask=0o077,
    )  # fmt: skip
    deadline = time.monotonic() + 300
    while not [path for path in short_folder.glob("folklore-*/*") if path.is_socket()]:
        assert server.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)

    def call(job: str, **options: object) -> subprocess.Popen:
        words = [word for key, value in options.items() for word in (f"--{key}", str(value))]
        command = [sys.executable, "-m", "folklore.execution.fork_server", job, *words]
        return subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    yield call
    server.kill()
    server.wait()

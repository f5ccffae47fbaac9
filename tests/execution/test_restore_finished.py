"""What an allocation that fails had finished is taken from beside, where code, arguments and inputs are the same."""

from pathlib import Path

import pytest

from folklore.execution import restore_finished
from folklore.execution.finished_runs import folder_of, forget


@pytest.fixture
def train(tmp_path, monkeypatch):
    """Calls a training that counts how often it ran; Snakemake has deleted what the one before declared."""
    run = tmp_path / "results/runs/recipe/1"
    indices = tmp_path / "split.npz"
    indices.write_text("rows")
    trained = []

    def pretend(module, **options):
        run.mkdir(parents=True, exist_ok=True)
        for name in ("scores.json", "weights.safetensors"):
            (run / name).write_text(f"{name} {len(trained)}")
        trained.append(module)

    monkeypatch.setattr(restore_finished.runpy, "run_module", pretend)

    def call(code: str, rows: str = "rows") -> tuple[int, Path]:
        indices.write_text(rows)
        for path in run.glob("*"):
            path.unlink()
        files = {"indices": indices, "scores": run / "scores.json", "weights": run / "weights.safetensors"}
        restore_finished.main(
            ["--code", code, *(str(word) for key, path in files.items() for word in (f"--{key}", path))]
        )
        return len(trained), run

    return call


def test_a_run_that_had_finished_is_not_trained_again(train):
    _, run = train("a")
    before = (run / "scores.json").read_bytes()
    assert train("a")[0] == 1
    assert (run / "scores.json").read_bytes() == before
    assert (run / "weights.safetensors").samefile(folder_of(run) / "weights.safetensors")


@pytest.mark.parametrize("other", [("b", "rows"), ("a", "other rows")])
def test_other_code_and_other_inputs_train_anew(train, other):
    train("a")
    assert train(*other)[0] == 2
    assert train(*other)[0] == 2


def test_nothing_is_kept_once_the_workflow_has_ended(train):
    _, run = train("a")
    forget(run.parents[2])
    assert not (run.parents[2] / "finished").exists()
    assert train("a")[0] == 2

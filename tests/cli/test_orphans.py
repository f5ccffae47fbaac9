"""Orphans are what no study names; nothing else is ever removed."""

from pathlib import Path

import pytest
from cli_called import ask, said
from filelock import FileLock

from folklore.execution.results_lock import lock_results
from folklore.plan.identity import dataset_id, split_id
from folklore.plan.load import load_plan
from folklore.schema.recipe import Run

STRANGER = Run(recipe="mnist-mlp-0123456789", seed=1)


def put(path: Path, size: int = 10) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    return path


@pytest.fixture
def mixed(planted) -> tuple[list[Path], list[Path]]:
    """(what no study names, what one does) on disk."""
    results, recipe = planted.results, planted.plan.studies["tiny"].variants["cnn"].recipe
    orphaned = [
        put(planted.scores(STRANGER) / "weights.safetensors", 5000),
        put(planted.scores(planted.run("cnn", 77)) / "weights.safetensors", 400),
        put(results / "resume" / STRANGER.recipe / "2/state.safetensors"),
        put(results / "logs/train_run" / STRANGER.recipe / "1.log"),
        put(results / "data/mnist-local-0123456789.npz"),
        put(results / "splits/mnist-60-30-0123456789.json"),
        put(results / "pretrained/nobody.safetensors"),
        put(results / "demo-embedded/tables/gone/runs.csv"),
        put(results / "full-official/verdicts/gone.json"),
        put(results / "demo-embedded/figures/tiny/gone.svg"),
        put(results / "demo-embedded/figures/gone/curves.svg"),
    ]
    named = [
        put(planted.scores(planted.run("cnn")) / "weights.safetensors"),
        put(results / "logs/train_run" / planted.run("cnn").recipe / "1.log"),
        put(results / f"data/{dataset_id(recipe.data)}.npz"),
        put(results / f"splits/{split_id(recipe.data)}.json"),
        put(results / "demo-embedded/tables/tiny/runs.csv"),
        put(results / "demo-embedded/figures/tiny/curves.svg"),
        put(results / "demo-embedded/report/index.html"),
        put(results / "downloads/archive.tar"),
        put(results / "code/0123456789ab.json"),
        put(results / "notes.txt"),
    ]
    return orphaned, named


def test_what_no_study_names_is_listed_the_largest_first_and_stays(mixed):
    orphaned, named = mixed
    output = said("orphans")
    assert output.index(STRANGER.recipe) < output.index("/77")
    for path in orphaned:
        assert str(path) in output or str(path.parent) in output
    assert "curves.svg\n" not in output.replace(" ", "").replace("gone/curves.svg", "")
    assert all(path.exists() for path in (*orphaned, *named))


def test_with_remove_exactly_these_go_after_a_yes(mixed):
    orphaned, named = mixed
    assert ask("orphans", "--remove", answer="n\n").exit_code == 1
    assert all(path.exists() for path in (*orphaned, *named))
    assert "Removed 11 results" in said("orphans", "--remove", answer="y\n")
    assert not any(path.exists() for path in orphaned)
    assert all(path.exists() for path in named)
    assert "Every result in results is named by a study." in said("orphans")


def test_results_of_another_scale_or_source_or_of_seeds_that_the_configuration_adds_are_nobodys_orphans(planted):
    other = {"scale": "full", "data": {"source": "official"}}
    run = load_plan(other, planted.checkout.path("studies")).studies["tiny"].runs[0]
    planted.scores(run)
    planted.scores(planted.run("cnn", 3))
    assert run.recipe not in said("orphans", "--config", "seeds=3")
    assert "named by a study" in said("orphans", "--config", "seeds=3")
    assert "1 result" in said("orphans")


def test_a_run_that_is_under_way_stays_though_no_study_names_it(planted):
    folder = planted.progress(STRANGER, host="here")
    planted.scores(STRANGER)
    with FileLock(folder / "lock"):
        assert "named by a study" in said("orphans", "--remove", "--yes")
    assert "Removed 2 results" in said("orphans", "--remove", "--yes")


def test_while_a_snakemake_is_at_work_nothing_is_removed(mixed):
    lock_results(Path("results"))
    refused = ask("orphans", "--remove", "--yes")
    assert refused.exit_code == 1
    assert "another Snakemake is at work on results" in refused.output
    assert all(path.exists() for path in mixed[0])


def test_links_lead_nowhere(planted, tmp_path):
    elsewhere = put(tmp_path / "precious/1/scores.json")
    (planted.results / "runs").mkdir()
    (planted.results / "runs" / STRANGER.recipe).symlink_to(tmp_path / "precious")
    assert "named by a study" in said("orphans", "--remove", "--yes")
    assert elsewhere.exists()


def test_a_study_that_cannot_be_read_keeps_everything(mixed, planted):
    planted.checkout.edit("studies/tiny.yaml", "name: mlp", "name: mpl")
    refused = ask("orphans", "--remove", "--yes")
    assert refused.exit_code == 1
    assert "did you mean 'mlp'?" in refused.output
    assert all(path.exists() for path in mixed[0])

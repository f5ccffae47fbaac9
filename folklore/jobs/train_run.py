"""Trains one recipe with one seed."""

from pathlib import Path
from pkgutil import resolve_name

from folklore.data.dataset import load_dataset, load_split
from folklore.files import read_json
from folklore.jobs import command
from folklore.train import LEARNERS
from folklore.train.examples import examples
from folklore.train.resume import FolderKeeper
from folklore.train.trained import write_cost, write_history, write_records, write_scores, write_weights
from folklore.under_way import held


def train_run(
    settings: dict, learner: str, seed: int, device: str, arrays: Path, provenance: Path, indices: Path,
    parent: list[Path], code: str, resume: Path, scores: Path, weights: Path,
) -> None:  # fmt: skip
    """What `resume` keeps goes when the last file is written."""
    classes = len(read_json(provenance)["classes"])
    data = examples(load_dataset(arrays), load_split(indices), classes, settings["data"]["scaling"])
    train = resolve_name(LEARNERS[learner])
    with held(resume):
        trained = train(settings, data, seed, device, parent[0] if parent else None, FolderKeeper(resume, code))
        write_weights(weights, trained)
        write_cost(scores.with_name("cost.json"), trained, threads=1)
        write_history(scores.with_name("history.csv"), trained)
        write_records(scores.with_name("records.csv"), trained)
        write_scores(scores, trained, data.labels["test"], settings.get("batch_size") or len(data.labels["test"]))


if __name__ == "__main__":
    command.run(train_run)

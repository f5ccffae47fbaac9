"""Predicts the logits of a finished run for the training examples of a split, for runs that it teaches."""

from pathlib import Path
from pkgutil import resolve_name

from folklore.data.dataset import load_dataset, load_split
from folklore.execution.files import read_json
from folklore.execution.job_command import run_job
from folklore.train.examples import recipe_examples
from folklore.train.learners import LEARNERS
from folklore.train.learners.learner import TrainedModel
from folklore.train.parent_files import write_teacher_logits
from folklore.train.weights_file import has_checkpoint, read_weights


def predict_logits(
    settings: dict, learner: str, checkpoint: str, device: str, arrays: Path, provenance: Path, indices: Path,
    rows: Path, weights: Path, logits: Path,
) -> None:  # fmt: skip
    """`indices`: the run's own split, whose training rows determine the scaling; `rows`: the split to predict."""
    dataset, taught = load_dataset(arrays), load_split(rows).train
    own = recipe_examples(dataset, load_split(indices), read_json(provenance), settings["data"])
    asked = own.with_training_rows(dataset, taught)
    if has_checkpoint(weights, checkpoint):
        model = TrainedModel(settings, read_weights(weights), asked, device)
        write_teacher_logits(logits, resolve_name(LEARNERS[learner]).logits(model, "train", checkpoint))
    else:
        write_teacher_logits(logits, None)


if __name__ == "__main__":
    run_job(predict_logits)

"""Trains one recipe with one seed."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from pkgutil import resolve_name

from folklore.data.dataset import load_dataset, load_split
from folklore.execution.files import read_json
from folklore.execution.in_progress import training_lock
from folklore.execution.job_command import run_job
from folklore.train.examples import recipe_examples
from folklore.train.learners import LEARNERS
from folklore.train.learners.learner import TrainingJob
from folklore.train.result import write_cost, write_history, write_records, write_scores, write_weights


def train_run(
    settings: dict, learner: str, seed: int, device: str, runs_per_gpu: int, arrays: Path, provenance: Path,
    indices: Path, weights_parent: list[Path], mask_parent: list[Path], teacher_logits: list[Path], code: str,
    resume: Path, scores: Path, weights: Path,
) -> None:  # fmt: skip
    """Remove the folder `resume`, which holds the state of an interrupted run, after writing the last file."""
    data = recipe_examples(load_dataset(arrays), load_split(indices), read_json(provenance), settings["data"])
    edges = {"weights": weights_parent, "mask": mask_parent, "teacher": teacher_logits}
    parents = {name: paths[0] for name, paths in edges.items() if paths}
    with training_lock(resume):
        with _reserved(device, runs_per_gpu) as place:
            job = TrainingJob(settings, data, seed, place, parents, resume, code)
            trained = resolve_name(LEARNERS[learner]).fit(job)
        write_weights(weights, trained)
        write_cost(scores.with_name("cost.json"), trained, threads=1)
        write_history(scores.with_name("history.csv"), trained)
        write_records(scores.with_name("records.csv"), trained)
        write_scores(scores, trained, data.labels["test"], settings.get("batch_size") or len(data.labels["test"]))


def _reserved(device: str, runs_per_gpu: int) -> AbstractContextManager[str]:
    """Reserve a GPU if one is requested; on the CPU avoid importing torch, which takes longer than many regressions."""
    if device == "cpu":
        return nullcontext(device)
    from folklore.train.device import reserved_device  # noqa: PLC0415

    return reserved_device(device, runs_per_gpu)


if __name__ == "__main__":
    run_job(train_run)

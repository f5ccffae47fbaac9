"""Runs one probe on a finished run; trains nothing."""

from pathlib import Path
from pkgutil import resolve_name

import numpy as np

from folklore.data.dataset import load_dataset, load_split
from folklore.execution.files import read_json
from folklore.execution.job_command import run_job
from folklore.train.examples import recipe_examples
from folklore.train.probes import PROBES
from folklore.train.probes.finished_run import FinishedRun
from folklore.train.probes.result import ProbeResult, write_arrays
from folklore.train.result import write_measurements
from folklore.train.weights_file import has_checkpoint, read_weights


def probe_run(
    probe: str, settings: dict, learner: str, seed: int, device: str, arrays: Path, provenance: Path, indices: Path,
    weights: Path, records: Path, pictures: Path,
) -> None:  # fmt: skip
    """Write empty files for a run that diverged, which has no last weights."""
    if has_checkpoint(weights, "last"):
        about, split = read_json(provenance), load_split(indices)
        data = recipe_examples(load_dataset(arrays), split, about, settings["data"])
        names = np.array(about["classes"])
        run = FinishedRun(settings, read_weights(weights), data, device, learner, split.test, names, seed)
        answer = resolve_name(PROBES[probe])(run)
    else:
        answer = ProbeResult()
    write_measurements(records, {probe: answer.measurements})
    write_arrays(pictures, answer)


if __name__ == "__main__":
    run_job(probe_run)

"""Downloads published weights and writes them in the format of a run's weights."""

from pathlib import Path

from folklore.execution.job_command import run_job
from folklore.train.pretrained import PUBLISHED, pretrained
from folklore.train.weights_file import save_weights


def fetch_weights(name: str, downloads: Path, weights: Path) -> None:
    save_weights(weights, pretrained(PUBLISHED[name], downloads))


if __name__ == "__main__":
    run_job(fetch_weights)

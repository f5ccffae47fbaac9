"""Downloads published weights, and writes them as the weights of a run that others start from."""

from pathlib import Path

from safetensors.numpy import save

from folklore.execution.files import replacing
from folklore.execution.job_command import run_job
from folklore.train.pretrained import PUBLISHED, pretrained


def fetch_weights(name: str, downloads: Path, weights: Path) -> None:
    tensors = pretrained(PUBLISHED[name], downloads)
    with replacing(weights) as draft:
        draft.write_bytes(save(dict(sorted(tensors.items()))))


if __name__ == "__main__":
    run_job(fetch_weights)

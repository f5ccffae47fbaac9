"""Downloads published weights, and writes them as the weights of a run that others start from."""

from pathlib import Path

from safetensors.numpy import save

from folklore.files import replacing
from folklore.jobs import command
from folklore.train.pretrained import PUBLISHED, pretrained


def fetch_weights(name: str, downloads: Path, weights: Path) -> None:
    tensors = pretrained(PUBLISHED[name], downloads)
    with replacing(weights) as draft:
        draft.write_bytes(save(dict(sorted(tensors.items()))))


if __name__ == "__main__":
    command.run(fetch_weights)

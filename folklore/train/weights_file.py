"""The file of a run's weights: safetensors, with tensors named `{checkpoint}.{name}` and masks named `mask.{name}`."""

from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from folklore.execution.errors import UserError
from folklore.execution.files import replacing


def read_weights(path: Path) -> dict[str, np.ndarray]:
    try:
        return load_file(path)
    except SafetensorError as error:
        raise UserError(
            f"{path} is not a whole safetensors file ({error}); delete it and run again to train the run again"
        ) from None


def save_weights(path: Path, weights: dict[str, np.ndarray]) -> None:
    with replacing(path) as draft:
        draft.write_bytes(save(dict(sorted(weights.items()))))


def tensors_under(prefix: str, weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the tensors named `{prefix}.{name}`, by name."""
    start = f"{prefix}."
    return {name.removeprefix(start): value for name, value in weights.items() if name.startswith(start)}


def has_checkpoint(path: Path, checkpoint: str) -> bool:
    """Return False where the run diverged: it has no `last` weights, and no `best` ones if its first epoch diverged."""
    return any(name.startswith(f"{checkpoint}.") for name in read_weights(path))

"""Pruning: masks from the magnitudes of a run's weights, as `l1_unstructured` of torch.nn.utils.prune makes them."""

from collections.abc import Collection

import numpy as np
import torch
from torch import nn
from torch.optim import Optimizer

from folklore.execution.errors import UserError
from folklore.train.weights_file import tensors_under

Arrays = dict[str, np.ndarray]

MASK = "mask"  # prefix of the masks in a run's weights file


def pruning_masks(
    weights: Arrays, checkpoint: str, amount: float, scope: str, layers: Collection[str] | None
) -> Arrays:
    """Return a mask by parameter name, False where a weight is pruned; it contains the mask of the run itself.

    `weights` are those of a run's file, by `{checkpoint}.{name}`. Weights are tensors of two or more dimensions.
    """
    own = tensors_under(MASK, weights)
    found = {name: value for name, value in tensors_under(checkpoint, weights).items() if value.ndim >= 2}
    chosen = [name for name in found if layers is None or name.partition(".")[0] in layers]
    if missing := sorted(set(layers or ()) - {name.partition(".")[0] for name in chosen}):
        raise UserError(f"`parents.mask.layers`: no weights to prune in {', '.join(missing)}; leave it out")
    left = {name: own.get(name, np.ones(found[name].shape, bool)) for name in chosen}
    groups = [chosen] if scope == "global" else [[name] for name in chosen]
    for group in groups:
        left |= _pruned({name: found[name] for name in group}, {name: left[name] for name in group}, amount)
    return own | left


def _pruned(weights: Arrays, left: Arrays, amount: float) -> Arrays:
    """Prune a share of the weights that are left, the smallest in magnitude; of equal ones the first."""
    kept = np.concatenate([mask.ravel() for mask in left.values()])
    magnitudes = np.concatenate([np.abs(values).ravel() for values in weights.values()])
    candidates = np.flatnonzero(kept)
    order = np.argsort(magnitudes[candidates], kind="stable")
    kept[candidates[order[: round(amount * len(candidates))]]] = False
    ends = np.cumsum([mask.size for mask in left.values()])[:-1]
    parts = zip(left, np.split(kept, ends), strict=True)
    return {name: part.reshape(left[name].shape) for name, part in parts}


class Pruning:
    """Keeps the pruned weights of a model at 0."""

    def __init__(self, model: nn.Module, masks: Arrays):
        """Set pruned weights to 0; raise UserError if a mask does not fit the model's parameter of its name."""
        parameters = dict(model.named_parameters())
        differing = sorted(name for name, mask in masks.items() if _shape(parameters, name) != mask.shape)
        if differing:
            raise UserError(f"the model does not fit the masks of `parents.mask`: {', '.join(differing)} differ")
        self.masks = masks
        device = next(model.parameters()).device
        self._pruned = [(parameters[name], torch.from_numpy(~mask).to(device)) for name, mask in masks.items()]
        self._set_to_0()

    def follow(self, optimiser: Optimizer) -> None:
        """Set pruned weights to 0 after every step, since momentum and weight decay move them."""
        if self.masks:
            optimiser.register_step_post_hook(lambda *_: self._set_to_0())

    @property
    def tensors(self) -> Arrays:
        """Return the masks under their names in the weights file of the run."""
        return {f"{MASK}.{name}": mask for name, mask in self.masks.items()}

    @torch.no_grad()
    def _set_to_0(self) -> None:
        for tensor, pruned in self._pruned:
            tensor.masked_fill_(pruned, 0)


def _shape(parameters: dict[str, nn.Parameter], name: str) -> tuple[int, ...] | None:
    return tuple(parameters[name].shape) if name in parameters else None

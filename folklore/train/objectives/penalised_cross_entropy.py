"""Cross-entropy with an L1 penalty, an L2 penalty or both (the elastic net) on the parameters that are trained.

A gradient of |w| leaves no weight at exactly 0 (defect D002-28). The proximal step does: it is the soft threshold of
iterative shrinkage (Beck and Teboulle, 2009), taken after every step of the optimiser at its learning rate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.optim import Optimizer

from folklore.train.batches import Batch
from folklore.train.objectives.objective import Evaluated, Objective


@dataclass(frozen=True)
class PenalisedCrossEntropy(Objective):
    l1: float
    l2: float
    parameters: str
    step: str

    def __call__(self, model: nn.Module, batch: Batch) -> Evaluated:
        """Leave the L1 penalty out of the gradient, but not of the objective, where the step is proximal."""
        logits = model(batch.inputs)
        loss = cross_entropy(logits, batch.labels)
        penalised = self._penalised(model.parameters())
        nothing = torch.zeros_like(loss)
        absolute = sum((tensor.abs().sum() for tensor in penalised), start=nothing)
        squared = sum((tensor.square().sum() for tensor in penalised), start=nothing)
        if self.step == "proximal":
            absolute = absolute.detach()
        return Evaluated(loss + self.l1 * absolute + self.l2 * squared, loss, logits)

    def prepare(self, optimiser: Optimizer) -> None:
        if self.step == "proximal":
            optimiser.register_step_post_hook(self._shrink)

    @torch.no_grad()
    def _shrink(self, optimiser: Optimizer, *_: Any) -> None:
        for group in optimiser.param_groups:
            for tensor in self._penalised(group["params"]):
                tensor.copy_(soft_threshold(tensor, group["lr"] * self.l1))

    def _penalised(self, parameters: Iterable[Tensor]) -> list[Tensor]:
        fewest = 2 if self.parameters == "weights" else 0
        return [tensor for tensor in parameters if tensor.requires_grad and tensor.ndim >= fewest]


def soft_threshold(values: Tensor, threshold: float) -> Tensor:
    """Return sign(w) · max(|w| − threshold, 0): the w that minimises (w − values)² / 2 + threshold · |w|."""
    return values - values.clamp(-threshold, threshold)

"""Robustness: loss and accuracy on noisy, horizontally flipped or shifted test images (D003-16)."""

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor

from folklore.train.augment import Flip, Noise, Operation, Shift
from folklore.train.evaluation import evaluate
from folklore.train.probes.finished_run import FinishedRun
from folklore.train.probes.result import ProbeResult, at_end

Change = Callable[[Tensor, torch.Generator], Tensor]  # images with pixels 0 to 1 → perturbed images


def measure(run: FinishedRun) -> ProbeResult:
    run.needs_images("robustness")
    model, test = run.network.at("last"), run.network.batches["test"]
    found = {"clean": evaluate(model, test)}
    for name, change in CHANGES.items():
        generator = torch.Generator().manual_seed(run.seed)
        found[name] = evaluate(model, test, partial(change, generator=generator))
    return ProbeResult(
        [at_end(name, statistic, value) for name, scores in found.items() for statistic, value in vars(scores).items()]
    )


class _ShiftByOne(Shift):
    """Shift by one pixel in one of eight directions."""

    def draw(self, shape: torch.Size, generator: torch.Generator) -> Tensor:
        offsets = torch.cartesian_prod(*[torch.tensor([-1, 0, 1])] * 2)
        moved = offsets[(offsets != 0).any(dim=1)]
        return moved[torch.randint(len(moved), (shape[0],), generator=generator)]


def _all_of(*operations: Operation) -> Change:
    def change(images: Tensor, generator: torch.Generator) -> Tensor:
        for operation in operations:
            images = operation.apply(images, operation.draw(images.shape, generator).to(images.device))
        return images

    return change


_SHIFT = _ShiftByOne(pixels=1, fill="zero")

CHANGES: dict[str, Change] = {
    "noise 0.1": _all_of(Noise(sd=0.1, clip=True)),
    "noise 0.2": _all_of(Noise(sd=0.2, clip=True)),
    "flip": _all_of(Flip(horizontal=1.0, vertical=0.0)),
    "shift": _all_of(_SHIFT),
    "all": _all_of(Flip(horizontal=0.5, vertical=0.0), _SHIFT, Noise(sd=0.2, clip=True)),
}

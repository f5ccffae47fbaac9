"""Robustness: what is left of a network's accuracy when the test images are noisy, mirrored or shifted (D003-16)."""

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor

from folklore.train.augment import Flip, Noise, Operation, Shift
from folklore.train.evaluation import evaluate
from folklore.train.probes.finished_run import FinishedRun
from folklore.train.probes.result import ProbeResult, at_end

Change = Callable[[Tensor, torch.Generator], Tensor]  # images with pixels 0 to 1 → the same, changed


def measure(run: FinishedRun) -> ProbeResult:
    run.needs_images("robustness")
    model, feed = run.network.at("last"), run.network.batches["test"]
    fits = {"clean": evaluate(model, feed)}
    for name, change in CHANGES.items():
        dice = torch.Generator().manual_seed(run.seed)
        fits[name] = evaluate(model, feed, partial(change, generator=dice))
    return ProbeResult(
        [at_end(name, measure, value) for name, fit in fits.items() for measure, value in vars(fit).items()]
    )


class _Nudge(Shift):
    """By one pixel to any of the eight neighbouring places; never not at all."""

    def draw(self, shape: torch.Size, generator: torch.Generator) -> Tensor:
        places = torch.cartesian_prod(*[torch.tensor([-1, 0, 1])] * 2)
        moved = places[(places != 0).any(dim=1)]
        return moved[torch.randint(len(moved), (shape[0],), generator=generator)]


def _done(*operations: Operation) -> Change:
    def change(images: Tensor, generator: torch.Generator) -> Tensor:
        for operation in operations:
            images = operation.apply(images, operation.draw(images.shape, generator).to(images.device))
        return images

    return change


_NUDGE = _Nudge(pixels=1, fill="zero")

CHANGES: dict[str, Change] = {
    "noise 0.1": _done(Noise(sd=0.1, clip=True)),
    "noise 0.2": _done(Noise(sd=0.2, clip=True)),
    "flip": _done(Flip(horizontal=1.0, vertical=0.0)),
    "shift": _done(_NUDGE),
    "all": _done(Flip(horizontal=0.5, vertical=0.0), _NUDGE, Noise(sd=0.2, clip=True)),
}

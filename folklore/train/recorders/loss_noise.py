"""Updates: the loss as it runs from one update to the next, and the noise in the gradients that drive it.

Document 001 judges stability by the scatter of mini-batch losses, which falls with the size of a batch by averaging
alone (D001-08). So the loss of a probe that is always the same stands beside it, and the noise of the gradient
(C001-26).
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from folklore.train.batches import Batches
from folklore.train.checkpointing.checkpointer import TrainingState
from folklore.train.evaluation import evaluate
from folklore.train.network import set_training
from folklore.train.recorders.hooks import training_copy
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import Recorder

_WINDOWS = 200
_PROBE = 1024  # examples, from the front of the training part
_DRAWN = 32  # mini-batches for the noise


class LossNoise(Recorder):
    def __init__(self, model: nn.Module, data: dict[str, Batches], settings: dict, seed: int):
        super().__init__(model, data, settings, seed)
        self.probe = data["train"].first(_PROBE)
        self.losses: list[Tensor] = []  # of the window under way, on the device
        self.done, self.closed = 0, 0  # updates and windows so far
        self.updates = settings["epochs"] * data["train"].batches(settings["batch_size"])
        self.windows = min(_WINDOWS, self.updates)
        self.taken.append(self._noise("start"))

    def after_backward(self, epoch: int, batch: int, loss: Tensor) -> None:  # noqa: ARG002 (as every recorder)
        self.losses.append(loss)

    def after_update(self, epoch: int, batch: int) -> None:  # noqa: ARG002
        self.done += 1
        if self.done * self.windows >= (self.closed + 1) * self.updates:
            self._close()

    def after_epoch(self, epoch: int) -> None:
        if self.is_last(epoch):
            self.taken.append(self._noise("end"))

    def state(self) -> TrainingState:
        return super().state() | {"losses": self.losses, "done": self.done, "closed": self.closed}

    def resume(self, state: TrainingState) -> None:
        super().resume(state)
        self.losses, self.done, self.closed = state["losses"], state["done"], state["closed"]

    def _close(self) -> None:
        """The probe is looked at in evaluation mode."""
        losses = torch.stack(self.losses).double()
        found = {"mean": losses.mean().item(), "loss": evaluate(self.model, self.probe).loss}
        set_training(self.model, self.settings)
        if len(losses) > 1:
            found["sd"] = losses.std().item()
        self.taken += [Measurement("updates", None, str(self.done), measure, value) for measure, value in found.items()]
        self.losses.clear()
        self.closed += 1

    def _noise(self, moment: str) -> Measurement:
        """The trace of the covariance of a mini-batch's gradient while the weights stay, in training mode; the
        mini-batches have the run's own size and come from a generator of their own."""
        drawing = torch.Generator().manual_seed(self.seed)
        with training_copy(self.model, self.settings, self.seed) as copy:
            total, squares = 0.0, 0.0
            for _ in range(_DRAWN):
                gradient = self._gradient(copy, drawing)
                total, squares = total + gradient, squares + gradient.square().sum()
        trace = (squares - total.square().sum() / _DRAWN) / (_DRAWN - 1)
        return Measurement(moment, None, "all", "noise", trace.item())

    def _gradient(self, model: nn.Module, drawing: torch.Generator) -> Tensor:
        """All elements in a row, in float64."""
        feed = self.data["train"]
        rows = feed.drawn(drawing, self.settings["batch_size"])
        inputs, labels = feed.batch(rows)
        learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
        gradients = torch.autograd.grad(cross_entropy(model(inputs), labels), learning)
        return torch.cat([gradient.flatten() for gradient in gradients]).double()

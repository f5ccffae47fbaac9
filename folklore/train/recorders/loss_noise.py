"""Loss noise: how much the loss varies from update to update, and the gradient noise behind it.

Document 001 judges stability by the scatter of mini-batch losses, which averaging alone makes smaller for larger
batches (D001-08). The loss of a probe, always the same examples, and the noise of the gradient (C001-26) do not depend
on that.
"""

import torch
from torch import Tensor, nn

from folklore.train.checkpointing.checkpointer import TrainingState
from folklore.train.evaluation import evaluate
from folklore.train.network import set_training
from folklore.train.recorders.hooks import training_copy
from folklore.train.recorders.measurement import Measurement
from folklore.train.recorders.recorder import RecordedTraining, Recorder

_WINDOWS = 200
_PROBE = 1024  # examples, from the front of the training set
_NOISE_BATCHES = 32  # mini-batches from which the noise is estimated


class LossNoise(Recorder):
    def __init__(self, training: RecordedTraining):
        super().__init__(training)
        self.probe = self.data["train"].first(_PROBE)
        self.losses: list[Tensor] = []  # of the open window, on the device
        self.finished, self.closed = 0, 0  # updates and windows
        self.updates = self.settings["epochs"] * self.data["train"].number(self.settings["batch_size"])
        self.windows = min(_WINDOWS, self.updates)
        self.recorded.append(self._noise("start"))

    def after_backward(self, epoch: int, batch: int, objective: Tensor) -> None:  # noqa: ARG002 (as every recorder)
        self.losses.append(objective)

    def after_update(self, epoch: int, batch: int) -> None:  # noqa: ARG002
        self.finished += 1
        if self.finished * self.windows >= (self.closed + 1) * self.updates:
            self._close()

    def measurements(self, last_epoch: int) -> list[Measurement]:  # noqa: ARG002
        if self.losses:  # of a run that diverged inside a window
            self._close()
        return [*self.recorded, self._noise("end")]

    def state(self) -> TrainingState:
        return super().state() | {"losses": self.losses, "finished": self.finished, "closed": self.closed}

    def resume(self, state: TrainingState) -> None:
        super().resume(state)
        self.losses, self.finished, self.closed = state["losses"], state["finished"], state["closed"]

    def _close(self) -> None:
        """Record the window; the loss of the probe is taken in evaluation mode."""
        losses = torch.stack(self.losses).double()
        found = {"mean": losses.mean().item(), "loss": evaluate(self.model, self.probe).loss}
        set_training(self.model, self.settings)
        if len(losses) > 1:
            found["sd"] = losses.std().item()
        self.recorded += [
            Measurement("updates", None, str(self.finished), statistic, value) for statistic, value in found.items()
        ]
        self.losses.clear()
        self.closed += 1

    def _noise(self, time_point: str) -> Measurement:
        """Estimate the trace of the covariance of a mini-batch's gradient at fixed weights, in training mode.

        The mini-batches have the run's own size and are drawn by a generator of their own.
        """
        generator = torch.Generator().manual_seed(self.seed)
        with training_copy(self.model, self.settings, self.seed) as copy:
            total, squares = 0.0, 0.0
            for _ in range(_NOISE_BATCHES):
                gradient = self._gradient(copy, generator)
                total, squares = total + gradient, squares + gradient.square().sum()
        trace = (squares - total.square().sum() / _NOISE_BATCHES) / (_NOISE_BATCHES - 1)
        return Measurement(time_point, None, "all", "noise", trace.item())

    def _gradient(self, model: nn.Module, generator: torch.Generator) -> Tensor:
        """Return all elements in a row, in float64."""
        train = self.data["train"]
        batch = train.batch(train.sample(generator, self.settings["batch_size"]))
        trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
        gradients = torch.autograd.grad(self.objective(model, batch).objective, trained)
        return torch.cat([gradient.flatten() for gradient in gradients]).double()

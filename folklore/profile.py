"""Profile: one number for each named part of a network, as a recorder notes it at one moment of a training."""

from typing import Literal

from pydantic import model_validator

from folklore.block import Block

# What may be noted in a training; folklore/train/recorders holds one file for each.
Recorder = Literal["gradients", "weights"]

# When: the mini-batches of a window, or one probe batch that is the same every time.
Moment = Literal["first_batches", "last_batches", "first_epochs", "last_epochs", "start", "after_epoch", "end"]

Quantity = Literal["mean", "sd", "largest", "norm", "relative_norm", "change"]


class Profile(Block):
    of: Recorder
    moment: Moment
    measure: Quantity
    names: str = "*"  # which tensors, in the manner of file names: `conv*.bias`
    loss: float | None = None  # after the first epoch with a training loss of this or less

    @model_validator(mode="after")
    def _a_loss_tells_the_epoch(self):
        if (self.moment == "after_epoch") != (self.loss is not None):
            raise ValueError(
                "`moment: after_epoch` needs a training `loss` that tells which epoch, no other moment does"
            )
        return self

"""Random number generators of a training run."""

import torch

from folklore.train.checkpointing.checkpointer import TrainingState

# Added to the seed for the generator of augmentation; torch seeds a generator with 32 bits.
_AUGMENTING = 2**31


class RngStreams:
    """Two generators besides torch's global ones: one for the order of the examples, one for their augmentation.

    They are separate, so that augmented and unaugmented runs see the examples in the same order.
    """

    def __init__(self, seed: int, device: torch.device):
        self.order = torch.Generator().manual_seed(seed)
        self.augmentation = torch.Generator().manual_seed(seed + _AUGMENTING)
        self._device = torch.get_device_module(device) if device.type != "cpu" else None

    def state(self) -> TrainingState:
        return {
            "torch": torch.get_rng_state(),
            "order": self.order.get_state(),
            "augmentation": self.augmentation.get_state(),
            "device": self._device and self._device.get_rng_state(),
        }

    def resume(self, state: TrainingState) -> None:
        torch.set_rng_state(state["torch"])
        self.order.set_state(state["order"])
        self.augmentation.set_state(state["augmentation"])
        if self._device:
            self._device.set_rng_state(state["device"])

"""Randomness: the streams of random numbers that a training draws from."""

import torch

from folklore.train.checkpointing.checkpointer import TrainingState

# The order of the examples and their augmentation come from two streams; torch seeds a generator with 32 bits.
_AUGMENTING = 2**31


class RngStreams:
    """Beside torch's own, of the CPU and of the device: two for the order of the examples and for their augmentation,
    so that asking for the one leaves the other as it was."""

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

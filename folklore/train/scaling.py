"""Scaling: one factor and one offset per channel of an image or numeric column of a table."""

from dataclasses import dataclass

import numpy as np

from folklore.execution.errors import UserError

# Mean and standard deviation of red, green and blue from 0 to 1, which networks with published weights expect.
_IMAGENET_MEAN, _IMAGENET_SD = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
_WHITE = 255


@dataclass(frozen=True)
class Scaling:
    """value · factor + offset, one number per channel or column."""

    factor: np.ndarray  # float32 [channels]
    offset: np.ndarray  # float32 [channels]

    def apply(self, inputs: np.ndarray) -> np.ndarray:
        """Return scaled values, float32, of the same shape."""
        along_channels = (1, -1) + (1,) * (inputs.ndim - 2)
        return inputs.astype(np.float32) * self.factor.reshape(along_channels) + self.offset.reshape(along_channels)


def scaling_of(train: np.ndarray, name: str) -> Scaling:
    """Return the scaling of that name, measured on the training rows alone."""
    if name == "imagenet":
        return _imagenet(train)
    if name == "standardised":
        mean, deviation = channel_statistics(train)
        deviation = np.where(_varies(train), np.maximum(deviation, 1e-12), 1)
        return _scaling(1 / deviation, -mean / deviation)
    low, high = _range(train)
    if name == "unit":
        return _scaling(1 / (high - low), -low / (high - low))
    if name == "symmetric":
        return _scaling(2 / (high - low), -(high + low) / (high - low))
    return _scaling(np.ones_like(low), np.zeros_like(low))


def _imagenet(train: np.ndarray) -> Scaling:
    if train.dtype != np.uint8 or train.shape[1] != 3:
        raise UserError("`scaling: imagenet` is for images of 3 channels; choose another in the study's `data:` block")
    return _scaling(1 / (_WHITE * _IMAGENET_SD), -_IMAGENET_MEAN / _IMAGENET_SD)


def channel_statistics(inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation of each channel or column, summed in float64."""
    others = tuple(axis for axis in range(inputs.ndim) if axis != 1)
    return inputs.mean(axis=others, dtype=np.float64), inputs.std(axis=others, dtype=np.float64)


def _varies(train: np.ndarray) -> np.ndarray:
    """Return for each channel whether it has more than one value; one that is constant is shifted and not scaled."""
    others = tuple(axis for axis in range(train.ndim) if axis != 1)
    return train.max(axis=others) > train.min(axis=others)


def _range(train: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return lowest and highest value per channel: of a byte for images, of the training rows for a table."""
    if train.dtype == np.uint8:
        return np.zeros(train.shape[1]), np.full(train.shape[1], float(_WHITE))
    low, high = train.min(axis=0).astype(np.float64), train.max(axis=0).astype(np.float64)
    return low, np.where(high > low, high, low + 1)


def _scaling(factor: np.ndarray, offset: np.ndarray) -> Scaling:
    return Scaling(factor.astype(np.float32), offset.astype(np.float32))

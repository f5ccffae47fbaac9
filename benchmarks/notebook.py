"""The loop that a notebook would use: a DataLoader that transforms each image, and `.item()` after each batch."""

from collections.abc import Callable

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms


class Pictures(Dataset):
    """Like torchvision's datasets: arrays in memory, each example converted to an image and transformed on request."""

    def __init__(self, pictures: np.ndarray, labels: np.ndarray, transform: Callable):
        self.pictures, self.labels, self.transform = pictures, labels, transform

    def __len__(self) -> int:
        return len(self.pictures)

    def __getitem__(self, row: int) -> tuple[torch.Tensor, int]:
        return self.transform(Image.fromarray(self.pictures[row])), int(self.labels[row])


class Points(Dataset):
    """The usual dataset of a table: each row is converted to a tensor on request."""

    def __init__(self, points: np.ndarray, labels: np.ndarray):
        self.points, self.labels = points, labels

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, row: int) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.tensor(self.points[row], dtype=torch.float32), torch.tensor(self.labels[row])


def examples(inputs: np.ndarray, labels: np.ndarray) -> Dataset:
    """Images from bytes [n, channels, height, width]; points from floats [n, features]."""
    if inputs.ndim == 2:
        return Points(inputs, labels)
    half = (0.5,) * inputs.shape[1]
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize(half, half)])
    return Pictures(inputs.transpose(0, 2, 3, 1).squeeze(), labels, transform)


def cnn() -> nn.Sequential:
    return nn.Sequential(
        *(nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(1024, 64), nn.ReLU(), nn.Linear(64, 10)),
    )


def mlp(inputs: int, widths: list[int], classes: int) -> nn.Sequential:
    hidden = zip([inputs, *widths], widths, strict=False)
    layers = [layer for before, after in hidden for layer in (nn.Linear(before, after), nn.ReLU())]
    return nn.Sequential(nn.Flatten(), *layers, nn.Linear(widths[-1], classes))


def train_one_epoch(model: nn.Module, loader: DataLoader, optimiser: torch.optim.Optimizer) -> tuple[float, float]:
    criterion = nn.CrossEntropyLoss()
    model.train()
    running_loss, correct, total = 0.0, 0, 0
    for images, labels in loader:
        optimiser.zero_grad()
        outputs = model(images)
        loss = criterion(outputs, labels)
        loss.backward()
        optimiser.step()
        running_loss += loss.item() * len(labels)
        correct += (outputs.argmax(dim=1) == labels).sum().item()
        total += len(labels)
    return running_loss / total, correct / total


@torch.no_grad()
def validate(model: nn.Module, loader: DataLoader) -> tuple[float, float]:
    criterion = nn.CrossEntropyLoss()
    model.eval()
    running_loss, correct, total = 0.0, 0, 0
    for images, labels in loader:
        outputs = model(images)
        running_loss += criterion(outputs, labels).item() * len(labels)
        correct += (outputs.argmax(dim=1) == labels).sum().item()
        total += len(labels)
    return running_loss / total, correct / total

"""The loop of a notebook on a device: a DataLoader that transforms each image, and `.item()` after each mini-batch."""

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

from benchmarks.gpu.workloads import EPOCHS, Workload
from folklore.train.examples import Examples


class Images(Dataset):
    """Like torchvision's datasets: arrays in memory, each image scaled and normalised when it is requested."""

    def __init__(self, images: np.ndarray, labels: np.ndarray):
        self.images, self.labels = images, labels

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, row: int) -> tuple[torch.Tensor, int]:
        return torch.from_numpy(self.images[row]).float().div(255).sub(0.5).div(0.5), int(self.labels[row])


def train(workload: Workload, data: Examples, device: torch.device) -> None:
    """Train for the epochs of the workload, with one pass over the validation set after each."""
    loaders = {
        split: DataLoader(Images(data.inputs[split], data.labels[split]), workload.batch_size, shuffle=split == "train")
        for split in ("train", "validation")
    }
    model = workload.textbook().to(device)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(EPOCHS):
        model.train()
        for images, labels in loaders["train"]:
            _step(model, optimiser, images.to(device), labels.to(device))
        model.eval()
        with torch.no_grad():
            for images, labels in loaders["validation"]:
                nn.functional.cross_entropy(model(images.to(device)), labels.to(device)).item()


def _step(model: nn.Module, optimiser: torch.optim.Optimizer, images: torch.Tensor, labels: torch.Tensor) -> float:
    optimiser.zero_grad()
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    optimiser.step()
    return loss.item()

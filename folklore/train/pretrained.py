"""Published weights in the format of a run's weights: every tensor is named `last.{layer}.…`."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from folklore.data.download import Archive, fetch
from folklore.data.input_spec import InputSpec
from folklore.train.network import build_model
from folklore.train.weights import weights_of


@dataclass(frozen=True)
class PublishedWeights:
    archive: Archive
    model: dict  # settings of the network whose layer `backbone` has these tensors
    shape: tuple[int, ...]
    head: str  # prefix of the tensors of the output layer


PUBLISHED = {
    # ResNet18_Weights.IMAGENET1K_V1 of torchvision
    "resnet18_imagenet": PublishedWeights(
        Archive(
            ("https://download.pytorch.org/models/resnet18-f37072fd.pth",),
            "sha256",
            "f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec",
        ),
        model={"name": "resnet18", "width": 64},
        shape=(3, 224, 224),
        head="fc.",
    )
}


def pretrained(published: PublishedWeights, downloads: Path) -> dict[str, np.ndarray]:
    """Return the tensors of the backbone, from the downloaded file with a checked checksum.

    The network loads them, so it refuses unknown tensors and adds batch norm's counters, which old files lack.
    """
    path = fetch(published.archive, downloads / "pretrained")
    tensors = torch.load(path, map_location="cpu", weights_only=True)
    backbone = build_model(published.model, InputSpec(published.shape), classes=2).backbone
    backbone.load_state_dict({name: values for name, values in tensors.items() if not name.startswith(published.head)})
    return weights_of(backbone, "last.backbone")

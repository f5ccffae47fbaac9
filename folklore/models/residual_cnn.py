"""The small convolutional network with residual connections: 92,442 parameters, 92,794 with batch norm."""

from torch import Tensor, nn

from folklore.data.input_spec import InputSpec
from folklore.models.image_shape import image_shape
from folklore.models.named_layers import NamedLayers
from folklore.models.residual_add import ResidualAdd


def build(
    inputs: InputSpec, classes: int, channels: list[int], hidden: int, dropout: float, batch_norm: bool
) -> nn.Module:
    """Return a network from [n, channels, height, width] to logits [n, classes]; each block halves height and width.

    As in cnn.py, pooling comes before ReLU, with which it commutes.
    """
    depth, height, width = image_shape(inputs, halvings=len(channels))
    network = _Residual(len(channels))
    for number, out in enumerate(channels, start=1):
        network[f"conv{number}"] = nn.Conv2d(depth, out, kernel_size=3, padding=1)
        if batch_norm:
            network[f"bn{number}"] = nn.BatchNorm2d(out)
        network[f"skip{number}"] = nn.Conv2d(depth, out, kernel_size=1, bias=False)
        network[f"add{number}"] = ResidualAdd()
        network[f"pool{number}"] = nn.MaxPool2d(2)
        network[f"relu{number}"] = nn.ReLU(inplace=True)
        depth, height, width = out, height // 2, width // 2
    network["flatten"] = nn.Flatten()
    network["fc1"] = nn.Linear(depth * height * width, hidden)
    if batch_norm:
        network["bn_fc1"] = nn.BatchNorm1d(hidden)
    network["relu_fc1"] = nn.ReLU(inplace=True)
    if dropout > 0:
        network["dropout"] = nn.Dropout(dropout)
    network["fc2"] = nn.Linear(hidden, classes)
    return network


class _Residual(NamedLayers):
    def __init__(self, blocks: int):
        super().__init__()
        self.blocks = blocks

    def forward(self, images: Tensor) -> Tensor:
        values = images
        for number in range(1, self.blocks + 1):
            convolved = self.through(values, f"conv{number}", f"bn{number}")
            added = self[f"add{number}"](convolved, self[f"skip{number}"](values))
            values = self.through(added, f"pool{number}", f"relu{number}")
        return self.through(values, "flatten", "fc1", "bn_fc1", "relu_fc1", "dropout", "fc2")

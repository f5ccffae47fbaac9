"""ResNet-18 for images of any size: timm's network up to its pooled features, then one linear layer."""

from collections import OrderedDict

import timm
from torch import nn

from folklore.data.input_spec import InputSpec
from folklore.models.image_shape import image_shape

STAGES = 4


def build(inputs: InputSpec, classes: int, width: int) -> nn.Sequential:
    """Return a network from [n, channels, height, width] to logits [n, classes].

    The published width is 64, with 11,176,512 parameters in the backbone. Global pooling ends the backbone, so that the
    features [n, 8 · width] do not depend on the size of the images.
    """
    depth, *_ = image_shape(inputs)
    channels = [width * 2**stage for stage in range(STAGES)]
    # Batch norm starts at scale 1 throughout, as in torchvision; timm's default is 0 at the end of each block.
    backbone = timm.create_model("resnet18", num_classes=0, in_chans=depth, channels=channels, zero_init_last=False)
    return nn.Sequential(OrderedDict(backbone=backbone, output=nn.Linear(channels[-1], classes)))

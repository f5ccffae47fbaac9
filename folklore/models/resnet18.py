"""ResNet-18 for images of any size: timm's network up to its pooled features, then one linear layer."""

from collections import OrderedDict

import timm
from torch import nn

from folklore.data.input_spec import InputSpec
from folklore.models.image_shape import image_shape

STAGES = 4


def build(inputs: InputSpec, classes: int, width: int) -> nn.Sequential:
    """[n, channels, height, width] → logits [n, classes]. The published width is 64: 11,176,512 parameters and a head.

    Global pooling ends the backbone, so that its features [n, 8 · width] do not depend on the size of the images.
    """
    channels = [width * 2**stage for stage in range(STAGES)]
    # Batch norm begins at scale 1 throughout, as in torchvision; timm's own default is 0 at the end of each block.
    depth, *_ = image_shape(inputs)
    backbone = timm.create_model("resnet18", num_classes=0, in_chans=depth, channels=channels, zero_init_last=False)
    return nn.Sequential(OrderedDict(backbone=backbone, output=nn.Linear(channels[-1], classes)))

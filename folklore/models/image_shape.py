"""Check that a network for images gets images, and large enough ones."""

from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError


def image_shape(inputs: InputSpec, halvings: int = 0) -> tuple[int, int, int]:
    """Return channels, height and width; raises UserError for other inputs, or if halving leaves no pixel."""
    if inputs.kind != "image":
        raise UserError(
            f"this model takes images [channels, height, width]; got {inputs}. "
            "Choose a model that takes the rows of a table, such as mlp"
        )
    channels, height, width = inputs.shape
    if min(height, width) >> halvings == 0:
        raise UserError(
            f"model.channels: {halvings} blocks halve images of {height}×{width} pixels to nothing. "
            "Use fewer channels or larger images"
        )
    return channels, height, width

"""Check that a network for images gets images."""

from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError


def image_shape(inputs: InputSpec) -> tuple[int, int, int]:
    """Return channels, height and width; raises UserError for other inputs than images."""
    if inputs.kind != "image":
        raise UserError(
            f"this model takes images [channels, height, width]; got {inputs}. "
            "Choose a model that takes the rows of a table, such as mlp"
        )
    return inputs.shape

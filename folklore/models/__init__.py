"""Models: one module per model, with the name of the model; its function `build` returns the network.

`build(inputs: InputSpec, classes, **settings)`: form of one input, number of classes, and the model's settings except
its name.
"""


def builder(name: str) -> str:
    return f"folklore.models.{name}:build"

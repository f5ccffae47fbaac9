"""MODELS: name → `build(inputs: InputSpec, classes, **settings)`, the settings those of its block in recipe.py."""

MODELS = {
    "cnn": "folklore.models.cnn:build",
    "residual_cnn": "folklore.models.residual_cnn:build",
    "mlp": "folklore.models.mlp:build",
    "residual_mlp": "folklore.models.residual_mlp:build",
    "linear": "folklore.models.linear:build",
    "resnet18": "folklore.models.resnet18:build",
}

# Those that take images alone: inputs [channels, height, width].
OF_IMAGES = ("cnn", "residual_cnn", "resnet18")

"""Estimate the memory that a run needs, and whether a GPU shortens it."""

from math import ceil

from folklore.plan.data_size import data_size
from folklore.plan.resources.work import count_macs, layers, layers_in_a_step
from folklore.schema.models.layer_cost import LayerCost
from folklore.schema.recipe import Recipe

_MB = 2**20
# The interpreter with torch, its kernels and the memory that the allocator keeps.
_BASE = 700 * _MB
# Copies of each parameter: value, gradient, two moments of the optimiser, initial and best value.
_COPIES = 6
# Copies of each layer's output: value, gradient and one working copy.
_KEPT = 3
# Evaluation batches hold this number of values, within these numbers of rows.
_EVALUATED, _FEWEST, _MOST = 2**18, 32, 4096
_SINGLE, _DOUBLE = 4, 8
_MARGIN, _STEP = 1.3, 100

# One or two minutes on a CPU core; waiting for a GPU costs more than it saves below that.
_WORTHWHILE = 1e12


def memory_mb(recipe: Recipe) -> int:
    """Return megabytes of main memory, rounded up to a hundred."""
    return ceil(_MARGIN * (_BASE + _data_bytes(recipe) + _network_bytes(recipe)) / _MB / _STEP) * _STEP


def gains_from_gpu(recipe: Recipe) -> bool:
    """Return True for a network that suits a GPU and has enough work for one."""
    return recipe.network is not None and recipe.network.suits_gpu and count_macs(recipe) > _WORTHWHILE


def _data_bytes(recipe: Recipe) -> float:
    """Count the stored dataset and the rows of the split; learners without a network flatten and scale a copy."""
    size = data_size(recipe.data)
    stored = size.values * (1 if len(size.shape) == 3 else _SINGLE)
    dataset_and_split = 2 * size.rows * stored
    return dataset_and_split if recipe.network else dataset_and_split + _KEPT * _SINGLE * size.rows * size.values


def _network_bytes(recipe: Recipe) -> float:
    bytes_per_number = _DOUBLE if recipe.dtype == "float64" else _SINGLE
    all_layers, values = layers(recipe), data_size(recipe.data).values
    parameters = _COPIES * sum(layer.parameters for layer in all_layers)
    step = (recipe.batch_size or 0) * (values + _outputs(layers_in_a_step(recipe)))
    evaluation = max(_FEWEST, min(_MOST, _EVALUATED // values)) * (values + _outputs(all_layers))
    return bytes_per_number * (parameters + _KEPT * max(step, evaluation)) if all_layers else 0


def _outputs(layer_costs: list[LayerCost]) -> int:
    return sum(layer.outputs for layer in layer_costs)

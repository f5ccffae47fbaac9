"""What a run asks of the machine that it runs on: memory, and whether a graphics processor is worth having."""

from math import ceil

from folklore.plan.data_size import data_size
from folklore.plan.resources.work import count_macs, layers, layers_in_a_step
from folklore.schema.models.layer_cost import LayerCost
from folklore.schema.recipe import Recipe

_MB = 2**20
# The interpreter with torch, its kernels and what the allocator keeps.
_BASE = 700 * _MB
# Of each parameter: itself, its gradient, two moments of the optimiser, its beginning and its best.
_COPIES = 6
# Of each layer what it puts out, its gradient and a working copy.
_KEPT = 3
# A part is scored in batches of so many values, of few rows where they are large and of many where they are small.
_SCORED, _FEWEST, _MOST = 2**18, 32, 4096
_SINGLE, _DOUBLE = 4, 8
_MARGIN, _STEP = 1.3, 100

# A minute or two on a processor's core: below that, waiting for a graphics processor costs more than it saves.
_WORTHWHILE = 1e12


def memory_mb(recipe: Recipe) -> int:
    """Megabytes of main memory, rounded up to a hundred."""
    return ceil(_MARGIN * (_BASE + _data(recipe) + _network(recipe)) / _MB / _STEP) * _STEP


def gains_from_gpu(recipe: Recipe) -> bool:
    """Convolutions do, once there is something to do; small dense networks, trees and regressions are slower on one."""
    return recipe.network is not None and recipe.network.suits_gpu and count_macs(recipe) > _WORTHWHILE


def _data(recipe: Recipe) -> float:
    """The set as it is stored, and the rows that the split takes from it; flat and scaled for learners of tables."""
    size = data_size(recipe.data)
    stored = size.values * (1 if len(size.shape) == 3 else _SINGLE)
    whole = 2 * size.rows * stored
    return whole if recipe.network else whole + _KEPT * _SINGLE * size.rows * size.values


def _network(recipe: Recipe) -> float:
    number = _DOUBLE if recipe.precision == "double" else _SINGLE
    found, values = layers(recipe), data_size(recipe.data).values
    parameters = _COPIES * sum(layer.parameters for layer in found)
    step = (recipe.batch_size or 0) * (values + _outputs(layers_in_a_step(recipe)))
    scored = max(_FEWEST, min(_MOST, _SCORED // values)) * (values + _outputs(found))
    return number * (parameters + _KEPT * max(step, scored)) if found else 0


def _outputs(passed: list[LayerCost]) -> int:
    return sum(layer.outputs for layer in passed)

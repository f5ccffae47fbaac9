"""Decision map: the predicted class at every point of the plane, for a network of two inputs."""

from dataclasses import replace

import numpy as np
import torch

from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError
from folklore.train.examples import Examples
from folklore.train.probes.finished_run import FinishedRun
from folklore.train.probes.regions import Patterns, is_piecewise_linear
from folklore.train.probes.result import ProbeResult, at_end

_DRAWN, _MARGIN = 200, 0.1  # steps of the drawn map, and its margin around the training range, as a share of it
_COUNTED = 1000  # steps of the grid for regions and boundaries, over the training range itself
_TEST_POINTS = 2000


def measure(run: FinishedRun) -> ProbeResult:
    """Count `regions` on a grid, which misses those between its points: a lower bound."""
    _check(run.examples)
    model = run.network.at("last")
    train, test = run.examples.inputs["train"], run.examples.inputs["test"]
    x, y = (_axis(values, _MARGIN, _DRAWN) for values in train.T)
    arrays = {
        "x": x,
        "y": y,
        "classes": _predicted(run, x, y),
        "test_inputs": test[:_TEST_POINTS],
        "test_labels": run.examples.labels["test"][:_TEST_POINTS],
        "class_names": run.class_names,
    }
    with Patterns(model) as patterns:
        classes = _predicted(run, *(_axis(values, 0, _COUNTED) for values in train.T))
    measurements = [at_end("last", "boundary", boundary(classes))]
    if is_piecewise_linear(model):
        measurements.append(at_end("last", "regions", float(len(patterns.found))))
    return ProbeResult(measurements, arrays)


def boundary(classes: np.ndarray) -> float:
    """Return the share of horizontal and vertical pairs of neighbouring grid points whose classes differ."""
    across, down = classes[:, 1:] != classes[:, :-1], classes[1:] != classes[:-1]
    return float((across.sum() + down.sum()) / (across.size + down.size))


def _check(examples: Examples) -> None:
    if examples.input_spec != InputSpec((2,)):
        raise UserError(
            f"`probes.decision_map`: expected two inputs per example; got {examples.input_spec}. Leave the variant out"
        )


def _axis(values: np.ndarray, margin: float, steps: int) -> np.ndarray:
    low, high = values.min(), values.max()
    beyond = margin * (high - low)
    return np.linspace(low - beyond, high + beyond, steps, dtype=np.float32)


def _predicted(run: FinishedRun, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return predicted classes [len(y), len(x)], in the smallest integer type that holds them."""
    test = run.network.batches["test"]
    points = torch.from_numpy(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)).to(test.inputs.device)
    grid = replace(test, inputs=points, labels=torch.zeros_like(points[:, 0]))
    with torch.inference_mode():
        classes = torch.cat(
            [run.network.model(grid.batch(rows).inputs).argmax(dim=1) for rows in grid.for_evaluation()]
        )
    smallest = np.min_scalar_type(run.examples.classes - 1)
    return classes.cpu().numpy().astype(smallest).reshape(len(y), len(x))

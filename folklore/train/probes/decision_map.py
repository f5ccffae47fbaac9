"""Map: the class that a network of two inputs assigns to every place of the plane, and how it cuts the plane up."""

from dataclasses import replace

import numpy as np
import torch

from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError
from folklore.train.examples import Examples
from folklore.train.probes.finished_run import FinishedRun
from folklore.train.probes.regions import Patterns, is_piecewise_linear
from folklore.train.probes.result import ProbeResult, at_end

_DRAWN, _MARGIN = 200, 0.1  # steps of the drawn map, and how far it goes beyond the training range on each side
_COUNTED = 1000  # steps of the grid on which regions and boundaries are counted, over the training range itself
_TEST_POINTS = 2000


def measure(run: FinishedRun) -> ProbeResult:
    """A grid misses the regions that lie between its places, so `regions` is a lower bound."""
    _check(run.examples)
    model = run.network.at("last")
    train, test = run.examples.inputs["train"], run.examples.inputs["test"]
    x, y = (_axis(values, _MARGIN, _DRAWN) for values in train.T)
    arrays = {
        "x": x,
        "y": y,
        "classes": _surveyed(run, x, y),
        "test_inputs": test[:_TEST_POINTS],
        "test_labels": run.examples.labels["test"][:_TEST_POINTS],
        "class_names": run.class_names,
    }
    with Patterns(model) as patterns:
        classes = _surveyed(run, *(_axis(values, 0, _COUNTED) for values in train.T))
    measurements = [at_end("last", "boundary", boundary(classes))]
    if is_piecewise_linear(model):
        measurements.append(at_end("last", "regions", float(len(patterns.found))))
    return ProbeResult(measurements, arrays)


def boundary(classes: np.ndarray) -> float:
    """The share of pairs of neighbouring places, beside or above one another, whose classes differ."""
    beside, above = classes[:, 1:] != classes[:, :-1], classes[1:] != classes[:-1]
    return float((beside.sum() + above.sum()) / (beside.size + above.size))


def _check(examples: Examples) -> None:
    if examples.input_spec != InputSpec((2,)):
        raise UserError(
            f"`probes: decision_map` draws networks of two inputs on the plane, and the inputs of this variant are "
            f"{examples.input_spec}; leave the variant out of it"
        )


def _axis(values: np.ndarray, margin: float, steps: int) -> np.ndarray:
    low, high = values.min(), values.max()
    beyond = margin * (high - low)
    return np.linspace(low - beyond, high + beyond, steps, dtype=np.float32)


def _surveyed(run: FinishedRun, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Predicted classes [len(y), len(x)], in the smallest type that holds them."""
    test = run.network.batches["test"]
    places = torch.from_numpy(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)).to(test.inputs.device)
    feed = replace(test, inputs=places, labels=torch.zeros_like(places[:, 0]))
    with torch.inference_mode():
        classes = torch.cat([run.network.model(feed.batch(rows).inputs).argmax(dim=1) for rows in feed.in_order()])
    smallest = np.min_scalar_type(run.examples.classes - 1)
    return classes.cpu().numpy().astype(smallest).reshape(len(y), len(x))

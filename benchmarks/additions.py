"""Cost of additions to a recipe: recorders, augmentation, a frozen backbone, residual connections, float64."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from benchmarks.clock import alternately
from benchmarks.quietly import train_quietly
from benchmarks.row import Row, compared, seconds
from benchmarks.workloads import WORKLOADS, Workload
from folklore.schema.augmentation import Augmentation
from folklore.train.recorders import RECORDERS

TURNS = 7
EPOCHS = 2  # both of them within the windows of the recorder of gradients, which is the dearest case


def measure() -> Iterator[Row]:
    cnn, _, countries = (replace(workload, epochs=EPOCHS) for workload in WORKLOADS)
    yield from _beside_bare(cnn, _of_images(cnn.settings()))
    yield from _beside_bare(countries, _of_points())


def _beside_bare(workload: Workload, additions: dict[str, dict]) -> Iterator[Row]:
    data, bare = workload.examples(), workload.settings()
    sides = {
        name: partial(train_quietly, bare | settings, data) for name, settings in {"bare": {}, **additions}.items()
    }
    took = alternately(TURNS, warm_up=1, **sides)
    for name in sides:
        if name != "bare":
            figures = f"{seconds(took[name])} vs {seconds(took['bare'])}"
            yield compared(f"{workload.title}: {name}", took[name], took["bare"], figures)


def _of_points() -> dict[str, dict]:
    return {f"{name} recorded": {"record": [name]} for name in RECORDERS} | {"double precision": {"dtype": "float64"}}


def _of_images(bare: dict) -> dict[str, dict]:
    return {
        "gradients recorded": {"record": ["gradients"]},
        "weights recorded": {"record": ["weights"]},
        "flips and shifts": _augmented(flip={"horizontal": 0.5}, shift={"pixels": 4}),
        "flips, shifts and colours": _augmented(
            flip={"horizontal": 0.5},
            shift={"pixels": 4},
            colour={"brightness": 0.2, "contrast": 0.2, "saturation": 0.2},
        ),
        "trunk frozen": {"trainable": ["fc1", "fc2"]},
        "residual": {"model": bare["model"] | {"name": "residual_cnn"}},
    }


def _augmented(**operations: dict) -> dict:
    return {"augmentation": Augmentation.model_validate(operations).model_dump()}

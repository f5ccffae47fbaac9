"""The slowest runs at full scale: complete runs compared with their training steps alone.

A run has a fixed cost and a cost per epoch. A short run and a longer one determine both.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from benchmarks.clock import alternately, processor_seconds
from benchmarks.quietly import train_quietly
from benchmarks.row import Row
from benchmarks.scratch import ROOT
from benchmarks.workloads import of_recipe
from folklore.plan.load import load_plan
from folklore.schema.recipe import Recipe
from folklore.train.batches import batches_by_split
from folklore.train.device import device_named
from folklore.train.examples import Examples
from folklore.train.network import DTYPES, init_model, set_training
from folklore.train.optimisers import build_optimiser

# Study → the variant that takes longest at full scale.
SLOWEST = {
    "europe_depth_width": "40×16, residual",
    "europe_batch_size": "batch 1",
    "europe_deep_gradients": "plain",
    "europe_100_epochs": "100 epochs",
    "fmnist_optimiser_lr": "sgd,lr=0.001,ten times as long",
    "fmnist_logit_growth": "Adam at 0.001",
    "fmnist_layer_stats": "batch norm",
    "mnist_hw_batch_size": "batch_size=512, equal updates",
}
TURNS = 3
LONG_ENOUGH = 5  # seconds that the longer run takes at least, where there is so much to train


def measure() -> Iterator[Row]:
    torch.set_num_threads(1)
    studies = load_plan({"scale": "full"}, ROOT / "studies").studies
    for study, variant in SLOWEST.items():
        yield _row(f"{study}, {variant}", studies[study].variants[variant].recipe)


def _row(what: str, recipe: Recipe) -> Row:
    examples = of_recipe(recipe)
    bare = recipe.model_copy(update={"record": ()})
    sides = {"recorded": partial(_run, recipe, examples), "unrecorded": partial(_run, bare, examples)}
    sides["steps"] = partial(_steps, recipe, examples)
    took = _whole(sides, recipe.epochs)
    run, unrecorded, steps = (took[side] for side in sides)
    recorded = f"{np.median(run / unrecorded):.2f}× without recorders ({', '.join(recipe.record) or 'it has none'})"
    figures = f"{np.median(run):.1f} vs {np.median(steps):.1f} s of CPU time; {recorded}"
    return Row(what, f"{np.median(run / steps):.2f}×", TURNS, figures)


def _whole(sides: dict[str, Callable[[int], None]], epochs: int) -> dict[str, np.ndarray]:
    """Return side → CPU seconds for all epochs, by turn."""
    more = min(epochs, 1 + max(2, round(LONG_ENOUGH / processor_seconds(partial(sides["steps"], 1)))))
    works = {f"{side} {some}": partial(work, some) for side, work in sides.items() for some in (1, more)}
    took = {name: seconds[:, 1] for name, seconds in alternately(TURNS, **works).items()}
    epoch = {side: (took[f"{side} {more}"] - took[f"{side} 1"]) / max(1, more - 1) for side in sides}
    return {side: took[f"{side} 1"] + epoch[side] * (epochs - 1) for side in sides}


def _run(recipe: Recipe, examples: Examples, epochs: int) -> None:
    train_quietly(recipe.model_dump(mode="json") | {"epochs": epochs}, examples)


def _steps(recipe: Recipe, examples: Examples, epochs: int) -> None:
    settings = recipe.model_dump(mode="json")
    dtype = DTYPES[recipe.dtype]
    feed = batches_by_split(examples, device_named("cpu", dtype), dtype)["train"]
    model = feed.match_memory_format(init_model(settings, examples.input_spec, examples.classes, None))
    descent = build_optimiser(list(model.parameters()), settings["optimiser"])
    order = torch.Generator().manual_seed(1)
    set_training(model, settings)
    for _ in range(epochs):
        for rows in feed.shuffled(order, recipe.batch_size):
            batch = feed.batch(rows)
            inputs, labels = batch.inputs, batch.labels
            loss = cross_entropy(model(inputs), labels)
            descent.zero_grad()
            loss.backward()
            descent.step()

"""The tables of a study's section: results, settings of the variants, published vs measured values."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas

from folklore.analysis.intervals import mean_interval
from folklore.analysis.metrics_table import MetricsTable, RunMetric
from folklore.report.page import PageTable
from folklore.report.variant import ReportedVariant
from folklore.schema.metric import Metric
from folklore.schema.recipe import Recipe
from folklore.schema.study import PublishedValue
from folklore.wording.metrics import in_words
from folklore.wording.numbers import NOTHING, estimate, measured, setting

CHOOSER = "validation_accuracy.best"
SHOWN = {
    "train_accuracy.last": "train accuracy, last",
    "validation_accuracy.last": "validation accuracy, last",
    CHOOSER: "validation accuracy, best",
    "test_accuracy.last": "test accuracy, last",
    "test_accuracy.best": "test accuracy, best",
    "test_loss.last": "test loss, last",
    "test_loss.best": "test loss, best",
    "best_epoch": "best epoch",
    "seconds": "seconds",
}


def results(runs: pandas.DataFrame, chosen: Sequence[str]) -> PageTable:
    names = list(runs["variant"].unique())
    columns = [column for column in SHOWN if column in runs and runs[column].notna().any()]
    rows = [(name, _finished(runs, name), *(_cell(runs, name, column) for column in columns)) for name in names]
    return PageTable(
        caption="Mean over seeds ± half-width of the 95 % t-interval. “Last”: after the last epoch; “best”: at the "
        "lowest validation loss. Diverged runs are left out of the means; the second column counts the finished runs. "
        "Highlighted: variant with the best validation accuracy.",
        columns=("variant", "finished", *(SHOWN[column] for column in columns)),
        rows=tuple(rows),
        marked=tuple(names.index(name) for name in chosen),
    )


def chosen_by_validation(runs: pandas.DataFrame, variants: Sequence[ReportedVariant]) -> list[ReportedVariant]:
    """Return, per dataset, the variant with the highest mean validation accuracy of which every run finished."""
    winners: dict[str, tuple[float, ReportedVariant]] = {}
    for variant in variants:
        values = runs.loc[runs["variant"] == variant.name, CHOOSER] if CHOOSER in runs else pandas.Series()
        if len(values) and values.notna().all():
            dataset = variant.facts["dataset"]["name"]
            winners[dataset] = max(
                winners.get(dataset, (-1.0, variant)), (values.mean(), variant), key=lambda item: item[0]
            )
    return [variant for _, variant in winners.values()]


def sentence_on_the_chosen(runs: pandas.DataFrame, variant: ReportedVariant) -> str:
    """Include the standard error that the size of the test set alone leaves, which no interval over seeds covers."""
    dataset, name = variant.facts["dataset"]["name"], variant.name
    validation, test = (_cell(runs, name, column) for column in (CHOOSER, "test_accuracy.best"))
    examples = sum(variant.facts["split"]["counts"]["test"])
    accuracy = _numbers(runs, name, "test_accuracy.best").mean()
    error = np.sqrt(accuracy * (1 - accuracy) / examples)
    return (
        f"On {dataset}, validation accuracy chooses {name} ({validation}); its test accuracy is {test}. "
        f"Another {examples:,} test examples would move it by a standard error of "
        f"{measured(float(error))}, which no interval over seeds covers."
    )


def diverged(runs: pandas.DataFrame) -> tuple[str, ...]:
    lost = runs[runs["status"] == "diverged"]
    return tuple(f"{run.variant}, seed {run.seed}, in epoch {run.diverged_epoch:.0f}" for run in lost.itertuples())


def settings_table(variants: Sequence[ReportedVariant]) -> PageTable:
    """Return the settings in which the variants differ, and the recipe of each."""
    settings = [_flat(variant.recipe) for variant in variants]
    paths = dict.fromkeys(path for flat in settings for path in flat)
    varied = [path for path in paths if len({setting(flat[path]) for flat in settings if path in flat}) > 1]
    return PageTable(
        caption="Settings in which the variants differ, and their recipes. The files of a recipe’s runs are in the "
        "folder of that name under runs/.",
        columns=("variant", *varied, "recipe"),
        rows=tuple(
            (
                variant.name,
                *(setting(flat[path]) if path in flat else NOTHING for path in varied),
                variant.facts["recipe"],
            )
            for variant, flat in zip(variants, settings, strict=True)
        ),
        numeric=False,
    )


def published(metrics: MetricsTable, printed: Sequence[PublishedValue], comparable: str) -> PageTable | None:
    if not printed:
        return None
    return PageTable(
        caption="Published vs measured values: mean over seeds ± half-width of the 95 % t-interval, and the position "
        f"of the published value, as rounded, in the range of the seeds.{comparable}",
        columns=("variant", "metric", "published", "measured", "published vs seeds", "where published"),
        rows=tuple(_beside(value, metrics) for value in printed),
        numeric=False,
    )


def _beside(printed: PublishedValue, metrics: MetricsTable) -> tuple[str, ...]:
    runs = _with_a_number(metrics.of(printed.metric, printed.variant).values())
    position = among(printed.value, _values(runs))
    if position != "below" and any(run.never_reached for run in runs):
        position = NOTHING  # the numbers are lower bounds
    return printed.variant, in_words(printed.metric), measured(printed.value), _average(runs), position, printed.where


def among(printed: float, found: np.ndarray) -> str:
    """Return the position of a published value in the range of the seeds: below, within or above.

    The value stands for all numbers that round to it, at two decimals or more; an integer stands for itself alone.
    """
    if len(found) < 2:
        return NOTHING
    digits = max(2, -Decimal(repr(printed)).as_tuple().exponent)
    half = 0 if printed.is_integer() else 0.5 * 10.0**-digits
    return "below" if printed + half < found.min() else "above" if printed - half > found.max() else "within"


def _finished(runs: pandas.DataFrame, name: str) -> str:
    status = runs.loc[runs["variant"] == name, "status"]
    return f"{(status == 'finished').sum()} of {len(status)}"


def _cell(runs: pandas.DataFrame, name: str, column: str) -> str:
    return _mean(_numbers(runs, name, column))


def _numbers(runs: pandas.DataFrame, name: str, column: str) -> np.ndarray:
    """Return the numbers of the finished runs."""
    finished = (runs["variant"] == name) & (runs["status"] == "finished")
    return runs.loc[finished, column].dropna().to_numpy(dtype=float)


def average(metric: Metric, name: str, metrics: MetricsTable) -> str:
    """Return mean ± half of its interval over the runs that have such a number."""
    return _average(_with_a_number(metrics.of(metric, name).values()))


def _average(runs: Sequence[RunMetric]) -> str:
    never = sum(run.never_reached for run in runs)
    if never and never == len(runs):
        return "never reached"
    return f"≥ {_mean(_values(runs))}" if never else _mean(_values(runs))


def _with_a_number(runs: Iterable[RunMetric]) -> list[RunMetric]:
    return [run for run in runs if np.isfinite(run.value)]


def _values(runs: Sequence[RunMetric]) -> np.ndarray:
    return np.array([run.value for run in runs], dtype=float)


def _mean(numbers: np.ndarray) -> str:
    if not numbers.size:
        return NOTHING
    mean, _, high = mean_interval(numbers)
    return estimate(float(mean), float(high - mean) if numbers.size > 1 else None)


def _flat(recipe: Recipe) -> dict[str, Any]:
    """`optimiser.lr` → 0.1 and so on, without what has no value; a block's kind goes by the block's name."""
    found = {}
    for block, value in recipe.model_dump(mode="json").items():
        inner = value.items() if isinstance(value, dict) else [("name", value)]
        found.update({block if key == "name" else f"{block}.{key}": item for key, item in inner if item is not None})
    return found

"""The variant that each selection of a study chose, and the bias of a selection on the test set."""

from collections.abc import Iterator

import numpy as np

from folklore.analysis.intervals import mean_interval, paired_differences
from folklore.analysis.metrics_table import MetricsTable
from folklore.report.page import PageTable
from folklore.report.results import average
from folklore.schema.metric import Metric
from folklore.schema.selection import REPORTED_SCORES, Selection
from folklore.wording.metrics import in_words
from folklore.wording.numbers import NOTHING, measured


def selections(metrics: MetricsTable, asked: dict[str, Selection]) -> PageTable | None:
    if not asked:
        return None
    return PageTable(
        caption="Variant that each selection chose by the mean over seeds, and its scores (mean ± half-width of the "
        "95 % t-interval).",
        columns=("selection", "chosen by", "chosen", *REPORTED_SCORES),
        rows=tuple(
            (
                name,
                f"{selection.goal} {in_words(selection.by)}",
                _chosen(metrics, selection, name) or NOTHING,
                *(average(metric, name, metrics) for metric in REPORTED_SCORES.values()),
            )
            for name, selection in asked.items()
        ),
        numeric=False,
    )


def optimism(metrics: MetricsTable, asked: dict[str, Selection]) -> tuple[str, ...]:
    """Return one sentence per selection on the test set for which another selects among the same variants."""
    chosen = {name: _chosen(metrics, selection, name) for name, selection in asked.items()}
    return tuple(
        _selection_bias(metrics, asked[on_test].by, {name: chosen[name] for name in (on_test, other)})
        for on_test, other in _pairs(asked)
        if chosen[on_test] and chosen[other]
    )


def _chosen(metrics: MetricsTable, selection: Selection, name: str) -> str | None:
    """Return the variant that a selection chose; None if it chose none."""
    runs = metrics.of(selection.by, name).values()
    return next((run.selected for run in runs), None)


def _pairs(asked: dict[str, Selection]) -> Iterator[tuple[str, str]]:
    """Yield the names of (selection on the test set, selection on another set) among the same variants."""
    for name, selection in asked.items():
        rivals = [other for other, one in asked.items() if one.among == selection.among and not _on_test(one)]
        if _on_test(selection) and rivals:
            yield name, rivals[0]


def _on_test(selection: Selection) -> bool:
    return selection.by.name.startswith("test_")


def _selection_bias(metrics: MetricsTable, criterion: Metric, chosen: dict[str, str]) -> str:
    """`chosen`: the selection on the test set and the other one, each with the variant that it chose."""
    (published, honest), (ours, theirs) = chosen, chosen.values()
    if ours == theirs:
        return f"“{published}” and “{honest}” chose the same variant, {theirs}: there is no selection bias."
    of, than = (np.array([*metrics.values(criterion, name).values()]) for name in chosen)
    mean, low, high = mean_interval(paired_differences(of, than))
    interval = f" [{measured(float(low))}, {measured(float(high))}]" if len(of) > 1 else ""
    return (
        f"“{published}” chose {ours}, “{honest}” {theirs}. On the {in_words(criterion)} the former is ahead by "
        f"{measured(float(mean))}{interval}, 95 % interval over {len(of)} seeds; the same test set selected it, so "
        f"this difference is biased upwards."
    )

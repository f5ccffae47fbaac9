"""What each selection of a study chose, and how much a choice on the test part flatters itself."""

from collections.abc import Iterator

import numpy as np

from folklore.analysis.evidence import Evidence
from folklore.analysis.intervals import mean_interval, paired_differences
from folklore.analysis.metrics.values import values
from folklore.report.page import PageTable
from folklore.report.results import average
from folklore.schema.metric import Metric
from folklore.schema.selection import Selection
from folklore.wording.metrics import in_words
from folklore.wording.numbers import NOTHING, measured

_SHOWN = {
    "validation accuracy, best": Metric(name="validation_accuracy", checkpoint="best"),
    "test accuracy, last": Metric(name="test_accuracy"),
    "test accuracy, best": Metric(name="test_accuracy", checkpoint="best"),
    "test loss, best": Metric(name="test_loss", checkpoint="best"),
}


def selections(evidence: Evidence, asked: dict[str, Selection]) -> PageTable | None:
    if not asked:
        return None
    return PageTable(
        caption="What each selection chose, by its mean over seeds, and the scores of what it chose (mean over seeds ± "
        "half of the 95 % interval).",
        columns=("selection", "chosen by", "chosen", *_SHOWN),
        rows=tuple(
            (
                name,
                f"{selection.goal} {in_words(selection.by)}",
                evidence.selected.get(name, NOTHING),
                *(average(metric, name, evidence) for metric in _SHOWN.values()),
            )
            for name, selection in asked.items()
        ),
        numeric=False,
    )


def optimism(evidence: Evidence, asked: dict[str, Selection]) -> tuple[str, ...]:
    """A sentence for each choice on the test part that has an honest one beside it, among the same variants."""
    return tuple(_flattery(evidence, asked, *pair) for pair in _pairs(asked) if set(pair) <= set(evidence.selected))


def _pairs(asked: dict[str, Selection]) -> Iterator[tuple[str, str]]:
    """(on the test part, on another)"""
    for name, selection in asked.items():
        rivals = [other for other, one in asked.items() if one.among == selection.among and not _on_test(one)]
        if _on_test(selection) and rivals:
            yield name, rivals[0]


def _on_test(selection: Selection) -> bool:
    return selection.by.name.startswith("test_")


def _flattery(evidence: Evidence, asked: dict[str, Selection], published: str, honest: str) -> str:
    metric = asked[published].by
    of, than = (np.array([*values(metric, name, evidence).values()]) for name in (published, honest))
    if evidence.selected[published] == evidence.selected[honest]:
        return f"“{published}” and “{honest}” chose the same variant, {evidence.selected[honest]}: nothing is added."
    mean, low, high = mean_interval(paired_differences(of, than))
    sure = f" [{measured(float(low))}, {measured(float(high))}]" if len(of) > 1 else ""
    return (
        f"“{published}” chose {evidence.selected[published]}, “{honest}” {evidence.selected[honest]}. On the "
        f"{in_words(metric)} the former comes out ahead by {measured(float(mean))}{sure}, 95 % interval over "
        f"{len(of)} seeds; the same test part chose it, so part of that lead is luck."
    )

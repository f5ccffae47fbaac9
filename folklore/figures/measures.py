"""Metrics in figures: label, number format, which end is better, and the runs of each variant from metrics.csv."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from folklore.analysis.metrics_table import MetricsTable, RunMetric
from folklore.schema.metric import Metric
from folklore.wording.checkpoints import checkpoint_label
from folklore.wording.curves import curve_label
from folklore.wording.metrics import in_words, unit

_COSTS = ("seconds", "seconds_per_epoch", "parameters")
_VALUES_OF_A_CURVE = ("final", "at_epoch", "minimum", "maximum", "mean")


@dataclass(frozen=True)
class Measure:
    metric: Metric
    words: str
    detail: str  # the checkpoint, if it has one, and the unit
    lowest_is_best: bool | None  # None where neither end is better

    @property
    def label(self) -> str:
        return f"{self.words} ({self.detail})" if self.detail else self.words

    @property
    def arrow(self) -> str:
        return {True: " ↓", False: " ↑", None: ""}[self.lowest_is_best]

    def written(self, mean: float, half: float = 0.0) -> str:
        """`0.612 ± 0.013`, both to the same digit; only the mean if `half` is 0."""
        form = self._form(abs(mean))
        return f"{mean:{form}}" + (f" ± {half:{form}}" if half > 0 else "")

    def signed(self, difference: float) -> str:
        """Format a difference with its sign; a difference of shares with three decimals."""
        share = "0–1" in self.detail
        return f"{difference:+{'.3f' if share else self._form(abs(difference))}}".replace("-", "−")

    def is_cost(self, name: str) -> bool:
        return self.metric.name == name and self.metric.minus is None

    def _form(self, size: float) -> str:
        if self.is_cost("parameters"):
            return ",.0f"
        if size >= 1e6 or 0 < size < 5e-4:
            return ".1e"
        if self.is_cost("seconds"):
            return f",.{2 if size < 10 else 1 if size < 100 else 0}f"
        return ".3f" if size < 100 else ",.0f"


@dataclass(frozen=True)
class MeasuredVariant:
    """The runs of one variant: by metric, then by seed."""

    by_metric: Mapping[Metric, Mapping[int, RunMetric]]

    def numbers(self, one: Measure) -> np.ndarray:
        """Return the numbers of the runs that have one."""
        numbers = np.array([run.value for run in self.by_metric[one.metric].values()], dtype=float)
        return numbers[np.isfinite(numbers)]

    def never_reached(self, one: Measure) -> int:
        """Return the number of runs whose number is only a lower bound."""
        return sum(run.never_reached for run in self.by_metric[one.metric].values())

    @property
    def runs(self) -> int:
        return max(map(len, self.by_metric.values()))

    @property
    def diverged(self) -> int:
        runs = next(iter(self.by_metric.values()))
        return sum(run.status == "diverged" for run in runs.values())


MeasuredVariants = dict[str, MeasuredVariant]


def measure(metric: Metric) -> Measure:
    if metric.minus is not None or metric.kind.family != "score":
        return Measure(metric, in_words(metric), unit(metric).strip(), _lowest_is_best(metric))
    is_loss = metric.name.endswith("loss")
    detail = f"{checkpoint_label(metric.checkpoint)}, {'nats' if is_loss else '0–1'}"
    return Measure(metric, curve_label(metric.name), detail, is_loss)


def _lowest_is_best(metric: Metric) -> bool | None:
    """Return True for costs and losses, False for accuracies; no other metric has a better end."""
    if metric.minus is not None:
        return None
    if metric.name in _COSTS:
        return True
    is_value = metric.name in _VALUES_OF_A_CURVE and isinstance(metric.curve, str)
    return {"loss": True, "accuracy": False}.get(metric.curve.rsplit("_", 1)[-1]) if is_value else None


def measured(table: Path, measures: Iterable[Measure], variants: Iterable[str] | None) -> MeasuredVariants:
    """Read metrics.csv; a variant that a figure names may be absent at this scale."""
    metrics, asked = MetricsTable.read(table), [one.metric for one in measures]
    names = metrics.variants(asked[0]) if variants is None else variants
    found = {name: MeasuredVariant({metric: metrics.of(metric, name) for metric in asked}) for name in names}
    return {name: variant for name, variant in found.items() if variant.runs}


def run_notes(variants: MeasuredVariants, measures: Iterable[Measure]) -> list[str]:
    """Return footnotes on the runs that diverged, and on those whose number is only a lower bound."""
    notes = [f"{name}: {found.diverged} of {found.runs} diverged" for name, found in variants.items() if found.diverged]
    for one in dict.fromkeys(measures):
        lost = {name: found.never_reached(one) for name, found in variants.items()}
        notes += [
            f"{name}: {count} of {variants[name].runs} never reached it by the last epoch, and count as one epoch more"
            for name, count in lost.items()
            if count
        ]
    return notes

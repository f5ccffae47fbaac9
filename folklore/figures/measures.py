"""What a metric is called in a figure, how it is written, which end of it is the better one, and its values."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.values import values as derived_values
from folklore.figures.rows import RunsTable, read_runs
from folklore.schema.metric import CostName, Metric, Score
from folklore.wording.figures import checkpoint_words, curve_words
from folklore.wording.metrics import in_words, unit
from folklore.wording.phrases import in_plain_words

_UNITS = {"seconds": "s", "seconds_per_epoch": "s", "parameters": "count", "loss": "nats"}
_OF_THE_RUN = {
    "seconds": "training time",
    "seconds_per_epoch": "training time an epoch",
    "parameters": "parameters",
}


@dataclass(frozen=True)
class Measure:
    metric: Metric
    column: str
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
        """`0.612 ± 0.013`, both to the same digit; what has no spread stands alone."""
        form = self._form(abs(mean))
        return f"{mean:{form}}" + (f" ± {half:{form}}" if half > 0 else "")

    def signed(self, difference: float) -> str:
        """Of a share to the digit that shares are told to."""
        share = "0–1" in self.detail
        return f"{difference:+{'.3f' if share else self._form(abs(difference))}}".replace("-", "−")

    def _form(self, size: float) -> str:
        if self.column == "parameters":
            return ",.0f"
        if size >= 1e6 or 0 < size < 5e-4:
            return ".1e"
        if self.column == "seconds":
            return f",.{2 if size < 10 else 1 if size < 100 else 0}f"
        return ".3f" if size < 100 else ",.0f"


def measure(metric: Metric) -> Measure:
    if metric.minus is None and metric.name in get_args(CostName):
        return Measure(metric, metric.name, in_plain_words(metric.name, _OF_THE_RUN), _UNITS.get(metric.name, ""), True)
    if metric.minus is not None or metric.name not in get_args(Score):
        return Measure(metric, in_words(metric), in_words(metric), unit(metric).strip(), _lowest_is_best(metric))
    scale = _UNITS.get(metric.name.rsplit("_", 1)[-1], "0–1")
    detail = f"{checkpoint_words(metric.checkpoint)}, {scale}"
    return Measure(metric, f"{metric.name}.{metric.checkpoint}", curve_words(metric.name), detail, scale == "nats")


def _lowest_is_best(metric: Metric) -> bool | None:
    """Of a value of a loss or an accuracy; roughness, epochs, rates and differences have no better end."""
    curve = metric.curve
    if metric.name not in ("final", "at", "minimum", "maximum", "mean") or metric.minus or not isinstance(curve, str):
        return None
    return {"loss": True, "accuracy": False}.get(curve.rsplit("_", 1)[-1])


def measured(table: Path, measures: Iterable[Measure], variants: Iterable[str] | None) -> RunsTable:
    """The rows of runs.csv; what they lack is computed from the tables beside it."""
    asked = list(measures)
    derived = [one for one in asked if one.column == in_words(one.metric)]
    runs = read_runs(table, {"status", *(one.column for one in asked if one not in derived)}, variants)
    if derived:
        evidence = Evidence.read(
            table, *(table.with_name(name) for name in ("curves.csv", "records.csv", "facts.json"))
        )
        for name, rows in runs.items():
            for one in derived:
                found = derived_values(one.metric, name, evidence)
                for row in rows:
                    row[one.column] = str(found[int(row["seed"])])
    return runs

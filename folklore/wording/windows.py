"""Windows of a run in sentences."""

from folklore.schema.metric import Metric

_NAMED = {0.5: "half", 0.25: "quarter", 0.75: "three quarters", 0.2: "fifth", 0.1: "tenth"}


def window_in_words(metric: Metric, step: str) -> str:
    """Return `over the last 20 epochs` or `from 25 % to 50 % of the run`; empty for a whole run.

    `step` is epoch or window.
    """
    if metric.last is not None:
        return f"over the last {metric.last} {step}s" if metric.last > 1 else f"in the last {step}"
    return "" if metric.run_fraction is None else _span(*metric.run_fraction)


def _span(start: float, end: float) -> str:
    if (start, end) == (0, 1):
        return "over the whole run"
    if start == 0:
        return f"over the first {_share(end)} of the run"
    if end == 1:
        return f"over the last {_share(1 - start)} of the run"
    return f"from {_percent(start)} to {_percent(end)} of the run"


def _share(length: float) -> str:
    return _NAMED.get(round(length, 9)) or _percent(length)


def _percent(share: float) -> str:
    return f"{round(100 * share, 6):g} %"

"""Metrics in words: fills in the phrases of folklore/schema/metric_kinds.py."""

from folklore.schema.metric import Metric
from folklore.wording.checkpoints import checkpoint_in_words
from folklore.wording.curves import curve_in_words, score_in_words, step_of
from folklore.wording.phrases import in_plain_words
from folklore.wording.snapshots import has_several, snapshot_in_words, things
from folklore.wording.windows import window_in_words

_PARTS = {"train": "training"}

# The time of an event, by its unit.
_UNTIL = {"epochs": "first {step} with", "updates": "updates until", "seconds": "seconds until"}
_TIME_OF = {"epochs": "{step} of", "updates": "updates until", "seconds": "seconds until"}
_IN_TIME_UNITS = {"epochs": "{step}s", "updates": "updates", "seconds": "s"}


def in_words(metric: Metric) -> str:
    """Return words such as `roughness of the training loss over the last 20 epochs`."""
    words = _phrase(metric)
    if metric.minus is None:
        return words
    less = in_words(metric.minus)
    return f"{words} minus {f'({less})' if metric.minus.minus else less}"


def unit(metric: Metric) -> str:
    """Return the unit after a space; empty for a pure number."""
    words = metric.kind.unit.format(**_of_step(metric))
    return words and f" {words}"


def _phrase(metric: Metric) -> str:
    details = metric.model_dump() | _of_step(metric) | _of_curve(metric) | _of_snapshot(metric) | _of_choice(metric)
    details["score"] = score_in_words(metric.name)
    details["checkpoint"] = checkpoint_in_words(metric.checkpoint)
    details["split"] = in_plain_words(metric.split, _PARTS)
    return metric.kind.phrase.format(**details)


def _of_step(metric: Metric) -> dict[str, str]:
    step = step_of(metric.curve)
    return {
        "step": step,
        "times": in_plain_words(metric.time_unit, _IN_TIME_UNITS).format(step=step),
        "until": in_plain_words(metric.time_unit, _UNTIL).format(step=step),
        "time_of": in_plain_words(metric.time_unit, _TIME_OF).format(step=step),
    }


def _of_curve(metric: Metric) -> dict[str, str]:
    if metric.curve is None:
        return {}
    curve, window = curve_in_words(metric.curve), window_in_words(metric, step_of(metric.curve))
    return {"curve": curve, "a_curve": _with_article(curve), "window": window and f" {window}"}


def _of_snapshot(metric: Metric) -> dict[str, str]:
    """Return the words for the snapshots that a metric compares."""
    if metric.snapshot is None:
        return {}
    to, several = metric.to and snapshot_in_words(metric.to), has_several(metric.snapshot)
    return {
        "snapshot": snapshot_in_words(metric.snapshot),
        "things": things(metric.snapshot),
        "largest": "largest " if several else "",
        "smallest": "smallest " if several else "",
        "average": "average " if several else "",
        "to": to or "",
        "relative_to": f", relative to that of {metric.other_variant}" if metric.other_variant else "",
        "other": f"that of {metric.other_variant}" if metric.other_variant else f"the {to}",
        "against": f" against {metric.other_variant}" if metric.other_variant else "",
    }


def _of_choice(metric: Metric) -> dict[str, str]:
    if metric.target_score is None:
        return {}
    averaged = ", averaged over the other seeds," if metric.averaged else " of one seed"
    return {"target_score": score_in_words(metric.target_score), "averaged": averaged}


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"

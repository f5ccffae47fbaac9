"""Whisker: a drawing of an interval with its margin, one text line high."""

from dataclasses import dataclass

from folklore.schema.verdict import Verdict


@dataclass(frozen=True)
class Whisker:
    """Positions along the drawing, from 0 at its left end to 100."""

    low: float
    effect: float
    high: float
    margins: tuple[float, ...]
    zero: float | None


def whisker(verdict: Verdict) -> Whisker | None:
    """Return the drawing; None if the verdict has no interval."""
    if verdict.effect is None or verdict.low is None or verdict.high is None:
        return None
    margins = _margins(verdict)
    shown = [verdict.low, verdict.effect, verdict.high, *margins]
    if verdict.test != "threshold":
        shown.append(0.0)
    left, right = min(shown), max(shown)
    width = (right - left) or 1.0

    def place(value: float) -> float:
        return round(6 + 88 * (value - left) / width, 1)

    zero = place(0.0) if left <= 0.0 <= right else None
    return Whisker(
        place(verdict.low), place(verdict.effect), place(verdict.high), tuple(place(margin) for margin in margins), zero
    )


def _margins(verdict: Verdict) -> tuple[float, ...]:
    if verdict.margin is None:
        return ()
    return (-verdict.margin, verdict.margin) if verdict.test == "equivalent" else (verdict.margin,)

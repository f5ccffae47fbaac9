"""Phrases of labels and footnotes of figures."""

from collections.abc import Iterable, Sequence

from folklore.schema.snapshot import PRODUCERS
from folklore.wording.phrases import in_plain_words

_TIME_UNITS = {"epochs": "epoch", "updates": "updates", "seconds": "seconds"}

_WINDOWS = {
    "first_batches": "first five mini-batches",
    "last_batches": "last five mini-batches",
    "first_epochs": "first five epochs",
    "last_epochs": "last five epochs",
}

_INSTANTS = {
    "start": "before training",
    "after_epoch": "after epoch",
    "end": "after training",
    "updates": "in training",
}


def time_unit_words(time_unit: str) -> str:
    return in_plain_words(time_unit, _TIME_UNITS)


def statistic_words(producer: str, statistic: str) -> str:
    return PRODUCERS[producer].statistics[statistic].in_figure


def time_point_words(recorder: str, time_point: str, epoch: int | None = None) -> str:
    """Return the name of a time point; gradients at one instant are taken on the probe batch."""
    if time_point in _WINDOWS:
        return _WINDOWS[time_point]
    instant = in_plain_words(time_point, _INSTANTS) + (f" {epoch}" if epoch else "")
    return f"probe batch {instant}" if PRODUCERS[recorder].on_probe_batch else instant


def count_words(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def seeds_words(counts: Iterable[int]) -> str:
    """Return `3 seeds`, or `2–3 seeds` if variants differ."""
    low, high = min(counts := list(counts)), max(counts)
    return count_words(high, "seed") if low == high else f"{low}–{high} seeds"


def run_ends_words(variant: str, ends: Sequence[int], step: str = "epoch") -> str:
    """Return `a: 3 runs to epoch 4 (|), 1 to epoch 9`; empty where all runs are equally long."""
    if len(set(ends)) < 2:
        return ""
    first, *others = [(sum(other >= end for other in ends), f"to {step} {end:,}") for end in sorted(set(ends))]
    shown = [f"{count_words(first[0], 'run')} {first[1]}", *(f"{count} {until}" for count, until in others)]
    return f"{variant}: {' (|), '.join(shown)}"


def smoothing_words(window: int) -> str:
    return f"smoothed: centred moving average over {window} epochs" if window > 1 else ""


def band_words(seeds: Iterable[int], what: str = "band") -> str:
    return f"{what}: 95 % t-interval over seeds" if max(seeds) > 1 else f"one seed, so no {what}"

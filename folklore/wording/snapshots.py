"""Snapshots and series of records in sentences."""

from folklore.schema.probes import PROBES
from folklore.schema.registration import Statistic
from folklore.schema.snapshot import PRODUCERS, Series, Snapshot
from folklore.wording.phrases import in_plain_words

_WINDOWS = {
    "first_batches": "in the first 5 mini-batches",
    "last_batches": "in the last 5 mini-batches",
    "first_epochs": "over all full mini-batches of the first 5 epochs",
    "last_epochs": "over all full mini-batches of the last 5 epochs",
    "updates": "",  # part of the statistic's phrase
}
_TIME_POINTS = _WINDOWS | {
    "start": "before the first update",
    "after_epoch": "at a training loss of {loss:g}",
    "end": "after the last epoch",
}
_ON_THE_PROBE_BATCH = _WINDOWS | {
    "start": "on the probe batch before training",
    "after_epoch": "on the probe batch at a training loss of {loss:g}",
    "end": "on the probe batch after training",
}

_ACROSS = {"mean": "average", "max": "largest", "min": "smallest"}


def snapshot_in_words(snapshot: Snapshot) -> str:
    """Return the name, such as `mean |gradient| of conv*.bias in the first 5 mini-batches`."""
    nonzero = "(exact zeros left out)" if snapshot.above_zero else ""
    words = _statistic(snapshot).in_sentence
    return _joined(words, _named(snapshot.producer, snapshot.names), _when(snapshot), nonzero)


def series_in_words(series: Series) -> str:
    """Return the name, such as `largest share of dead units of fc*`."""
    words = _statistic(series).in_sentence
    if series.time_point == "updates":
        return words
    across = in_plain_words(series.across, _ACROSS) if has_several(series) else ""
    return _joined(across, words, _named(series.recorder, series.names))


def has_several(asked: Snapshot | Series) -> bool:
    """Return True if the pattern may match several names."""
    return any(sign in asked.names for sign in "*?[")


def things(snapshot: Snapshot) -> str:
    """Return the noun for the names of a snapshot: tensors, layers or parts."""
    return PRODUCERS[snapshot.producer].named


def _statistic(asked: Snapshot | Series) -> Statistic:
    producer = asked.producer if isinstance(asked, Snapshot) else asked.recorder
    return PRODUCERS[producer].statistics[asked.statistic]


def _named(of: str, names: str) -> str:
    if names == "*":
        return ""
    words = PRODUCERS[of].names
    if names in words:
        return words[names]
    split, _, layer = names.partition("/")
    if not layer:
        return f"of {names}"
    return _joined("" if layer == "*" else f"of {layer}", words.get(split, f"in {split}"))


def _when(snapshot: Snapshot) -> str:
    if snapshot.producer in PROBES or _statistic(snapshot).since_start:
        return ""
    time_points = _ON_THE_PROBE_BATCH if PRODUCERS[snapshot.producer].on_probe_batch else _TIME_POINTS
    return in_plain_words(snapshot.time_point, time_points).format(loss=snapshot.loss)


def _joined(*phrases: str) -> str:
    return " ".join(phrase for phrase in phrases if phrase)

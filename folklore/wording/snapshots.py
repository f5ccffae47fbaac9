"""Profiles and traces as a sentence says them."""

from folklore.schema.probes import PROBES
from folklore.schema.registration import Statistic
from folklore.schema.snapshot import PRODUCERS, Series, Snapshot
from folklore.wording.phrases import in_plain_words

_WINDOWS = {
    "first_batches": "in the first 5 mini-batches",
    "last_batches": "in the last 5 mini-batches",
    "first_epochs": "over all full mini-batches of the first 5 epochs",
    "last_epochs": "over all full mini-batches of the last 5 epochs",
    "updates": "",  # the measures say so themselves
}
_INSTANTS = _WINDOWS | {
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


def profile_in_words(profile: Snapshot) -> str:
    """Such as `mean |gradient| of conv*.bias in the first 5 mini-batches`."""
    nonzero = "(exact zeros left out)" if profile.above_zero else ""
    words = _statistic(profile).in_sentence
    return _joined(words, _named(profile.producer, profile.names), _when(profile), nonzero)


def trace_in_words(trace: Series) -> str:
    """Such as `largest share of dead units of fc*`."""
    words = _statistic(trace).in_sentence
    if trace.time_point == "updates":
        return words
    across = in_plain_words(trace.across, _ACROSS) if has_several(trace) else ""
    return _joined(across, words, _named(trace.recorder, trace.names))


def has_several(asked: Snapshot | Series) -> bool:
    """Whether more than one name may be meant."""
    return any(sign in asked.names for sign in "*?[")


def things(profile: Snapshot) -> str:
    """Return the kind of thing that a profile has a number for: tensors, layers or parts."""
    return PRODUCERS[profile.producer].named


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


def _when(profile: Snapshot) -> str:
    if profile.producer in PROBES or _statistic(profile).since_start:
        return ""
    moments = _ON_THE_PROBE_BATCH if PRODUCERS[profile.producer].on_probe_batch else _INSTANTS
    return in_plain_words(profile.time_point, moments).format(loss=profile.loss)


def _joined(*phrases: str) -> str:
    return " ".join(phrase for phrase in phrases if phrase)

"""Profiles and traces as a sentence says them."""

from typing import get_args

from folklore.schema.snapshot import ProbeName, Series, Snapshot
from folklore.wording.phrases import in_plain_words

_MEASURES = {
    "gradients": {
        "mean": "mean |gradient|",
        "sd": "standard deviation of |gradient|",
        "largest": "|gradient|, at its largest,",
        "norm": "norm of the gradient",
        "relative_norm": "norm of the gradient over that of the weights",
        "square": "squared norm of the gradient",
    },
    "weights": {
        "change": "change of a weight",
        "norm": "norm of the weights",
        "mean": "mean of the elements",
        "sd": "standard deviation of the elements",
        "root_mean_square": "root mean square of the elements",
        "distinct": "number of different rows",
    },
    "units": {
        "dead": "share of dead units",
        "active": "share of active units",
        "rank": "effective rank over the number of units",
    },
    "flow": {
        "norm": "norm of the loss’s gradient with respect to the activations",
        "relative_norm": "norm of the loss’s gradient with respect to the activations, over that at the last hidden "
        "layer,",
    },
    "layers": {"mean": "mean output", "sd": "standard deviation of the output"},
    "logits": {
        "size": "mean |logit|",
        "sd": "standard deviation of the logits",
        "confidence": "mean confidence",
        "loss": "mean cross-entropy",
        "contribution": "contribution to the validation loss",
        "density": "density of the logits",
        "temperature": "temperature of the lowest cross-entropy",
        "scaled_loss": "cross-entropy at the best temperature",
        "calibration_error": "expected calibration error",
    },
    "ranking": {"macro_auroc": "macro-AUROC"},
    "updates": {
        "mean": "mean mini-batch loss of a window of updates",
        "sd": "standard deviation of the mini-batch losses in a window of updates",
        "loss": "loss on the probe examples after a window of updates",
        "noise": "gradient noise (trace of the covariance of a mini-batch’s gradient)",
    },
    "map": {
        "regions": "number of linear regions that the map shows",
        "boundary": "share of neighbouring places on the map with different classes",
    },
    "robustness": {"accuracy": "accuracy", "loss": "loss"},
    "calibration": {
        "temperature": "temperature that suits the validation part",
        "loss": "test loss",
        "scaled_loss": "test loss at the validation part’s temperature",
        "calibration_error": "expected calibration error on the test part",
        "scaled_calibration_error": "expected calibration error on the test part at the validation part’s temperature",
    },
    "failures": {"count": "number of misclassified test images"},
    "answers": {"right": "right answers to test examples"},
}

_PARTS = {
    "training": "in training mode",
    "train": "on the training part",
    "validation": "on the validation part",
    "validation_batches": "on validation batches with statistics of their own",
    "validation_right": "on validation examples classified rightly",
    "validation_wrong": "on validation examples classified wrongly",
}

# What recorders and probes note of the network as a whole has the name of a part, a checkpoint or a change.
_WHOLE = {
    **dict.fromkeys(("logits", "ranking"), _PARTS),
    "updates": {"all": ""},
    "map": {"last": ""},
    "robustness": {
        "clean": "on the test images as they are",
        "noise 0.1": "on test images with noise of 0.1",
        "noise 0.2": "on test images with noise of 0.2",
        "flip": "on mirrored test images",
        "shift": "on shifted test images",
        "all": "on test images shifted, mirrored at random and with noise",
    },
    "calibration": {"last": "after the last epoch", "best": "at the lowest validation loss"},
    "failures": {"test": ""},
}

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

_PROBED = ("gradients", "flow")
_ACROSS = {"mean": "average", "max": "largest", "min": "smallest"}
_THINGS = {"gradients": "tensors", "weights": "tensors", "units": "layers", "flow": "layers", "layers": "layers"}


def profile_in_words(profile: Snapshot) -> str:
    """Such as `mean |gradient| of conv*.bias in the first 5 mini-batches`."""
    nonzero = "(exact zeros left out)" if profile.above_zero else ""
    measure = in_plain_words(profile.statistic, _MEASURES.get(profile.producer, {}))
    return _joined(measure, _named(profile.producer, profile.names), _when(profile), nonzero)


def trace_in_words(trace: Series) -> str:
    """Such as `largest share of dead units of fc*`."""
    measure = in_plain_words(trace.statistic, _MEASURES.get(trace.recorder, {}))
    if trace.time_point == "updates":
        return measure
    across = in_plain_words(trace.across, _ACROSS) if has_several(trace) else ""
    return _joined(across, measure, _named(trace.recorder, trace.names))


def has_several(asked: Snapshot | Series) -> bool:
    """Whether more than one name may be meant."""
    return any(sign in asked.names for sign in "*?[")


def things(profile: Snapshot) -> str:
    """What a profile has a number for each of."""
    return _THINGS.get(profile.producer, "parts")


def _named(of: str, names: str) -> str:
    if names == "*":
        return ""
    if of in _WHOLE and names in _WHOLE[of]:
        return _WHOLE[of][names]
    part, _, layer = names.partition("/")
    if not layer:
        return f"of {names}"
    return _joined("" if layer == "*" else f"of {layer}", _PARTS.get(part, f"in {part}"))


def _when(profile: Snapshot) -> str:
    if profile.producer in get_args(ProbeName) or profile.statistic == "change":
        return ""
    moments = _ON_THE_PROBE_BATCH if profile.producer in _PROBED else _INSTANTS
    return in_plain_words(profile.time_point, moments).format(loss=profile.loss)


def _joined(*phrases: str) -> str:
    return " ".join(phrase for phrase in phrases if phrase)

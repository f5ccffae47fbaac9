"""Names of checkpoints, in sentences and as labels of a figure."""

from folklore.wording.phrases import in_plain_words

_NAMES = {
    "initial": "before the first update",
    "last": "after the last epoch",
    "best": "at the lowest validation loss",
    "stopped": "by early stopping",
}
_LABELS = {
    "initial": "before training",
    "last": "last epoch",
    "best": "best validation loss",
    "stopped": "early stopping",
}


def checkpoint_in_words(name: str) -> str:
    return in_plain_words(name, _NAMES)


def checkpoint_label(name: str) -> str:
    return in_plain_words(name, _LABELS)

"""How names and numbers of the tables are written in a figure."""

from collections.abc import Iterable

_CURVES = {
    "lr": "learning rate",
    "displacement": "displacement ‖Δθ‖ an epoch",
    "gap_acc": "accuracy gap (train − validation)",
    "gap_loss": "loss gap (validation − train)",
    "running_gap_acc": "accuracy gap (running − validation)",
    "running_gap_loss": "loss gap (validation − running)",
    "running_loss": "running training loss",
    "running_accuracy": "running training accuracy",
    "test_macro_f1": "test macro F1",
    "test_macro_auroc": "test macro AUROC",
}

_CHECKPOINTS = {"initial": "before training", "last": "last epoch", "best": "best validation loss"}

_NOUNS = {"gradients": "gradient", "weights": "weight"}

_QUANTITIES = {
    "mean": "mean |{noun}|",
    "sd": "SD of |{noun}| over mini-batches",
    "largest": "largest |{noun}|",
    "norm": "‖{noun}‖₂",
    "relative_norm": "‖{noun}‖₂ / ‖weight‖₂",
    "change": "largest |{noun} change|",
}

_WINDOWS = {
    "first_batches": "first five mini-batches",
    "last_batches": "last five mini-batches",
    "first_epochs": "first five epochs",
    "last_epochs": "last five epochs",
}

_INSTANTS = {"start": "before training", "after_epoch": "after epoch", "end": "after training"}


def curve_words(name: str) -> str:
    return _CURVES.get(name, name.replace("_", " "))


def checkpoint_words(checkpoint: str) -> str:
    return _CHECKPOINTS[checkpoint]


def quantity_words(recorder: str, quantity: str) -> str:
    return _QUANTITIES[quantity].format(noun=_NOUNS[recorder])


def moment_words(recorder: str, moment: str, epoch: int | None = None) -> str:
    """Weights are there at any instant; a gradient needs a batch."""
    if moment in _WINDOWS:
        return _WINDOWS[moment]
    instant = _INSTANTS[moment] + (f" {epoch}" if epoch else "")
    return f"probe batch {instant}" if recorder == "gradients" else instant


def count_words(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def seeds_words(counts: Iterable[int]) -> str:
    """`3 seeds`, or `2–3 seeds` where variants differ."""
    low, high = min(counts := list(counts)), max(counts)
    return count_words(high, "seed") if low == high else f"{low}–{high} seeds"


def smoothing_words(window: int) -> str:
    return f"smoothed: centred moving average over {window} epochs" if window > 1 else ""


def band_words(seeds: Iterable[int], what: str = "band") -> str:
    return f"{what}: 95 % t-interval over seeds" if max(seeds) > 1 else f"one seed, so no {what}"

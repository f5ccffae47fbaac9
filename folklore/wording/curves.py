"""Names of curves, and of the scores that share their names, in sentences and as labels of a figure."""

from folklore.schema.metric import Curve, Score
from folklore.schema.snapshot import Series
from folklore.wording.phrases import in_plain_words
from folklore.wording.snapshots import series_in_words

_NAMES = {
    "lr": "learning rate",
    "updates": "number of updates",
    "seconds": "training time",
    "running_loss": "running training loss",
    "running_accuracy": "running training accuracy",
    "train_loss": "training loss",
    "train_accuracy": "training accuracy",
    "update_norm": "update norm of an epoch",
    "accuracy_gap": "accuracy gap",
    "loss_gap": "loss gap",
    "running_accuracy_gap": "running accuracy gap",
    "running_loss_gap": "running loss gap",
    "test_batch_mean_loss": "test loss as a mean over batches",
    "test_batch_mean_accuracy": "test accuracy as a mean over batches",
    "test_macro_f1": "test macro-F1",
    "test_macro_auroc": "test macro-AUROC",
}

# Labels that say more than the name does.
_LABELS = {
    "updates": "cumulative updates",
    "seconds": "cumulative seconds",
    "update_norm": "update norm ‖Δθ‖₂ per epoch",
    "accuracy_gap": "accuracy gap (training − validation)",
    "loss_gap": "loss gap (validation − training)",
    "running_accuracy_gap": "accuracy gap (running − validation)",
    "running_loss_gap": "loss gap (validation − running)",
}


def curve_in_words(curve: Curve | Series) -> str:
    return series_in_words(curve) if isinstance(curve, Series) else score_in_words(curve)


def score_in_words(name: Score | Curve) -> str:
    return in_plain_words(name, _NAMES)


def curve_label(name: Score | Curve) -> str:
    return in_plain_words(name, _NAMES | _LABELS)


def step_of(curve: Curve | Series | None) -> str:
    """Return the unit of a curve's steps: a window of updates, or an epoch."""
    return "window" if isinstance(curve, Series) and curve.time_point == "updates" else "epoch"

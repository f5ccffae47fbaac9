"""Metrics and numbers as a sentence says them."""

from folklore.analysis.metrics import curve_of
from folklore.analysis.profile_wording import profile_in_words
from folklore.metric import Metric

_CURVES = {
    "lr": "learning rate",
    "running_loss": "running training loss",
    "running_accuracy": "running training accuracy",
    "train_loss": "training loss",
    "train_accuracy": "training accuracy",
    "displacement": "displacement of the weights in an epoch",
    "gap_acc": "accuracy gap",
    "gap_loss": "loss gap",
    "running_gap_acc": "running accuracy gap",
    "running_gap_loss": "running loss gap",
}

_SCORES = {
    "test_batch_mean_loss": "test loss as a mean over batches",
    "test_batch_mean_accuracy": "test accuracy as a mean over batches",
    "test_macro_f1": "test macro-F1",
    "test_macro_auroc": "test macro-AUROC",
}

_DERIVED = {
    "seconds": "training time",
    "parameters": "number of parameters",
    "final": "{curve} after the last epoch",
    "at": "{curve} after epoch {epoch}",
    "minimum": "lowest {curve}",
    "maximum": "highest {curve}",
    "mean": "mean {curve}{window}",
    "decline": "decline of the {curve} from its highest to its last value",
    "rise": "rise of the {curve} from its lowest to its last value",
    "rough": "roughness of the {curve}{window}",
    "slope": "slope of the {curve}{window}, without its sign",
    "spread": "spread of the {curve}{window}",
    "ratio": "ratio of the last to the first {curve}",
    "t_p": "first epoch with a {curve} of {level:g} or more",
    "first_above": "first epoch with a {curve} above {level:g}",
    "epoch_min_val": "epoch of the lowest {curve}",
    "overfit_rise": "rise of the {curve} from its lowest to its last value",
    "overfit_slope": "slope of the {curve} from its lowest to its last value",
    "scheduled_lr": "scheduled learning rate in epoch {epoch}",
    "diverged": "share of runs that diverge",
    "class_ratio": "largest over smallest class of the {part} part",
    "input_mean": "largest distance of a channel's mean from 0",
    "input_sd": "largest distance of a channel's standard deviation from 1",
    "weights": "number of weights in {tensor}",
    "recorded": "largest {profile}",
    "profile_level": "order of magnitude (log₁₀, mean over tensors) of the {profile}",
    "profile_order": "order along depth (Kendall’s τ from input to output) of the {profile}{beside}",
    "profile_evenness": "evenness over tensors (entropy over its maximum) of the {profile}",
    "profile_rise": "rise in order of magnitude (log₁₀, mean over tensors) from the {profile} to the {to}",
    "profile_shift": "part of the whole that changes tensor (total variation) from the {profile} to the {to}",
    "profile_agreement": "rank correlation over tensors of the {profile} with {other}",
}

_CHECKPOINTS = {
    "initial": "before the first update",
    "last": "after the last epoch",
    "best": "at the lowest validation loss",
}

_UNITS = {
    "seconds": "s",
    "t_p": "epochs",
    "first_above": "epochs",
    "epoch_min_val": "epochs",
    "slope": "an epoch",
    "overfit_slope": "an epoch",
}


def in_words(metric: Metric) -> str:
    """Such as `roughness of the training loss over the last 20 epochs`."""
    if metric.name not in _DERIVED:
        score = _SCORES.get(metric.name) or _curve(metric.name)
        return f"{score} {_CHECKPOINTS[metric.checkpoint]}"
    settings = (
        metric.model_dump()
        | _profiles(metric)
        | {
            "curve": _curve(curve_of(metric) or ""),
            "window": f" over the last {metric.last} epochs" if metric.last else "",
        }
    )
    return _DERIVED[metric.name].format(**settings)


def _profiles(metric: Metric) -> dict[str, str]:
    """What a metric of recorded values says of them."""
    if metric.profile is None:
        return {}
    to = profile_in_words(metric.to) if metric.to else None
    of_other = f"that of {metric.beside}" if metric.beside else f"the {to}"
    return {
        "profile": profile_in_words(metric.profile),
        "to": to or "",
        "beside": f", relative to that of {metric.beside}" if metric.beside else "",
        "other": of_other,
    }


def unit(metric: Metric) -> str:
    """With a blank before it; empty for what is a pure number."""
    return f" {_UNITS[metric.name]}" if metric.name in _UNITS else ""


def number(value: float) -> str:
    """Four digits, and a true minus sign."""
    text = f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"
    return text.replace("-", "−")


def exactly(value: float) -> str:
    """A number that somebody chose: as many digits as were given."""
    return f"{value:.12g}".replace("-", "−")


def listed(names: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _curve(name: str) -> str:
    return _CURVES.get(name, name.replace("_", " "))

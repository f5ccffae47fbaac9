"""Profiles as a sentence says them."""

from folklore.profile import Profile

_MEASURES = {
    "gradients": {
        "mean": "mean |gradient|",
        "sd": "standard deviation of |gradient|",
        "largest": "|gradient|, at its largest,",
        "norm": "norm of the gradient",
        "relative_norm": "norm of the gradient over that of the weights",
    },
    "weights": {"change": "change of a weight", "norm": "norm of the weights"},
}

_MOMENTS = {
    "first_batches": "in the first 5 mini-batches",
    "last_batches": "in the last 5 mini-batches",
    "first_epochs": "over all full mini-batches of the first 5 epochs",
    "last_epochs": "over all full mini-batches of the last 5 epochs",
    "start": "on the probe batch before training",
    "after_epoch": "on the probe batch at a training loss of {loss:g}",
    "end": "on the probe batch after training",
}


def profile_in_words(profile: Profile) -> str:
    """Such as `mean |gradient| of conv*.bias in the first 5 mini-batches`."""
    of = "" if profile.names == "*" else f" of {profile.names}"
    when = "" if profile.of == "weights" else f" {_MOMENTS[profile.moment].format(loss=profile.loss)}"
    return f"{_MEASURES[profile.of][profile.measure]}{of}{when}"

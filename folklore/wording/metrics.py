"""Metrics and numbers as a sentence says them."""

from collections.abc import Iterable
from typing import get_args

from folklore.schema.metric import Metric, Score
from folklore.wording.curves import curve_in_words, score_in_words, step_of
from folklore.wording.numerals import format_number
from folklore.wording.phrases import in_plain_words, plain
from folklore.wording.snapshots import has_several, profile_in_words, things
from folklore.wording.windows import window_in_words

_DERIVED = {
    "seconds": "training time",
    "seconds_per_epoch": "training time an epoch",
    "parameters": "number of parameters",
    "final": "{curve} after the last {step}",
    "at": "{curve} after {step} {epoch}",
    "when": "{curve} after the first epoch with a training loss of {loss:g} or less",
    "minimum": "lowest {curve}{window}",
    "maximum": "highest {curve}{window}",
    "mean": "mean {curve}{window}",
    "decline": "decline of the {curve} from its highest to its last value",
    "rise": "rise of the {curve} from its lowest to its last value",
    "range": "range of the {curve}{window}",
    "rises": "number of {step}s in which the {curve} rises{window}",
    "rough": "roughness of the {curve}{window}",
    "rough_share": "roughness of the {curve}{window} over its range in the whole run",
    "slope": "slope of the {curve}{window}, without its sign",
    "incline": "slope of the {curve}{window}",
    "order": "order in time (Kendall’s τ with the {step}) of the {curve}{window}",
    "spread": "spread of the {curve}{window}",
    "ratio": "ratio of the last to the first {curve}",
    "t_p": "{until} {a_curve} of {level:g} or more",
    "first_above": "{until} {a_curve} above {level:g}",
    "settled": "{until} {a_curve} within {within:g} of its last value",
    "epoch_of_highest": "{time_of} the highest {curve}",
    "epoch_min_val": "epoch of the lowest {curve}",
    "overfit_rise": "rise of the {curve} from its lowest to its last value",
    "overfit_slope": "slope of the {curve} from its lowest to its last value",
    "scheduled_lr": "scheduled learning rate in epoch {epoch}",
    "diverged": "share of runs that diverge",
    "class_ratio": "largest over smallest class of the {part} part",
    "prior_entropy": "cross-entropy on the {part} part of always giving the training part’s class shares",
    "largest_share": "share on the {part} part of the class that is most frequent in training",
    "examples": "number of examples in the {part} part",
    "class_distance": "mean distance of inputs of different classes less that of inputs of one class",
    "input_mean": "largest distance of a channel's mean from 0",
    "input_sd": "largest distance of a channel's standard deviation from 1",
    "weights": "number of weights in {tensor}",
    "regret": "regret of each seed’s own choice in {yardstick}",
    "optimism": "optimism of each seed’s own choice (its criterion less its {yardstick})",
    "rank_agreement": "rank correlation of the criterion{averaged} with the mean {yardstick}",
    "misses_best": "share of seeds whose choice misses their best {yardstick}",
    "misses_best_on_average": "share of seeds whose choice is not the variant of the best mean {yardstick}",
    "recorded": "{largest}{profile}",
    "recorded_smallest": "{smallest}{profile}",
    "recorded_mean": "{average}{profile}",
    "profile_level": "order of magnitude (log₁₀, mean over {things}) of the {profile}",
    "profile_order": "order along depth (Kendall’s τ from input to output) of the {profile}{beside}",
    "profile_evenness": "evenness over {things} (entropy over its maximum) of the {profile}",
    "profile_rise": "rise in order of magnitude (log₁₀, mean over {things}) from the {profile} to the {to}",
    "profile_shift": "part of the whole that changes place among {things} (total variation) from the {profile} to the "
    "{to}",
    "profile_agreement": "rank correlation over {things} of the {profile} with {other}",
    "mcnemar_p": "p-value of McNemar’s test{against}",
}

_CHECKPOINTS = {
    "initial": "before the first update",
    "last": "after the last epoch",
    "best": "at the lowest validation loss",
}

_PARTS = {"train": "training"}

# A time as an epoch, or told by another clock.
_UNTIL = {"epochs": "first {step} with", "updates": "updates until", "seconds": "seconds until"}
_TIME_OF = {"epochs": "{step} of", "updates": "updates until", "seconds": "seconds until"}
_OF_CLOCKS = {"epochs": "{step}s", "updates": "updates", "seconds": "s"}

_UNITS = {
    "seconds": "s",
    "seconds_per_epoch": "s",
    "prior_entropy": "nats",
    "rises": "{step}s",
    "epoch_min_val": "epochs",
    "slope": "{a_step}",
    "incline": "{a_step}",
    "overfit_slope": "{a_step}",
}


def in_words(metric: Metric) -> str:
    """Such as `roughness of the training loss over the last 20 epochs`."""
    said = _said(metric)
    if metric.minus is None:
        return said
    less = in_words(metric.minus)
    return f"{said} minus {f'({less})' if metric.minus.minus else less}"


def unit(metric: Metric) -> str:
    """With a blank before it; empty for what is a pure number."""
    named = in_plain_words(metric.clock, _OF_CLOCKS) if metric.is_time else _UNITS.get(metric.name, "")
    step = step_of(metric.curve)
    return named and f" {named.format(step=step, a_step=_with_article(step))}"


def number(value: float) -> str:
    """Four digits; all those before the point of what is not huge."""
    value += 0.0  # −0 becomes 0
    return format_number(f"{value:,.0f}" if 10_000 <= abs(value) < 1e7 else f"{value:.4g}")


def exactly(value: float) -> str:
    """A number that somebody chose: as many digits as were given."""
    return format_number(f"{value + 0.0:.12g}")


def quoted(names: Iterable[str]) -> list[str]:
    return [f"“{name}”" for name in names]


def listed(names: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _said(metric: Metric) -> str:
    if metric.name in get_args(Score):
        return f"{score_in_words(metric.name)} {in_plain_words(metric.checkpoint, _CHECKPOINTS)}"
    details = metric.model_dump() | _of_curve(metric) | _of_profile(metric) | _of_choice(metric)
    phrase = _DERIVED.get(metric.name) or _undescribed(metric)
    return phrase.format(**details | {"part": in_plain_words(metric.part, _PARTS)})


def _undescribed(metric: Metric) -> str:
    """Return the plain name with the metric's curve or snapshot, so that two such metrics differ."""
    subject = " of the {curve}{window}" if metric.curve else " of the {profile}" if metric.profile else ""
    return plain(metric.name) + subject


def _of_curve(metric: Metric) -> dict[str, str]:
    if (asked := metric.curve) is None:
        return {}
    curve, step = curve_in_words(asked), step_of(asked)
    window = window_in_words(metric, step)
    return {
        "curve": curve,
        "a_curve": _with_article(curve),
        "step": step,
        "window": window and f" {window}",
        "until": in_plain_words(metric.clock, _UNTIL).format(step=step),
        "time_of": in_plain_words(metric.clock, _TIME_OF).format(step=step),
    }


def _of_profile(metric: Metric) -> dict[str, str]:
    """What a metric of recorded values says of them."""
    if metric.profile is None:
        return {}
    to, several = metric.to and profile_in_words(metric.to), has_several(metric.profile)
    return {
        "profile": profile_in_words(metric.profile),
        "things": things(metric.profile),
        "largest": "largest " if several else "",
        "smallest": "smallest " if several else "",
        "average": "average " if several else "",
        "to": to or "",
        "beside": f", relative to that of {metric.beside}" if metric.beside else "",
        "other": f"that of {metric.beside}" if metric.beside else f"the {to}",
        "against": f" against {metric.beside}" if metric.beside else "",
    }


def _of_choice(metric: Metric) -> dict[str, str]:
    if metric.yardstick is None:
        return {}
    averaged = ", averaged over the other seeds," if metric.averaged else " of one seed"
    return {"yardstick": score_in_words(metric.yardstick), "averaged": averaged}


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"

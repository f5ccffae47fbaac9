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
    "at_epoch": "{curve} after {step} {epoch}",
    "at_train_loss": "{curve} after the first epoch with a training loss of {loss:g} or less",
    "minimum": "lowest {curve}{window}",
    "maximum": "highest {curve}{window}",
    "mean": "mean {curve}{window}",
    "drop_from_max": "decline of the {curve} from its highest to its last value",
    "rise_from_min": "rise of the {curve} from its lowest to its last value",
    "range": "range of the {curve}{window}",
    "n_increases": "number of {step}s in which the {curve} rises{window}",
    "roughness": "roughness of the {curve}{window}",
    "relative_roughness": "roughness of the {curve}{window} over its range in the whole run",
    "abs_slope": "slope of the {curve}{window}, without its sign",
    "slope": "slope of the {curve}{window}",
    "kendall_tau": "order in time (Kendall’s τ with the {step}) of the {curve}{window}",
    "std": "spread of the {curve}{window}",
    "ratio": "ratio of the last to the first {curve}",
    "epochs_to_accuracy": "{until} {a_curve} of {level:g} or more",
    "first_epoch_above": "{until} {a_curve} above {level:g}",
    "convergence_epoch": "{until} {a_curve} within {within:g} of its last value",
    "epoch_of_max": "{time_of} the highest {curve}",
    "best_epoch": "epoch of the lowest {curve}",
    "overfit_slope": "slope of the {curve} from its lowest to its last value",
    "scheduled_lr": "scheduled learning rate in epoch {epoch}",
    "diverged": "share of runs that diverge",
    "class_ratio": "largest over smallest class of the {split} part",
    "prior_cross_entropy": "cross-entropy on the {split} part of always giving the training part’s class shares",
    "majority_class_accuracy": "share on the {split} part of the class that is most frequent in training",
    "n_examples": "number of examples in the {split} part",
    "class_distance": "mean distance of inputs of different classes less that of inputs of one class",
    "max_abs_channel_mean": "largest distance of a channel's mean from 0",
    "max_abs_channel_std_error": "largest distance of a channel's standard deviation from 1",
    "n_weights": "number of weights in {tensor}",
    "regret": "regret of each seed’s own choice in {target_score}",
    "optimism": "optimism of each seed’s own choice (its criterion less its {target_score})",
    "rank_agreement": "rank correlation of the criterion{averaged} with the mean {target_score}",
    "is_suboptimal": "share of seeds whose choice misses their best {target_score}",
    "is_suboptimal_on_average": "share of seeds whose choice is not the variant of the best mean {target_score}",
    "recorded_max": "{largest}{snapshot}",
    "recorded_min": "{smallest}{snapshot}",
    "recorded_mean": "{average}{snapshot}",
    "log10_mean": "order of magnitude (log₁₀, mean over {things}) of the {snapshot}",
    "depth_kendall_tau": "order along depth (Kendall’s τ from input to output) of the {snapshot}{beside}",
    "normalised_entropy": "evenness over {things} (entropy over its maximum) of the {snapshot}",
    "log10_change": "rise in order of magnitude (log₁₀, mean over {things}) from the {snapshot} to the {to}",
    "total_variation": "part of the whole that changes place among {things} (total variation) from the {snapshot} "
    "to the {to}",
    "spearman": "rank correlation over {things} of the {snapshot} with {other}",
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
    "prior_cross_entropy": "nats",
    "n_increases": "{step}s",
    "best_epoch": "epochs",
    "abs_slope": "{a_step}",
    "slope": "{a_step}",
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
    named = in_plain_words(metric.time_unit, _OF_CLOCKS) if metric.is_time else _UNITS.get(metric.name, "")
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
    return phrase.format(**details | {"split": in_plain_words(metric.split, _PARTS)})


def _undescribed(metric: Metric) -> str:
    """Return the plain name with the metric's curve or snapshot, so that two such metrics differ."""
    subject = " of the {curve}{window}" if metric.curve else " of the {snapshot}" if metric.snapshot else ""
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
        "until": in_plain_words(metric.time_unit, _UNTIL).format(step=step),
        "time_of": in_plain_words(metric.time_unit, _TIME_OF).format(step=step),
    }


def _of_profile(metric: Metric) -> dict[str, str]:
    """What a metric of recorded values says of them."""
    if metric.snapshot is None:
        return {}
    to, several = metric.to and profile_in_words(metric.to), has_several(metric.snapshot)
    return {
        "snapshot": profile_in_words(metric.snapshot),
        "things": things(metric.snapshot),
        "largest": "largest " if several else "",
        "smallest": "smallest " if several else "",
        "average": "average " if several else "",
        "to": to or "",
        "beside": f", relative to that of {metric.other_variant}" if metric.other_variant else "",
        "other": f"that of {metric.other_variant}" if metric.other_variant else f"the {to}",
        "against": f" against {metric.other_variant}" if metric.other_variant else "",
    }


def _of_choice(metric: Metric) -> dict[str, str]:
    if metric.target_score is None:
        return {}
    averaged = ", averaged over the other seeds," if metric.averaged else " of one seed"
    return {"target_score": score_in_words(metric.target_score), "averaged": averaged}


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"

"""The protocol of a study in words that suffice to replicate it without the code."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from folklore.report.augmentation import augmented, operations
from folklore.report.page import Statement
from folklore.report.weights import frozen, inherited
from folklore.schema.early_stopping import EarlyStopping
from folklore.schema.probes import PROBES
from folklore.schema.recipe import Recipe
from folklore.schema.recorders import RECORDERS
from folklore.schema.snapshot import ProbeName
from folklore.wording.curves import score_in_words
from folklore.wording.input_form import input_form
from folklore.wording.label_noise import label_noise
from folklore.wording.numbers import measured, setting
from folklore.wording.phrases import in_plain_words, plain
from folklore.wording.recipes import fold, phrase

RECORDED = (
    "After every epoch, and of a network before its first update too, in evaluation mode and averaged over examples "
    "(not over mini-batches): loss and accuracy on the whole training split and on the validation split; besides, of "
    "every epoch, the learning rate, the number of updates, the running training loss and accuracy (measured in "
    "training mode while the weights move) and the length of its step ‖θ after − θ before‖. A learner without epochs "
    "is measured once, when it has been fitted; of boosted trees a round counts as an epoch. A run of which one of "
    "these losses is no longer finite ends there, and counts as diverged."
)
CHECKPOINTS = (
    "Test scores are taken after the last epoch (“last”), with the weights of the epoch of lowest validation loss "
    "(“best”), and of a network before its first update (“initial”). No training looks at the test part, and where a "
    "variant is chosen on it, that is said."
)

# How the inputs are scaled: of images, of other features.
SCALINGS = {
    "unit": ("Pixels divided by 255, to [0, 1]", "Each feature from its range over the training split to [0, 1]"),
    "symmetric": (
        "Pixels divided by 255, then (x − 0.5) / 0.5, to [−1, 1]",
        "Each feature from its range over the training split to [−1, 1]",
    ),
    "standardised": (
        "Each channel less its mean over the training split, divided by its standard deviation there",
        "Each feature less its mean over the training split, divided by its standard deviation there",
    ),
    "imagenet": (
        "Pixels divided by 255; then red, green and blue less 0.485, 0.456 and 0.406, divided by 0.229, 0.224 and "
        "0.225, the means and standard deviations of ImageNet",
        "",
    ),
    "raw": ("Pixels as they are, 0 to 255", "Features as they are"),
}
GREY = "Images in grey: every channel holds the luminance 0.299 R + 0.587 G + 0.114 B, rounded. "


@dataclass(frozen=True)
class Arm:
    """A variant with its recipe and what is known of it without training."""

    name: str
    recipe: Recipe
    facts: dict[str, Any]


def protocol(
    arms: Sequence[Arm], seeds: Sequence[int], probes: Mapping[ProbeName, Sequence[str]]
) -> tuple[Statement, ...]:
    """In the order in which one would do it."""
    stepwise = [arm for arm in arms if arm.recipe.learner == "gradient_descent"]
    return (
        *_one_by_one("Data", arms, _data),
        *_one_by_one("Split", arms, _split),
        *_one_by_one("Label noise", arms, lambda arm: label_noise(arm.recipe.data.label_noise, arm.facts)),
        *_one_by_one("Inputs", arms, _inputs),
        *_by_kind("Augmentation", _if_any_is_augmented(stepwise), _operations, _augmentation),
        *_by_kind("Model", arms, lambda arm: type(arm.recipe.model), _model),
        *_one_by_one("Initialisation", stepwise, lambda arm: arm.recipe.model.initial_weights),
        *_one_by_one("Initialisation", stepwise, lambda arm: inherited(arm.recipe)),
        *_one_by_one("Frozen layers", stepwise, lambda arm: frozen(arm.recipe, arm.facts["layers"])),
        *_by_kind("Optimiser", stepwise, lambda arm: type(arm.recipe.optimiser), _optimiser),
        *_by_kind("Schedule", stepwise, lambda arm: type(arm.recipe.schedule), _schedule),
        *_by_kind("Objective", stepwise, lambda arm: type(arm.recipe.objective), _objective),
        *_by_kind("Batches and epochs", stepwise, lambda arm: arm.recipe.shuffle, _budget),
        *_one_by_one("Precision", stepwise, lambda arm: in_plain_words(arm.recipe.dtype, _DTYPES)),
        Statement(aspect="Seeds", text=_seeds(seeds)),
        Statement(aspect="Recorded", text=RECORDED),
        *_one_by_one("Recorded", stepwise, _recorded),
        Statement(aspect="Checkpoints", text=CHECKPOINTS),
        *_one_by_one("Early stopping", stepwise, lambda arm: _early_stopping(arm.recipe.stop)),
        *_asked(arms, probes),
    )


def _one_by_one(aspect: str, arms: Sequence[Arm], say: Callable[[Arm], str]) -> list[Statement]:
    """Each different sentence once, and none where there is nothing to say."""
    groups: dict[str, list[str]] = {}
    for arm in arms:
        groups.setdefault(say(arm), []).append(arm.name)
    return [_statement(aspect, text, names, arms) for text, names in groups.items() if text]


def _by_kind(
    aspect: str, arms: Sequence[Arm], kind: Callable[[Arm], Hashable], say: Callable[[Sequence[Arm]], str]
) -> list[Statement]:
    """A sentence for each kind of thing that the variants use."""
    groups: dict[Hashable, list[Arm]] = {}
    for arm in arms:
        groups.setdefault(kind(arm), []).append(arm)
    return [_statement(aspect, say(group), [arm.name for arm in group], arms) for group in groups.values()]


def _recorded(arm: Arm) -> str:
    return " ".join(RECORDERS[name].protocol for name in arm.recipe.record)


def _early_stopping(rule: EarlyStopping | None) -> str:
    if rule is None:
        return ""
    gain = f"by more than {setting(rule.min_gain)}" if rule.min_gain else "at all"
    return (
        "Each run is trained for its full budget. Another checkpoint (“stopped”) holds the weights that early stopping "
        f"would have kept: training would have stopped after {setting(rule.patience)} epochs in a row in which the "
        f"{score_in_words(rule.metric)} did not improve {gain} on its best value, with the weights of that value."
    )


def _asked(arms: Sequence[Arm], probes: Mapping[ProbeName, Sequence[str]]) -> list[Statement]:
    known = {probe: [arm.name for arm in arms if arm.name in variants] for probe, variants in probes.items()}
    return [
        _statement("Asked of finished runs", PROBES[probe].protocol, names, arms)
        for probe, names in known.items()
        if names
    ]


def _statement(aspect: str, text: str, names: list[str], arms: Sequence[Arm]) -> Statement:
    return Statement(aspect=aspect, text=text, variants=() if len(names) == len(arms) else tuple(names))


def _data(arm: Arm) -> str:
    known = arm.facts["dataset"]
    counts, classes = known["counts"], known["classes"]
    parts = [f"{setting(counts[part])} {purpose}" for part, purpose in _PURPOSES.items() if counts[part]]
    listed = ", ".join(classes) if len(classes) <= 12 else f"{', '.join(classes[:10])} …"
    return (
        f"{known['name']} ({known['source']}{', a stand-in' if known['stand_in'] else ''}): {', '.join(parts)}; "
        f"{input_form(known)}; {len(classes)} classes ({listed}). {_sentence(known['description'])}"
    )


_PURPOSES = {"train": "to train on", "validation": "to validate on", "test": "to test on"}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _split(arm: Arm) -> str:
    known, data = arm.facts["split"], arm.recipe.data
    counts = {part: setting(sum(known["counts"][part])) for part in ("train", "validation", "test")}
    first = f"{setting(data.skip)} examples passed over, the next" if data.skip else "the first"
    own = arm.facts["dataset"]["counts"]["validation"]
    reserve = "a random order of the validation part" if own else "the same order"
    tested = "the whole test part" if data.test is None else "the first of such an order of the test part"
    return (
        f"The training part in a random order (NumPy’s PCG64 with split seed {known['seed']}"
        f"{_STRATIFIED[known['stratified']]}){', read from its other end' if data.reverse else ''}: {first} "
        f"{counts['train']} examples to train on, the last {counts['validation']} of {reserve} to validate on; "
        f"{counts['test']} to test on, {tested}. Every training seed has the same split."
    )


_STRATIFIED = {
    False: "",
    True: ", then sorted by (k − ½) / n for the k-th of the n members of a class, so that every beginning has the "
    "classes’ shares",
}


def _inputs(arm: Arm) -> str:
    found = arm.facts["inputs"]
    if arm.facts["dataset"].get("vocabulary"):
        return "Tokens, as integers."
    mean, spread = (", ".join(measured(round(value, 4)) for value in found[key]) for key in ("mean", "sd"))
    name, of_images = arm.recipe.data.scaling, len(arm.facts["dataset"]["shape"]) == 3
    scaling = SCALINGS.get(name, (plain(name).capitalize(),) * 2)[not of_images]
    grey = GREY if arm.recipe.data.grey else ""
    return (
        f"{grey}{scaling}. Over the training split the channels then have mean {mean} and standard deviation {spread}."
    )


def _if_any_is_augmented(arms: Sequence[Arm]) -> Sequence[Arm]:
    return arms if any(_operations(arm) for arm in arms) else ()


def _operations(arm: Arm) -> tuple[str, ...]:
    return operations(arm.recipe.augmentation)


def _augmentation(group: Sequence[Arm]) -> str:
    return augmented([arm.recipe.augmentation for arm in group])


def _model(group: Sequence[Arm]) -> str:
    sentence = phrase([arm.recipe.model for arm in group])
    counts = [sum(layer["parameters"] for layer in arm.facts["layers"]) for arm in group]
    kind = "trainable parameters" if all(arm.recipe.trainable is None for arm in group) else "parameters"
    return f"{sentence} {fold(counts)} {kind}." if any(counts) else sentence


def _optimiser(group: Sequence[Arm]) -> str:
    return phrase([arm.recipe.optimiser for arm in group])


def _schedule(group: Sequence[Arm]) -> str:
    return phrase([arm.recipe.schedule for arm in group])


def _objective(group: Sequence[Arm]) -> str:
    return phrase([arm.recipe.objective for arm in group])


def _budget(arms: Sequence[Arm]) -> str:
    """Of variants that are all shuffled, or all not."""
    batch, epochs = (fold([getattr(arm.recipe, key) for arm in arms]) for key in ("batch_size", "epochs"))
    return (
        f"Mini-batches of {batch} examples, {_ORDERS[arms[0].recipe.shuffle]}, the last and smaller "
        f"batch used too; {epochs} epochs. The learning rate is "
        "set at the start of each epoch; t counts epochs from 0."
    )


_ORDERS = {
    True: "the training split shuffled anew before every epoch",
    False: "the training split in its own order, so that every epoch has the same batches",
}

_DTYPES = {
    "float32": "",
    "float64": "Weights, activations and gradients have 64 bits. The network starts from the weights that it would "
    "have in 32.",
}


def _seeds(seeds: Sequence[int]) -> str:
    if not seeds:
        return "Nothing is trained."
    listed = ", ".join(str(seed) for seed in seeds)
    return (
        f"{len(seeds)} trainings a variant, with seeds {listed}. The seed is given to the global generator before "
        "the model is built (initial weights, then dropout masks), and to one of its own that, where examples are "
        "shuffled, orders them anew for each epoch (torch.randperm). Variants with the same seed form a pair."
    )

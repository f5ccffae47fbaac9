"""Sentences of the protocol on models, optimisation, seeds, measurements and checkpoints."""

from collections.abc import Sequence

from folklore.report.variant import ReportedVariant
from folklore.schema.early_stopping import EarlyStopping
from folklore.schema.recorders import RECORDERS
from folklore.wording.curves import score_in_words
from folklore.wording.numbers import setting
from folklore.wording.phrases import in_plain_words
from folklore.wording.recipes import fold, phrase

MEASURED = (
    "After each epoch, and for a network before its first update, in evaluation mode: loss and accuracy on the whole "
    "training set and on the validation set, averaged over examples (not over mini-batches). For each epoch: learning "
    "rate, number of updates, running training loss and accuracy (averaged during the epoch, in training mode) and "
    "update norm ‖θ after − θ before‖. A learner without epochs is measured once, after fitting; one boosting round "
    "counts as one epoch. A run ends and counts as diverged when one of these losses is not finite."
)
CHECKPOINTS = (
    "Test scores are taken after the last epoch (“last”), at the epoch of the lowest validation loss (“best”), and for "
    "a network before its first update (“initial”). Training never uses the test set; a choice of a variant by its "
    "test scores is stated as such."
)
_ORDERS = {
    True: "in a new random order in each epoch",
    False: "in a fixed order, so that every epoch has the same batches",
}
_DTYPES = {
    "float32": "",
    "float64": "Weights, activations and gradients have 64 bits. The initial weights are those of a 32-bit network.",
}


def model(group: Sequence[ReportedVariant]) -> str:
    """Describe models of one kind, with their numbers of parameters."""
    sentence = phrase([variant.recipe.model for variant in group])
    counts = [sum(layer["parameters"] for layer in variant.facts["layers"]) for variant in group]
    kind = "trainable parameters" if all(variant.recipe.trainable is None for variant in group) else "parameters"
    return f"{sentence} {fold(counts)} {kind}." if any(counts) else sentence


def budget(group: Sequence[ReportedVariant]) -> str:
    """Describe batches and epochs of variants that all shuffle, or all do not."""
    batch, epochs = (fold([getattr(variant.recipe, key) for variant in group]) for key in ("batch_size", "epochs"))
    return (
        f"Mini-batches of {batch} examples {_ORDERS[group[0].recipe.shuffle]}; the last, smaller batch is used too. "
        f"{epochs} epochs. The learning rate is set at the start of each epoch; t counts epochs from 0."
    )


def precision(variant: ReportedVariant) -> str:
    return in_plain_words(variant.recipe.dtype, _DTYPES)


def seeds(numbers: Sequence[int]) -> str:
    if not numbers:
        return "No variant is trained."
    listed = ", ".join(str(seed) for seed in numbers)
    return (
        f"{len(numbers)} training runs per variant, with seeds {listed}. The seed initialises the global generator "
        "before the model is built (initial weights, then dropout masks), and a separate generator that shuffles the "
        "examples of each epoch (torch.randperm). Variants with the same seed form a pair."
    )


def recorded(variant: ReportedVariant) -> str:
    return " ".join(RECORDERS[name].protocol for name in variant.recipe.record)


def early_stopping(rule: EarlyStopping | None) -> str:
    if rule is None:
        return ""
    gain = f"by more than {setting(rule.min_gain)}" if rule.min_gain else "at all"
    return (
        "Each run is trained for its full budget. Another checkpoint (“stopped”) holds the weights that early stopping "
        f"would have kept: training would have stopped after {setting(rule.patience)} epochs in a row in which the "
        f"{score_in_words(rule.metric)} did not improve {gain} on its best value, with the weights of that value."
    )

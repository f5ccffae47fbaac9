"""The protocol of a study: sentences that suffice to replicate it without the code."""

from collections.abc import Callable, Hashable, Mapping, Sequence

from folklore.report import data_protocol, training_protocol
from folklore.report.augmentation import augmented, operations
from folklore.report.page import Statement
from folklore.report.variant import ReportedVariant
from folklore.report.weights import frozen, inherited
from folklore.schema.probes import PROBES
from folklore.schema.snapshot import ProbeName
from folklore.wording.recipes import phrase


def protocol(
    variants: Sequence[ReportedVariant], seeds: Sequence[int], probes: Mapping[ProbeName, Sequence[str]]
) -> tuple[Statement, ...]:
    """Return the statements in the order of the steps of a replication."""
    stepwise = [variant for variant in variants if variant.recipe.learner == "gradient_descent"]
    return (
        *_by_sentence("Data", variants, data_protocol.dataset),
        *_by_sentence("Split", variants, data_protocol.split),
        *_by_sentence("Label noise", variants, data_protocol.wrong_labels),
        *_by_sentence("Inputs", variants, data_protocol.inputs),
        *_by_kind("Augmentation", _if_any_is_augmented(stepwise), _operations, _augmentation),
        *_by_kind("Model", variants, lambda variant: type(variant.recipe.model), training_protocol.model),
        *_by_sentence("Initialisation", stepwise, lambda variant: variant.recipe.model.initial_weights),
        *_by_sentence("Initialisation", stepwise, lambda variant: inherited(variant.recipe)),
        *_by_sentence("Frozen layers", stepwise, lambda variant: frozen(variant.recipe, variant.facts["layers"])),
        *_by_block("Optimiser", stepwise),
        *_by_block("Schedule", stepwise),
        *_by_block("Objective", stepwise),
        *_by_kind("Batches and epochs", stepwise, lambda variant: variant.recipe.shuffle, training_protocol.budget),
        *_by_sentence("Precision", stepwise, training_protocol.precision),
        Statement(aspect="Seeds", text=training_protocol.seeds(seeds)),
        Statement(aspect="Recorded", text=training_protocol.MEASURED),
        *_by_sentence("Recorded", stepwise, training_protocol.recorded),
        Statement(aspect="Checkpoints", text=training_protocol.CHECKPOINTS),
        *_by_sentence(
            "Early stopping", stepwise, lambda variant: training_protocol.early_stopping(variant.recipe.stop)
        ),
        *_probes(variants, probes),
    )


def _by_sentence(
    aspect: str, variants: Sequence[ReportedVariant], say: Callable[[ReportedVariant], str]
) -> list[Statement]:
    """Return each distinct sentence once, without empty ones."""
    groups: dict[str, list[str]] = {}
    for variant in variants:
        groups.setdefault(say(variant), []).append(variant.name)
    return [_statement(aspect, text, names, variants) for text, names in groups.items() if text]


def _by_kind(
    aspect: str,
    variants: Sequence[ReportedVariant],
    kind: Callable[[ReportedVariant], Hashable],
    say: Callable[[Sequence[ReportedVariant]], str],
) -> list[Statement]:
    """Return one sentence per kind."""
    groups: dict[Hashable, list[ReportedVariant]] = {}
    for variant in variants:
        groups.setdefault(kind(variant), []).append(variant)
    return [_statement(aspect, say(group), [variant.name for variant in group], variants) for group in groups.values()]


def _by_block(aspect: str, variants: Sequence[ReportedVariant]) -> list[Statement]:
    """Return one sentence per kind of the recipe's block with the aspect's name."""

    def block(variant: ReportedVariant):
        return getattr(variant.recipe, aspect.lower())

    return _by_kind(
        aspect, variants, lambda variant: type(block(variant)), lambda group: phrase([block(one) for one in group])
    )


def _probes(variants: Sequence[ReportedVariant], probes: Mapping[ProbeName, Sequence[str]]) -> list[Statement]:
    probed = {probe: [one.name for one in variants if one.name in names] for probe, names in probes.items()}
    return [_statement("Probes", PROBES[probe].protocol, names, variants) for probe, names in probed.items() if names]


def _statement(aspect: str, text: str, names: list[str], variants: Sequence[ReportedVariant]) -> Statement:
    return Statement(aspect=aspect, text=text, variants=() if len(names) == len(variants) else tuple(names))


def _if_any_is_augmented(variants: Sequence[ReportedVariant]) -> Sequence[ReportedVariant]:
    return variants if any(_operations(variant) for variant in variants) else ()


def _operations(variant: ReportedVariant) -> tuple[str, ...]:
    return operations(variant.recipe.augmentation)


def _augmentation(group: Sequence[ReportedVariant]) -> str:
    return augmented([variant.recipe.augmentation for variant in group])

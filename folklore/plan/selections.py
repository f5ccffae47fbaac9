"""Selections that claims compare with one of their own candidates: the claim means the best of the others."""

from collections.abc import Iterator, Sequence
from typing import Any

from folklore.schema.claim import Claim
from folklore.schema.selection import Selection

Selections = dict[str, Selection]


def without_compared(claim: Claim, selections: Selections, variants: Sequence[str]) -> tuple[Claim, Selections]:
    """Return the claim with the selections that it names leaving out the variants that it compares them with.

    Otherwise a variant that the selection chooses would be compared with itself, and differ by exactly 0.
    """
    narrowed = dict(_narrowed(claim, selections, variants))
    names = {name: other for name, (other, _) in narrowed.items()}
    update = {key: _renamed(getattr(claim, key), names) for key in ("of", "than", "over") if hasattr(claim, key)}
    return claim.model_copy(update=update) if names else claim, dict(narrowed.values())


def exhausted(selections: Selections) -> Iterator[str]:
    """Return one line per selection that has nothing left to choose for a claim."""
    for name, selection in selections.items():
        if selection.among == ():
            yield f"selections: expected a candidate for {name!r}; got none. Add a variant to its `among`"


def _narrowed(
    claim: Claim, selections: Selections, variants: Sequence[str]
) -> Iterator[tuple[str, tuple[str, Selection]]]:
    for name in dict.fromkeys(name for name in claim.variants if name in selections):
        among = selections[name].candidates(variants)
        compared = [variant for variant in among if variant in _other_side(claim, name)]
        if compared:
            others = tuple(variant for variant in among if variant not in compared)
            narrowed = selections[name].model_copy(update={"among": others})
            yield name, (f"{name} (without {', '.join(compared)})", narrowed)


def _other_side(claim: Claim, name: str) -> set[str]:
    one, other = claim.sides
    return {*(other if name in one else ()), *(one if name in other else ())}


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(names.get(name, name) for name in value)
    return names.get(value, value) if isinstance(value, str) else value

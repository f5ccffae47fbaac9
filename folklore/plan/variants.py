"""Expands a study into recipes: base ← demo ← axis values ← variant ← the variant's demo, one level of inheritance."""

from dataclasses import dataclass
from itertools import product
from typing import Any

from folklore.schema.learners import LEARNER_SETTINGS
from folklore.schema.models import learner_of
from folklore.schema.study import Axis, Study

Blocks = dict[str, Any]


@dataclass(frozen=True)
class RawVariant:
    """A variant before validation: its name, its values on the axes of the study, and its blocks."""

    name: str
    axes: dict[str, Any]
    blocks: Blocks


def expand_variants(study: Study, scale: str) -> list[RawVariant]:
    """Return the variants of the grid in the order of the axes, then the single variants."""
    demo = study.demo if scale == "demo" else None
    base = merged(study.base, demo.base_overrides()) if demo else study.base
    axes = {**study.axes, **demo.axes} if demo else study.axes
    single = [
        RawVariant(name, {}, merged(merged(base, blocks), demo.variants.get(name, {}) if demo else {}))
        for name, blocks in study.variants.items()
    ]
    return (_grid(base, axes) if axes else []) + single


def _grid(base: Blocks, axes: dict[str, Axis]) -> list[RawVariant]:
    found = []
    for corner in product(*(_ticks(path, axis) for path, axis in axes.items())):
        blocks = base
        for path, (_, value) in zip(axes, corner, strict=True):
            blocks = merged(blocks, _nested(path, value))
        places = {
            path: label if isinstance(axes[path], dict) else value
            for path, (label, value) in zip(axes, corner, strict=True)
        }
        found.append(RawVariant(",".join(label for label, _ in corner), places, blocks))
    return found


def _ticks(path: str, axis: Axis) -> list[tuple[str, Any]]:
    """Return (label, value) along an axis: `lr=0.1` for plain values, the given name for blocks."""
    if isinstance(axis, dict):
        return list(axis.items())
    return [(f"{path.rsplit('.', maxsplit=1)[-1]}={_short(value)}", value) for value in axis]


def _short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _nested(path: str, value: Any) -> Blocks:
    for key in reversed(path.split(".")):
        value = {key: value}
    return value


def merged(base: Blocks, override: Blocks) -> Blocks:
    """Merge one level of blocks into another.

    A block with a `name` replaces the inherited block, any other is merged into it. A model of another learner drops
    the inherited settings that its learner does not take.
    """
    result = {key: value for key, value in base.items() if key not in _dropped(override.get("model"))}
    for key, value in override.items():
        inherited = result.get(key)
        merges = isinstance(value, dict) and "name" not in value and isinstance(inherited, dict)
        result[key] = _merged_block(inherited, value) if merges else value
    return result


def _merged_block(inherited: Blocks, value: Blocks) -> Blocks:
    """The `settings` of a study's own model are a block in a block, and merged as well."""
    merged_block = inherited | value
    if "settings" in inherited and "settings" in value:
        merged_block["settings"] = inherited["settings"] | value["settings"]
    return merged_block


def _dropped(model: Any) -> set[str]:
    """Return the settings that any learner takes, except those of the given model's learner; none without a name."""
    if not isinstance(model, dict) or "name" not in model:
        return set()
    known = {block for learner in LEARNER_SETTINGS.values() for block in learner.blocks}
    return known - LEARNER_SETTINGS[learner_of(str(model["name"]))].blocks

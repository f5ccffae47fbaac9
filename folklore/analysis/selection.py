"""Selection of a variant: the best mean over seeds, among the variants of which every run has the number."""

from dataclasses import replace

import numpy as np

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.compute import metric_values
from folklore.schema.selection import Selection


def chosen(selection: Selection, evidence: Evidence) -> str | None:
    """Return the chosen variant, the first one of a tie; None if each variant lacks a number."""
    sign = 1 if selection.goal == "highest" else -1
    among = evidence.candidates(selection)
    means = {name: np.mean([*metric_values(selection.by, name, evidence).values()] or np.nan) for name in among}
    known = {name: sign * mean for name, mean in means.items() if np.isfinite(mean)}
    return max(known, key=known.get) if known else None


def with_selected(evidence: Evidence, selections: dict[str, Selection]) -> Evidence:
    """Return the evidence with the variants that the selections choose."""
    choices = {name: chosen(selection, evidence) for name, selection in selections.items()}
    return replace(evidence, selections=selections, selected={name: one for name, one in choices.items() if one})

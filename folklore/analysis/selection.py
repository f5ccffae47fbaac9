"""Which variant a criterion chooses: the best mean over seeds among those of which every run has the number."""

from dataclasses import replace

import numpy as np

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.compute import metric_values
from folklore.schema.selection import Selection


def chosen(selection: Selection, evidence: Evidence) -> str | None:
    """None where no variant was run to the end with every seed. The first of equals."""
    sign = 1 if selection.goal == "highest" else -1
    among = evidence.candidates(selection)
    means = {name: np.mean([*metric_values(selection.by, name, evidence).values()] or np.nan) for name in among}
    known = {name: sign * mean for name, mean in means.items() if np.isfinite(mean)}
    return max(known, key=known.get) if known else None


def with_selected(evidence: Evidence, selections: dict[str, Selection]) -> Evidence:
    """The same evidence, in which a selection stands for the variant that it chose."""
    found = {name: chosen(selection, evidence) for name, selection in selections.items()}
    chosen_ones = {name: variant for name, variant in found.items() if variant}
    return replace(evidence, selections=selections, selected=chosen_ones)

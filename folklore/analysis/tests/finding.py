"""Finding: the contrasts of a claim, with the p-values for and against the claim."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from folklore.analysis.intervals import ALPHA
from folklore.analysis.tests.contrast import Contrast
from folklore.schema.verdict import Ruling

SeedValues = dict[str, np.ndarray]  # variant → one value per seed, in the order of the seeds


@dataclass(frozen=True)
class Finding:
    contrasts: tuple[Contrast, ...]
    decisive: tuple[Contrast, ...]  # all of them must be significant to settle the claim as it now leans
    p_for: float  # two-sided, Bonferroni-corrected over the contrasts that were chosen from
    p_against: float

    @property
    def deciding(self) -> Contrast:
        """The decisive contrast with the largest p-value."""
        return max(self.decisive, key=lambda contrast: (contrast.p, -abs(contrast.lead)))

    @property
    def p(self) -> float | None:
        """The p-value of the claim; None with one seed, which tests nothing."""
        return min(self.p_for, self.p_against) if len(self.deciding.values) > 1 else None

    @property
    def ruling(self) -> Ruling:
        if self.p is None or self.p > ALPHA:
            return Ruling.UNDECIDED
        return Ruling.SUPPORTED if self.p_for <= ALPHA else Ruling.REFUTED

    def more_seeds(self, level: float) -> int | None:
        if len({contrast.lead > 0 for contrast in self.decisive}) > 1:
            return None  # the contrasts disagree, and more seeds with these means would not change that
        counts = [contrast.more_seeds(level) for contrast in self.decisive]
        return None if None in counts else max(counts)


def all_must_hold(contrasts: Iterable[Contrast]) -> Finding:
    """Return a finding that every contrast must support, and that any one refutes (Bonferroni over them)."""
    contrasts = tuple(contrasts)
    holds = all(contrast.lead > 0 for contrast in contrasts)
    worst = max(contrasts, key=lambda contrast: (-contrast.p_against, -contrast.lead))
    return Finding(
        contrasts,
        contrasts if holds else (worst,),
        p_for=max(contrast.p_for for contrast in contrasts),
        p_against=bonferroni(len(contrasts), worst.p_against),
    )


def bonferroni(many: int, p: float) -> float:
    """Return the p-value corrected for choosing the best of `many`."""
    return min(1.0, many * p)

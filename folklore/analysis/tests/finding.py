"""Finding: the contrasts of a claim, and how likely so clear a result would be were the claim false, or true."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from folklore.analysis.intervals import ALPHA
from folklore.analysis.tests.contrast import Contrast
from folklore.schema.verdict import Ruling

SeedValues = dict[str, np.ndarray]  # variant → a value a seed, in the order of the seeds


@dataclass(frozen=True)
class Finding:
    contrasts: tuple[Contrast, ...]
    decisive: tuple[Contrast, ...]  # those that must all be settled for the claim to be settled as it now leans
    p_for: float  # two-sided, and corrected for every choice among contrasts
    p_against: float

    @property
    def deciding(self) -> Contrast:
        """The weakest of the decisive ones."""
        return max(self.decisive, key=lambda contrast: (contrast.p, -abs(contrast.lead)))

    @property
    def p(self) -> float | None:
        """None with one seed, which tests nothing."""
        return min(self.p_for, self.p_against) if len(self.deciding.values) > 1 else None

    @property
    def ruling(self) -> Ruling:
        if self.p is None or self.p > ALPHA:
            return Ruling.UNDECIDED
        return Ruling.SUPPORTED if self.p_for <= ALPHA else Ruling.REFUTED

    def more_seeds(self, level: float) -> int | None:
        if len({contrast.lead > 0 for contrast in self.decisive}) > 1:
            return None  # they pull apart, and more of the same would not change that
        counts = [contrast.more_seeds(level) for contrast in self.decisive]
        return None if None in counts else max(counts)


def all_must_hold(contrasts: Iterable[Contrast]) -> Finding:
    """Supported when every contrast is, refuted when one of them is against it (Bonferroni over them)."""
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
    """Bonferroni: p of the best of so many."""
    return min(1.0, many * p)

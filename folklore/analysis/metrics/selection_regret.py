"""How each seed's own choice among the variants of a selection turns out, by a score that did not choose.

The choice of a seed is the variant with the best criterion in that very seed. As everywhere, a variant of which some
run has no number has no mean over seeds, and in a seed without its number it cannot be chosen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from folklore.schema.metric import Metric
from folklore.schema.selection import Selection


@dataclass(frozen=True, eq=False)
class SeedSelection:
    """One seed's numbers by variant; of each the higher is the better, so a loss stands with its sign turned."""

    criterion: pd.Series  # what the seed chooses by
    score: pd.Series  # the target_score, in this seed
    average: pd.Series  # the target_score's mean over seeds; NaN for a variant of which some run has none

    @cached_property
    def choice(self) -> str:
        """The first of equals."""
        return self.criterion.idxmax()


def target_score(metric: Metric, selection: Selection) -> Metric:
    """The score of the checkpoint that the criterion looks at."""
    return Metric(name=metric.target_score, checkpoint=selection.by.checkpoint)


def seed_selections(
    criterion: pd.DataFrame, score: pd.DataFrame, selection: Selection, metric: Metric
) -> dict[int, SeedSelection]:
    """By seed, for those in which some variant has both numbers; the tables are seeds × variants, as measured."""
    criterion = criterion * (1 if selection.goal == "highest" else -1)
    score = score * (-1 if metric.target_score.endswith("loss") else 1)
    if metric.averaged:
        criterion = _over_the_others(criterion)
    average = score.mean(skipna=False)
    found = {}
    for seed in criterion.index:
        known = criterion.columns[criterion.loc[seed].notna() & score.loc[seed].notna()]
        if len(known):
            found[seed] = SeedSelection(criterion.loc[seed, known], score.loc[seed, known], average[known])
    return found


def value(metric: Metric, selection: SeedSelection) -> float | None:
    return _VALUES[metric.name](selection)


def _over_the_others(criterion: pd.DataFrame) -> pd.DataFrame:
    """For each seed the mean over all other ones; none with a single seed."""
    others = [criterion.drop(index=seed).mean(skipna=False) for seed in criterion.index]
    return pd.DataFrame(others, index=criterion.index)


def _regret(selection: SeedSelection) -> float:
    return selection.score.max() - selection.score[selection.choice]


def _optimism(selection: SeedSelection) -> float:
    return selection.criterion[selection.choice] - selection.score[selection.choice]


def _rank_agreement(selection: SeedSelection) -> float | None:
    """Spearman's; none for fewer than three variants, or where all are equal."""
    criterion, average = selection.criterion[selection.average.notna()], selection.average.dropna()
    if len(average) < 3 or np.ptp(criterion) == 0 or np.ptp(average) == 0:
        return None
    return float(criterion.rank().corr(average.rank()))


def _is_suboptimal_on_average(selection: SeedSelection) -> float | None:
    if selection.average.isna().all():
        return None
    return float(not selection.average[selection.choice] >= selection.average.max())


_VALUES: dict[str, Callable[[SeedSelection], float | None]] = {
    "regret": _regret,
    "optimism": _optimism,
    "rank_agreement": _rank_agreement,
    "is_suboptimal": lambda selection: float(_regret(selection) > 0),
    "is_suboptimal_on_average": _is_suboptimal_on_average,
}

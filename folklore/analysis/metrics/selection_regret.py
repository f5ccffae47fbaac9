"""Quality of each seed's own choice among the candidates of a selection, by a score that did not choose.

A seed chooses the variant with the best criterion in that seed. A variant with a missing number has no mean over seeds,
and cannot be chosen in the seed without the number.
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
    """The numbers of one seed by variant; higher is better, so losses are negated."""

    criterion: pd.Series  # the number that the seed chooses by
    score: pd.Series  # the target score in this seed
    average: pd.Series  # the mean target score over seeds; NaN for a variant with a missing number

    @cached_property
    def choice(self) -> str:
        """The chosen variant; the first one of a tie."""
        return self.criterion.idxmax()


def target_score(metric: Metric, selection: Selection) -> Metric:
    """Return the target score at the checkpoint of the criterion."""
    return Metric(name=metric.target_score, checkpoint=selection.by.checkpoint)


def seed_selections(
    criterion: pd.DataFrame, score: pd.DataFrame, selection: Selection, metric: Metric
) -> dict[int, SeedSelection]:
    """Return the seeds in which some variant has both numbers. The tables are seeds × variants, as measured."""
    criterion = criterion * (1 if selection.goal == "highest" else -1)
    score = score * (-1 if metric.target_score.endswith("loss") else 1)
    if metric.averaged:
        criterion = _over_the_others(criterion)
    average = score.mean(skipna=False)
    selections = {}
    for seed in criterion.index:
        known = criterion.columns[criterion.loc[seed].notna() & score.loc[seed].notna()]
        if len(known):
            selections[seed] = SeedSelection(criterion.loc[seed, known], score.loc[seed, known], average[known])
    return selections


def value(metric: Metric, selection: SeedSelection) -> float | None:
    return _VALUES[metric.name](selection)


def _over_the_others(criterion: pd.DataFrame) -> pd.DataFrame:
    """Return for each seed the mean over all other seeds; empty with a single seed."""
    others = [criterion.drop(index=seed).mean(skipna=False) for seed in criterion.index]
    return pd.DataFrame(others, index=criterion.index)


def _regret(selection: SeedSelection) -> float:
    return selection.score.max() - selection.score[selection.choice]


def _optimism(selection: SeedSelection) -> float:
    return selection.criterion[selection.choice] - selection.score[selection.choice]


def _rank_agreement(selection: SeedSelection) -> float | None:
    """Return Spearman's rank correlation; None for fewer than three variants, or if all are equal."""
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

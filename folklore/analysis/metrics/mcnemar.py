"""McNemar's test: do two variants classify different test examples correctly, beyond chance?"""

import pandas as pd
from scipy.special import bdtr


def p_value(answers: pd.Series, other: pd.Series) -> float | None:
    """Return the exact two-sided p-value over the examples that only one variant classifies correctly.

    Each series is 1 where the variant is correct, by example. None if the variants saw different examples.
    McNemar (1947), Note on the sampling error of the difference between correlated proportions or percentages.
    """
    if set(answers.index) != set(other.index):
        return None
    differences = answers - other
    won, lost = int((differences > 0).sum()), int((differences < 0).sum())
    return min(1.0, 2 * float(bdtr(min(won, lost), won + lost, 0.5)))

"""McNemar's test: do two variants get different test examples right, or do they differ by chance?"""

from scipy.special import bdtr

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.snapshots import snapshot
from folklore.schema.metric import Metric


def p(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    """Exact and two-sided, of the examples that one of both gets right; None where they saw other examples.

    McNemar (1947), Note on the sampling error of the difference between correlated proportions or percentages.
    """
    ours, theirs = (snapshot(metric.snapshot, name, seed, evidence) for name in (variant, metric.other_variant))
    if ours.empty or set(ours.index) != set(theirs.index):
        return None
    differences = ours - theirs
    won, lost = int((differences > 0).sum()), int((differences < 0).sum())
    return min(1.0, 2 * float(bdtr(min(won, lost), won + lost, 0.5)))

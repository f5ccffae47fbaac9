"""Metrics that are columns of runs.csv: scores, costs, and whether the run diverged."""

from folklore.analysis.evidence import Evidence
from folklore.schema.metric import Metric


def score(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    return evidence.run(variant, seed).get(f"{metric.name}.{metric.checkpoint}")


def value(metric: Metric, variant: str, seed: int, evidence: Evidence) -> float | None:
    if metric.name == "diverged":
        return float(evidence.diverged(variant, seed))
    return evidence.run(variant, seed).get(metric.name)

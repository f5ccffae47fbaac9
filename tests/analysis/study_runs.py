"""Builds the evidence of a small study from planted numbers."""

from typing import Any

import numpy as np
import pandas as pd

from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.requested import metrics_rows
from folklore.analysis.metrics_table import MetricsTable
from folklore.analysis.verdicts import judge
from folklore.schema.claim import Claim, NotTestable
from folklore.schema.metric import Metric
from folklore.schema.verdict import Verdict

Planted = dict[str, list[float | None]]  # variant → a number a seed


def facts_of(**facts: Any) -> dict[str, Any]:
    return {"dataset": {"source": "official", "stand_in": False}, **facts}


def metrics_of(evidence: Evidence, *requests: tuple[Metric, tuple[str, ...]]) -> MetricsTable:
    return MetricsTable(metrics_rows(requests, evidence))


def judged(claims: list[Claim], evidence: Evidence) -> list[Verdict]:
    """Compute the metrics that the claims need, and judge them."""
    requests = [(claim.metric, claim.variants) for claim in claims if not isinstance(claim, NotTestable)]
    return judge(claims, evidence.selections, metrics_of(evidence, *requests), evidence.facts)


def evidence_with(score: str, planted: Planted, **facts: dict[str, Any]) -> Evidence:
    """Runs with one score each, with seeds from 1; None is a run that diverged in epoch 3."""
    rows = [
        {
            "variant": variant,
            "seed": seed,
            "status": "diverged" if number is None else "finished",
            "diverged_epoch": 3 if number is None else None,
            f"{score}.last": np.nan if number is None else number,
        }
        for variant, numbers in planted.items()
        for seed, number in enumerate(numbers, start=1)
    ]
    curves = pd.DataFrame(columns=["variant", "seed", "epoch"])
    return Evidence(pd.DataFrame(rows), curves, {variant: facts_of() for variant in planted} | facts)


def evidence_with_curves(column: str, curves: dict[str, list[list[float]]]) -> Evidence:
    """Finished runs with one curve each: variant → a list of numbers by epoch for every seed."""
    runs = [
        {"variant": variant, "seed": seed, "status": "finished", "parameters": 10}
        for variant, of_seeds in curves.items()
        for seed in range(1, len(of_seeds) + 1)
    ]
    epochs = [
        {"variant": variant, "seed": seed, "epoch": epoch, column: value}
        for variant, of_seeds in curves.items()
        for seed, curve in enumerate(of_seeds, start=1)
        for epoch, value in enumerate(curve, start=1)
    ]
    return Evidence(pd.DataFrame(runs), pd.DataFrame(epochs), {variant: facts_of() for variant in curves})

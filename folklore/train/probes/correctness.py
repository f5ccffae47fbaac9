"""Answers: which test examples a run gets right, so that two runs can be compared example by example."""

from folklore.train.probes.finished_run import FinishedRun
from folklore.train.probes.result import ProbeResult, at_end


def measure(run: FinishedRun) -> ProbeResult:
    """Of the last weights, of whatever learner: 1 or 0 for each row of the data set that is tested."""
    right = run.test_logits().argmax(axis=1) == run.examples.labels["test"]
    return ProbeResult([at_end(str(row), "correct", float(hit)) for row, hit in zip(run.test_rows, right, strict=True)])

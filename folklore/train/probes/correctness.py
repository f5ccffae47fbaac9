"""Correctness: which test examples a run classifies correctly, so that two runs can be compared by example."""

from folklore.train.probes.finished_run import FinishedRun
from folklore.train.probes.result import ProbeResult, at_end


def measure(run: FinishedRun) -> ProbeResult:
    """Measure the last weights of any learner: 1 or 0, named after the row of the example in the dataset."""
    correct = run.test_logits().argmax(axis=1) == run.examples.labels["test"]
    return ProbeResult(
        [at_end(str(row), "correct", float(hit)) for row, hit in zip(run.test_rows, correct, strict=True)]
    )

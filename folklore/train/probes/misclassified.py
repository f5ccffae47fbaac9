"""Misclassified test images."""

import numpy as np

from folklore.train.evaluation import predict
from folklore.train.probes.finished_run import FinishedRun
from folklore.train.probes.result import ProbeResult, at_end
from folklore.train.scores import probabilities

_SHOWN = 10


def measure(run: FinishedRun) -> ProbeResult:
    """Show images spread evenly over all misclassified ones, since the test set may be sorted by class."""
    run.needs_images("misclassified")
    logits = predict(run.network.at("last"), run.network.batches["test"]).cpu().numpy()
    labels, predicted = run.examples.labels["test"], logits.argmax(axis=1)
    wrong = np.flatnonzero(predicted != labels)
    shown = wrong[np.linspace(0, max(len(wrong) - 1, 0), min(_SHOWN, len(wrong))).astype(int)]
    arrays = {
        "images": run.examples.inputs["test"][shown],
        "labels": labels[shown],
        "predicted": predicted[shown],
        "confidence": probabilities(logits[shown]).max(axis=1),
        "rows": shown,
        "class_names": run.class_names,
    }
    return ProbeResult([at_end("test", "count", float(len(wrong)))], arrays)

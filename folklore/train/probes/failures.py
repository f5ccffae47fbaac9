"""Failures: the first test images that the network takes for something else."""

import numpy as np

from folklore.train.evaluation import predict
from folklore.train.probes.answer import Answer, note
from folklore.train.probes.finished_run import FinishedRun
from folklore.train.scores import probabilities

_SHOWN = 10


def ask(run: FinishedRun) -> Answer:
    """In the order of the test part, which is the same for all runs on the same data."""
    run.needs_images("failures")
    logits = predict(run.at("last"), run.feeds["test"]).cpu().numpy()
    labels, predicted = run.examples.labels["test"], logits.argmax(axis=1)
    wrong = np.flatnonzero(predicted != labels)
    shown = wrong[:_SHOWN]
    arrays = {
        "images": run.examples.inputs["test"][shown],
        "labels": labels[shown],
        "predicted": predicted[shown],
        "confidence": probabilities(logits[shown]).max(axis=1),
        "rows": shown,
        "class_names": run.class_names,
    }
    return Answer([note("test", "count", float(len(wrong)))], arrays)

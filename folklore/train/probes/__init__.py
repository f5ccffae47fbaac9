"""PROBES: name → a function that is asked once of every finished run that has its last weights.

`ask(run: FinishedRun) -> Answer`. It draws no random number but from a generator that the run's seed sets, so that the
same run gives the same answer.
"""

PROBES = {
    "map": "folklore.train.probes.decision_map:ask",
    "robustness": "folklore.train.probes.robustness:ask",
    "calibration": "folklore.train.probes.calibration:ask",
    "failures": "folklore.train.probes.misclassified:ask",
    "answers": "folklore.train.probes.correctness:ask",
}

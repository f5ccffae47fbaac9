"""Calibration: error on the test set, with and without a temperature that is fitted on the validation set."""

from collections.abc import Iterator

from folklore.train.calibration import calibration_error, scaled_loss, temperature
from folklore.train.evaluation import predict
from folklore.train.probes.finished_run import FinishedRun
from folklore.train.probes.result import ProbeResult, at_end
from folklore.train.recorders.measurement import Measurement


def measure(run: FinishedRun) -> ProbeResult:
    """Measure the last and the best weights. Guo et al. (2017), On Calibration of Modern Neural Networks."""
    return ProbeResult([found for checkpoint in ("last", "best") for found in _calibration(run, checkpoint)])


def _calibration(run: FinishedRun, checkpoint: str) -> Iterator[Measurement]:
    model = run.network.at(checkpoint)
    validation, test = (predict(model, run.network.batches[part]).cpu().numpy() for part in ("validation", "test"))
    labels = run.examples.labels["test"]
    fitted = temperature(validation, run.examples.labels["validation"])
    yield at_end(checkpoint, "temperature", fitted)
    yield at_end(checkpoint, "loss", scaled_loss(test, labels, 1.0))
    yield at_end(checkpoint, "scaled_loss", scaled_loss(test, labels, fitted))
    yield at_end(checkpoint, "calibration_error", calibration_error(test, labels))
    yield at_end(checkpoint, "scaled_calibration_error", calibration_error(test / fitted, labels))

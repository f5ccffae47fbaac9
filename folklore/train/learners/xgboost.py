"""Gradient-boosted trees by XGBoost; one epoch is one boosting round."""

from time import perf_counter

import numpy as np
import xgboost

from folklore.train.examples import Examples
from folklore.train.learners.learner import TrainedModel, TrainingJob
from folklore.train.result import TrainResult

Losses = dict[str, dict[str, list[float]]]  # part → metric of XGBoost → value per round


def fit(job: TrainingJob) -> TrainResult:
    """Count the leaves of all trees as `parameters`; the best checkpoint is the round of the lowest validation loss."""
    parts = {part: _matrix(job.examples, part) for part in job.examples.labels}
    progress: Losses = {}
    started = perf_counter()
    booster = xgboost.train(
        _options(job),
        parts["train"],
        num_boost_round=job.settings["model"]["n_estimators"],
        evals=[(parts["train"], "train"), (parts["validation"], "validation")],
        evals_result=progress,
        verbose_eval=10,
    )
    seconds = perf_counter() - started
    history = _history(progress)
    best = int(np.argmin(progress["validation"]["mlogloss"])) + 1
    return TrainResult(
        history=history,
        best_epoch=best,
        diverged_epoch=None,
        parameters=sum(dump.count("leaf=") for dump in booster.get_dump()),
        test_logits={
            "last": booster.predict(parts["test"], output_margin=True),
            "best": booster.predict(parts["test"], output_margin=True, iteration_range=(0, best)),
        },
        weights={"last.booster": np.frombuffer(booster.save_raw("ubj"), dtype=np.uint8)},
        seconds_per_epoch=[seconds / len(history)] * len(history),
        device="cpu",
    )


def logits(model: TrainedModel, part: str, checkpoint: str = "last") -> np.ndarray:
    booster = xgboost.Booster({"nthread": 1}, model_file=bytearray(model.weights[f"{checkpoint}.booster"]))
    return booster.predict(_matrix(model.examples, part), output_margin=True)


def _matrix(examples: Examples, part: str) -> xgboost.DMatrix:
    return xgboost.DMatrix(examples.flat(part), examples.labels[part])


def _options(job: TrainingJob) -> dict[str, object]:
    constants = job.settings["model"]
    return {
        "objective": "multi:softprob",
        "num_class": job.examples.classes,
        "eval_metric": ["merror", "mlogloss"],
        "eta": constants["learning_rate"],
        "max_depth": constants["max_depth"],
        "subsample": constants["subsample"],
        "seed": job.seed,
        "nthread": 1,
    }


def _history(progress: Losses) -> list[dict[str, float]]:
    rounds = range(len(progress["train"]["mlogloss"]))
    return [
        {"epoch": t + 1}
        | {f"{part}_loss": progress[part]["mlogloss"][t] for part in ("train", "validation")}
        | {f"{part}_accuracy": 1 - progress[part]["merror"][t] for part in ("train", "validation")}
        for t in rounds
    ]

"""Gradient-boosted trees: XGBoost, one epoch a boosting round."""

from pathlib import Path
from time import perf_counter

import numpy as np
import xgboost

from folklore.train.examples import Examples
from folklore.train.result import TrainResult


def train(settings: dict, examples: Examples, seed: int, device: str, parent: Path | None) -> TrainResult:  # noqa: ARG001
    """`parameters` counts the leaves of all trees. The best checkpoint is the round of the lowest validation loss."""
    constants = settings["model"]
    parts = {part: xgboost.DMatrix(examples.flat(part), examples.labels[part]) for part in examples.labels}
    progress: dict[str, dict[str, list[float]]] = {}
    started = perf_counter()
    booster = xgboost.train(
        {
            "objective": "multi:softprob",
            "num_class": examples.classes,
            "eval_metric": ["merror", "mlogloss"],
            "eta": constants["learning_rate"],
            "max_depth": constants["max_depth"],
            "subsample": constants["subsample"],
            "seed": seed,
            "nthread": 1,
        },
        parts["train"],
        num_boost_round=constants["rounds"],
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


def predict(settings: dict, examples: Examples, weights: dict[str, np.ndarray], device: str) -> np.ndarray:  # noqa: ARG001
    booster = xgboost.Booster({"nthread": 1}, model_file=bytearray(weights["last.booster"]))
    return booster.predict(xgboost.DMatrix(examples.flat("test")), output_margin=True)


def _history(progress: dict[str, dict[str, list[float]]]) -> list[dict[str, float]]:
    rounds = range(len(progress["train"]["mlogloss"]))
    return [
        {"epoch": t + 1}
        | {f"{part}_loss": progress[part]["mlogloss"][t] for part in ("train", "validation")}
        | {f"{part}_accuracy": 1 - progress[part]["merror"][t] for part in ("train", "validation")}
        for t in rounds
    ]

"""Rows of the tables that figures read, with known numbers in them."""


def curve_rows(variant: str, seed: int, losses: list[float], accuracy: float = 0.5) -> list[dict]:
    """A run whose training and validation loss are the given ones; None is what a diverged run leaves."""
    return [
        {
            "variant": variant,
            "seed": seed,
            "epoch": epoch,
            "updates": 100 * epoch,
            "seconds": seed * epoch,
            "lr": 0.1,
            "running_loss": loss,
            "running_accuracy": accuracy / 2,
            "train_loss": loss,
            "train_accuracy": accuracy,
            "validation_loss": loss,
            "validation_accuracy": accuracy,
        }
        for epoch, loss in enumerate(losses, start=1)
    ]


def run_row(variant: str, seed: int, accuracy: float | None, seconds: float = 1.0) -> dict:
    return {
        "variant": variant,
        "seed": seed,
        "status": "diverged" if accuracy is None else "finished",
        "parameters": 89834,
        "seconds": seconds,
        "test_loss.last": None if accuracy is None else 1 - accuracy,
        "test_accuracy.last": accuracy,
        "test_accuracy.best": accuracy,
    }


def record_rows(variant: str, seed: int, moment: str, values: dict[str, float | None], **changes) -> list[dict]:
    """What the recorder of gradients took: a mean a tensor, in the order of the forward pass."""
    row = {"variant": variant, "seed": seed, "recorder": "gradients", "time_point": moment, "epoch": None}
    return [{**row, "name": name, "statistic": "mean", "value": value, **changes} for name, value in values.items()]


def trace_rows(variant: str, seed: int, name: str, values: list[float | None], **changes) -> list[dict]:
    """What the recorder of units took of one layer, a number an epoch."""
    row = {"variant": variant, "seed": seed, "recorder": "units", "time_point": "after_epoch", "name": name}
    return [
        {**row, "epoch": epoch, "statistic": "dead", "value": value, **changes}
        for epoch, value in enumerate(values, start=1)
    ]


def window_rows(variant: str, seed: int, values: dict[int, float], statistic: str = "mean") -> list[dict]:
    """What the recorder of updates took, a number a window, which is named by the number of updates at its end."""
    row = {"variant": variant, "seed": seed, "recorder": "loss_noise", "time_point": "updates", "epoch": None}
    return [{**row, "name": updates, "statistic": statistic, "value": value} for updates, value in values.items()]

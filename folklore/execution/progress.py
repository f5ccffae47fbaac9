"""One line per epoch for the log: losses, accuracy, time left."""


def report_progress(row: dict[str, float], epochs: int, seconds: list[float]) -> None:
    left = (epochs - row["epoch"]) * sum(seconds) / len(seconds)
    print(
        f"epoch {row['epoch']:>{len(str(epochs))}}/{epochs}"
        f" · lr {row['lr']:.3g}"
        f" · train loss {row['train_loss']:.4f}"
        f" · validation loss {row['validation_loss']:.4f}, accuracy {row['validation_accuracy']:.3f}"
        f" · {left:.0f} s left",
        flush=True,
    )

"""The best epoch so far: of the whole run, or of the epochs before early stopping would have ended it."""

from folklore.train.checkpointing.checkpointer import TrainingState


class BestEpoch:
    """Follows one column of the history and says after which epochs the weights have to be copied."""

    def __init__(self, metric: str, patience: int | None = None, min_gain: float = 0.0):
        """`patience`: epochs in a row without a gain, after which no later epoch counts; None: every epoch counts."""
        self.metric, self.patience, self.min_gain = metric, patience, min_gain
        self.lowest = float("inf")  # of a loss, or of an accuracy with its sign turned
        self.epoch: int | None = None
        self.stop_epoch: int | None = None  # at whose end training would have stopped

    def update(self, row: dict[str, float]) -> bool:
        """Return whether the epoch of this row of the history is the best so far."""
        if self.stop_epoch is not None:
            return False
        value, epoch = row[self.metric], int(row["epoch"])
        value = -value if self.metric.endswith("accuracy") else value
        better = value < self.lowest - self.min_gain
        if better:
            self.lowest, self.epoch = value, epoch
        elif self.patience is not None and epoch - self.epoch >= self.patience:
            self.stop_epoch = epoch
        return better

    def state(self) -> TrainingState:
        return {"lowest": self.lowest, "epoch": self.epoch, "stop_epoch": self.stop_epoch}

    def resume(self, state: TrainingState) -> None:
        self.lowest, self.epoch, self.stop_epoch = state["lowest"], state["epoch"], state["stop_epoch"]

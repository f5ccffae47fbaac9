"""The columns of a run's history: a row an epoch."""

HISTORY = (
    "epoch",  # from 1
    "lr",
    "updates",  # so far
    "running_loss",  # while the weights moved
    "running_accuracy",
    "train_loss",  # in a pass of its own over the clean training examples
    "train_accuracy",
    "validation_loss",
    "validation_accuracy",
    "displacement",  # how far the weights moved in the epoch
)

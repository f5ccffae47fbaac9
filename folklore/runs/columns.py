"""The columns of what a run leaves behind: a row an epoch, and a row a number that a recorder took."""

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
    "update_norm",  # how far the weights moved in the epoch
)

OPTIONAL_HISTORY = ("objective",)  # what the steps minimised, where that is not the running loss

RECORDS = ("recorder", "time_point", "epoch", "name", "statistic", "value")

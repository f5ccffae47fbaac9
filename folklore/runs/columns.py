"""The columns of a run's tables: one row per epoch in the history, one row per measurement in the records."""

HISTORY = (
    "epoch",  # from 1
    "lr",
    "updates",  # cumulative
    "running_loss",  # running average during the epoch, in training mode
    "running_accuracy",
    "train_loss",  # at epoch end, in eval mode, on the training examples without augmentation
    "train_accuracy",
    "validation_loss",
    "validation_accuracy",
    "update_norm",  # Euclidean norm of the weights' change over the epoch
)

OPTIONAL_HISTORY = ("objective",)  # what the steps minimised, where that is not the running loss

RECORDS = ("recorder", "time_point", "epoch", "name", "statistic", "value")

"""Old names of metrics, settings and values, and the names that replaced them."""

import re
from collections.abc import Collection

# Grouped for the reader. An entry applies wherever its new name is allowed.
RENAMED: dict[str, dict[str, str]] = {
    "metric": {
        "at": "at_epoch",
        "when": "at_train_loss",
        "decline": "drop_from_max",
        "rise": "rise_from_min",
        "rises": "n_increases",
        "rough": "roughness",
        "rough_share": "relative_roughness",
        "incline": "slope",
        "order": "kendall_tau",
        "spread": "std",
        "t_p": "epochs_to_accuracy",
        "first_above": "first_epoch_above",
        "settled": "convergence_epoch",
        "epoch_of_highest": "epoch_of_max",
        "epoch_min_val": "best_epoch",
        "recorded": "recorded_max",
        "recorded_smallest": "recorded_min",
        "profile_level": "log10_mean",
        "profile_order": "depth_kendall_tau",
        "profile_evenness": "normalised_entropy",
        "profile_rise": "log10_change",
        "profile_shift": "total_variation",
        "profile_agreement": "spearman",
        "prior_entropy": "prior_cross_entropy",
        "largest_share": "majority_class_accuracy",
        "input_mean": "max_abs_channel_mean",
        "input_sd": "max_abs_channel_std_error",
        "weights": "n_weights",
        "examples": "n_examples",
        "misses_best": "is_suboptimal",
        "misses_best_on_average": "is_suboptimal_on_average",
        "overfit_rise": "rise_from_min, of: validation_loss",
    },
    "curve": {
        "displacement": "update_norm",
        "gap_acc": "accuracy_gap",
        "gap_loss": "loss_gap",
        "running_gap_acc": "running_accuracy_gap",
        "running_gap_loss": "running_loss_gap",
    },
    "metric setting": {
        "span": "run_fraction",
        "clock": "time_unit",
        "part": "split",
        "profile": "snapshot",
        "beside": "other_variant",
        "yardstick": "target_score",
    },
    "snapshot or series": {
        "of": "recorder",
        "moment": "time_point",
        "measure": "statistic",
        "largest": "max",
        "smallest": "min",
    },
    "figure": {
        "spread": "strip_plot",
        "trade_off": "scatter",
        "failures": "misclassified",
        "profiles": "snapshots",
        "traces": "series",
    },
    "figure setting": {
        "moments": "time_points",
        "measures": "statistics",
        "against": "time_unit",
        "parts": "splits",
        "printed": "published_value",
    },
    "claim": {
        "part": "subclaim",
    },
    "study": {
        "source": "reference",
        "touches": "affects",
    },
    "recipe": {
        "swapped": "reverse",
        "parent": "parents.weights",
        "rounds": "n_estimators",
        "iterations": "max_iter",
        "inverse_penalty": "C",
        "frozen": "frozen_mode",
        "shuffled": "shuffle",
        "precision": "dtype",
        "single": "float32",
        "double": "float64",
        "evaluation": "eval",
        "training": "train",
        "weights": "checkpoint",
    },
    "statistic": {
        "size": "mean_abs",
        "largest": "max_abs",
        "change": "max_abs_change",
        "square": "squared_norm",
        "right": "correct",
    },
    "recorder or probe": {
        "flow": "activation_gradients",
        "layers": "layer_outputs",
        "ranking": "auroc",
        "updates": "loss_noise",
        "map": "decision_map",
        "failures": "misclassified",
        "answers": "correctness",
    },
    "config.yaml": {
        "trainings_per_gpu": "runs_per_gpu",
    },
}


def new_name(old: str, allowed: Collection[str]) -> str | None:
    """Return the name that replaced `old` among those allowed at its place, or None. A dot leads into a block."""
    replacements = (names[old] for names in RENAMED.values() if old in names)
    return next((new for new in replacements if re.match(r"\w+", new)[0] in allowed), None)


def now_called(old: str, new: str) -> str:
    return f"{old!r} is now called {new!r}"

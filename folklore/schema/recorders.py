"""RECORDERS: name → registration of a recorder, which measures while a network is trained.

Recorders are part of a recipe. `folklore/train/recorders` holds one file for each.
"""

from folklore.schema.registration import Registration, Statistic

_SPLITS = {
    "training": "in training mode",
    "train": "on the training set",
    "validation": "on the validation set",
    "validation_batches": "on validation mini-batches normalised by their own statistics",
    "validation_correct": "on correctly classified validation examples",
    "validation_misclassified": "on misclassified validation examples",
}

RECORDERS = {
    "gradients": Registration(
        build="folklore.train.recorders.gradients:Gradients",
        named="tensors",
        on_probe_batch=True,
        statistics={
            "mean": Statistic("mean |gradient|"),
            "sd": Statistic("SD of |gradient| over mini-batches", "standard deviation of |gradient|"),
            "max_abs": Statistic("largest |gradient|", "maximum |gradient|"),
            "norm": Statistic("‖gradient‖₂", "norm of the gradient"),
            "relative_norm": Statistic("‖gradient‖₂ / ‖weight‖₂", "norm of the gradient over that of the weights"),
            "squared_norm": Statistic("‖gradient‖₂², mean over mini-batches", "squared norm of the gradient"),
        },
        protocol=(
            "Of every trained parameter tensor: |g|, the absolute gradient of the loss, as its mean over elements, its "
            "largest element and its standard deviation over mini-batches (by element, n − 1, then averaged); the "
            "gradient’s Euclidean norm, the square of the norm, and the norm over the norm of the weights. During "
            "training, over windows of mini-batches: the first five of the first epoch and the last five of the last; "
            "all full ones of the first five and of the last five epochs. On a probe batch, the first 512 training "
            "examples, before training and after every epoch, in training mode, with the same dropout masks each time, "
            "on a copy of the network."
        ),
    ),
    "weights": Registration(
        build="folklore.train.recorders.weights:Weights",
        named="tensors",
        statistics={
            "mean": Statistic("mean weight", "mean of the elements"),
            "sd": Statistic("SD of the weights", "standard deviation of the elements"),
            "root_mean_square": Statistic("root mean square of the weights", "root mean square of the elements"),
            "norm": Statistic("‖weight‖₂", "norm of the weights"),
            "max_abs_change": Statistic("largest |weight change|", "largest change of a weight", since_start=True),
            "distinct": Statistic("distinct hidden units", "number of distinct rows"),
        },
        protocol=(
            "Of every tensor, before the first update and after the last epoch: the mean, standard deviation and root "
            "mean square of its elements, and of a matrix how many of its rows differ. After the last epoch also its "
            "Euclidean norm, and the largest change of an element since initialisation."
        ),
    ),
    "units": Registration(
        build="folklore.train.recorders.units:Units",
        named="layers",
        statistics={
            "dead": Statistic("share of dead units", share=True),
            "active": Statistic("mean share of active units", "share of active units", share=True),
            "rank": Statistic("effective rank / units", "effective rank over the number of units", share=True),
        },
        protocol=(
            "Of every fully connected hidden layer, after its activation, in evaluation mode on the whole training set,"
            " before the first update and after every epoch: the share of dead units, which are above 0 on no example; "
            "the mean share of units above 0; and the effective rank, which is the exponential of the entropy of the "
            "normalised singular values of the centred activations of at most 1,024 examples, over the number of units."
        ),
    ),
    "activation_gradients": Registration(
        build="folklore.train.recorders.activation_gradients:ActivationGradients",
        named="layers",
        on_probe_batch=True,
        statistics={
            "norm": Statistic("‖∂loss/∂output‖₂", "norm of the loss’s gradient with respect to the activations"),
            "relative_norm": Statistic(
                "‖∂loss/∂output‖₂ / that of the last hidden layer",
                "norm of the loss’s gradient with respect to the activations, over that at the last hidden layer,",
            ),
        },
        protocol=(
            "Of every fully connected hidden layer, before the first update and after the last epoch: the Euclidean "
            "norm of the loss’s gradient with respect to its activations (in a residual network to the sum of both "
            "paths), and that norm over the norm at the last hidden layer; on the first 512 training examples, in "
            "training mode, on a copy of the network."
        ),
    ),
    "layer_outputs": Registration(
        build="folklore.train.recorders.layer_outputs:LayerOutputs",
        named="layers",
        names=_SPLITS,
        statistics={
            "mean": Statistic("mean output"),
            "sd": Statistic("SD of the outputs", "standard deviation of the output"),
        },
        protocol=(
            "Of the output of every layer, in every epoch: mean and standard deviation over all units and examples, "
            "each example with the same weight; in training mode during the epoch (“training”), in evaluation mode "
            "after the epoch on the training set (“train”) and on the validation set (“validation”), and on the "
            "validation set in mini-batches of the training’s own size, with batch normalisation by the batch’s "
            "statistics and the running statistics left unchanged (“validation_batches”)."
        ),
    ),
    "logits": Registration(
        build="folklore.train.recorders.logits:Logits",
        names=_SPLITS,
        statistics={
            "mean_abs": Statistic("mean |logit|"),
            "sd": Statistic("SD of the logits", "standard deviation of the logits"),
            "confidence": Statistic("mean confidence", share=True),
            "loss": Statistic("loss", "mean cross-entropy", unit="nats"),
            "contribution": Statistic("contribution to the loss", "contribution to the validation loss", unit="nats"),
            "density": Statistic("density of the logits"),
            "temperature": Statistic("temperature", "temperature of the lowest cross-entropy"),
            "scaled_loss": Statistic(
                "loss after temperature scaling", "cross-entropy at the best temperature", unit="nats"
            ),
            "calibration_error": Statistic("calibration error", "expected calibration error"),
        },
        protocol=(
            "Of the logits before the first update and after every epoch, on the training set and on the validation "
            "set, there also of the correctly classified and the misclassified examples: mean |logit|, standard "
            "deviation, mean largest probability, mean cross-entropy; the contributions of both groups to the "
            "validation loss; on validation the expected calibration error (15 equal bins), the temperature of the "
            "lowest cross-entropy, and that cross-entropy. After epochs 1, 5, 25, 80, 150 and the last, the density of "
            "the logits in bins of width 1."
        ),
    ),
    "auroc": Registration(
        build="folklore.train.recorders.auroc:Auroc",
        names=_SPLITS,
        statistics={"macro_auroc": Statistic("macro AUROC", "macro-AUROC")},
        protocol=("The macro-AUROC (one-vs-rest) on the validation set, before training and after every epoch."),
    ),
    "loss_noise": Registration(
        build="folklore.train.recorders.loss_noise:LossNoise",
        names={"all": ""},
        statistics={
            "mean": Statistic("mean mini-batch loss", "mean mini-batch loss of a window of updates"),
            "sd": Statistic(
                "SD of mini-batch losses", "standard deviation of the mini-batch losses in a window of updates"
            ),
            "loss": Statistic("loss on a fixed probe", "loss on the probe examples after a window of updates"),
            "noise": Statistic(
                "gradient noise (trace of its covariance)",
                "gradient noise (trace of the covariance of a mini-batch’s gradient)",
            ),
        },
        protocol=(
            "All updates are divided into 200 windows of the same length, or into one window an update where there are "
            "fewer. Of each window: mean and standard deviation of its mini-batch losses as they were minimised, and at"
            " its end the loss on the first 1,024 training examples in evaluation mode. Before training and after it, "
            "the trace of the covariance of a mini-batch’s gradient, from 32 mini-batches of the training’s own size, "
            "in training mode on a copy of the network."
        ),
    ),
}

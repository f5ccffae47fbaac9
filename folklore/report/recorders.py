"""What the recorders of a run take, in words that leave nothing to look up in the code."""

from collections.abc import Sequence

from folklore.wording.phrases import plain

_SENTENCES = {
    "gradients": (
        "Of every parameter tensor that is trained: |g|, the absolute gradient of the loss, as its mean over elements, "
        "its largest element and its standard deviation over mini-batches (by element, n − 1, then averaged), the "
        "gradient’s Euclidean norm and its square, and that norm over the norm of the weights. In windows of "
        "mini-batches, while the weights move: the first five of the first epoch and the last five of the last; all "
        "full ones of the first five and of the last five epochs. And on a probe batch, the first 512 training "
        "examples, before training and after every epoch, in training mode, with the same dropout masks each time, on "
        "a copy of the network."
    ),
    "weights": (
        "Of every tensor, before the first update and after the last epoch: the mean, standard deviation and root mean "
        "square of its elements, and of a matrix how many of its rows differ; after the last epoch also its Euclidean "
        "norm, and the largest change of an element since before the first update."
    ),
    "units": (
        "Of every fully connected hidden layer, after its activation, in evaluation mode on the whole training split, "
        "before the first update and after every epoch: the share of dead units, which are above 0 on no example; the "
        "mean share of units above 0; and the effective rank, which is the exponential of the entropy of the "
        "normalised singular values of the centred activations of at most 1,024 examples, over the number of units."
    ),
    "flow": (
        "Of every fully connected hidden layer, before the first update and after the last epoch: the Euclidean norm "
        "of the loss’s gradient with respect to its activations (in a residual network to the sum that goes on), and "
        "that norm over the one of the last hidden layer; on the first 512 training examples, in training mode, on a "
        "copy of the network."
    ),
    "layers": (
        "Of the output of every layer, in every epoch: mean and standard deviation over all units and examples, each "
        "example with the same weight; in training mode while the weights move (“training”), in evaluation mode after "
        "the epoch on the training split (“train”) and on the validation split (“validation”), and on the validation "
        "split in mini-batches of the training’s own size, with batch normalisation by the batch’s statistics and the "
        "running ones left as they are (“validation_batches”)."
    ),
    "logits": (
        "Of the logits before the first update and after every epoch, on the training split and on the validation "
        "split, there also of the examples classified rightly and wrongly: mean |logit|, standard deviation, mean "
        "largest probability, mean cross-entropy; what right and wrong examples add to the validation loss; on "
        "validation the expected calibration error (15 equal bins), the temperature of the lowest cross-entropy, and "
        "that cross-entropy. After epochs 1, 5, 25, 80, 150 and the last, the density of the logits in bins of width 1."
    ),
    "ranking": (
        "The macro-AUROC (one class against the rest) on the validation split, before training and after every epoch."
    ),
    "updates": (
        "All updates are cut into 200 windows of the same length, or fewer where there are fewer updates. Of each: "
        "mean and standard deviation of the losses of its mini-batches, as they were when the weights moved, and at "
        "its end the loss on the first 1,024 training examples in evaluation mode. Before training and after it, the "
        "trace of the covariance of a mini-batch’s gradient, from 32 mini-batches of the training’s own size, in "
        "training mode on a copy of the network."
    ),
}


def recorded(names: Sequence[str]) -> str:
    return " ".join(_SENTENCES.get(name, f"The measurements of “{plain(name)}”.") for name in names)

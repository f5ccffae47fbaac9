"""What the recorders of a run take, in words that leave nothing to look up in the code."""

from collections.abc import Sequence

_SENTENCES = {
    "gradients": (
        "Of every parameter tensor that is trained: |g|, the absolute gradient of the loss, as its mean over elements, "
        "its largest element and its standard deviation over mini-batches (by element, n − 1, then averaged), the "
        "gradient’s Euclidean norm, and that norm over the norm of the weights. In windows of mini-batches, while the "
        "weights move: the first five of the first epoch and the last five of the last; all full ones of the first "
        "five and of the last five epochs. And on a probe batch, the first 512 training examples, before training and "
        "after every epoch, in training mode, with the same dropout masks each time, on a copy of the network."
    ),
    "weights": (
        "Of every tensor: after the last epoch its Euclidean norm, and the largest change of an element since before "
        "the first update."
    ),
}


def recorded(names: Sequence[str]) -> str:
    return " ".join(_SENTENCES[name] for name in names)

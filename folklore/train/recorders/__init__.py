"""RECORDERS: name → a class that is made before the first update and told of every one.

`Recorder(model, feed, settings, seed)`, then `after_backward(epoch, batch)` and `after_epoch(epoch)`, both from 1, and
in the end `notes()`.
"""

RECORDERS = {
    "gradients": "folklore.train.recorders.gradients:Gradients",
    "weights": "folklore.train.recorders.weights:Weights",
}

"""RECORDERS: name → a class that is made before the first update and told of every one.

`Recorder(model, data, settings, seed)`, the data that of training and validation; then what
folklore/train/recorders/recorder.py lists.
"""

RECORDERS = {
    "gradients": "folklore.train.recorders.gradients:Gradients",
    "weights": "folklore.train.recorders.weights:Weights",
    "units": "folklore.train.recorders.units:Units",
    "flow": "folklore.train.recorders.activation_gradients:ActivationGradients",
    "layers": "folklore.train.recorders.layer_outputs:LayerOutputs",
    "logits": "folklore.train.recorders.logits:Logits",
    "ranking": "folklore.train.recorders.auroc:Auroc",
    "updates": "folklore.train.recorders.loss_noise:LossNoise",
}

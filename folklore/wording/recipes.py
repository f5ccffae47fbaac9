"""The blocks of a recipe in words that leave nothing to look up in the code.

Each phrase takes blocks of one kind, one a variant, and says once what they share; what differs is listed.
"""

from collections.abc import Callable, Sequence
from typing import Any

from folklore.schema import models, optimisers, schedules
from folklore.schema.strict_model import StrictModel
from folklore.wording.numbers import setting
from folklore.wording.phrases import in_plain_words, plain

Phrase = Callable[[Sequence[StrictModel]], str]


def fold(values: Sequence[Any]) -> str:
    """One value that all share, or all of them in order."""
    distinct = list(dict.fromkeys(setting(value) for value in values))
    if len(distinct) == 1:
        return distinct[0]
    mark = "; " if any(", " in value for value in distinct) else ", "
    return f"{mark.join(distinct[:-1])} or {distinct[-1]} (by variant)"


def phrase(blocks: Sequence[StrictModel]) -> str:
    """Return the sentence on a kind of block; its plain name and settings where the kind has none."""
    say = _PHRASES.get(type(blocks[0]))
    return say(blocks) if say else f"{plain(blocks[0].name).capitalize()}{settings_in_words(blocks)}."


def settings_in_words(blocks: Sequence[StrictModel]) -> str:
    """Return ` (depth 2, bias yes)`, empty for a block without settings."""
    keys = [key for key in type(blocks[0]).model_fields if key != "name"]
    return f" ({', '.join(f'{plain(key)} {said(blocks, key)}' for key in keys)})" if keys else ""


def said(blocks: Sequence[StrictModel], key: str) -> str:
    """What the blocks set a key to."""
    return fold([getattr(block, key) for block in blocks])


def _if_any(blocks: Sequence[StrictModel], key: str, sentence: str, otherwise: str = "") -> str:
    """The sentence where some block sets the key to something."""
    return sentence.format(said(blocks, key)) if any(getattr(block, key) for block in blocks) else otherwise


def _some(blocks: Sequence[StrictModel], key: str, sentence: str) -> str:
    """The sentence, and to which of the variants it applies where not to all."""
    switched = [getattr(block, key) for block in blocks]
    if not any(switched):
        return ""
    return sentence if all(switched) else f"{sentence} (in some variants: see the table)"


def _cnn(blocks: Sequence[models.Cnn]) -> str:
    return (
        f"Convolutional network: a 3×3 convolution (stride 1, padding 1) for each of the channel counts "
        f"{said(blocks, 'channels')}, each followed by {_some(blocks, 'batch_norm', 'batch normalisation, ')}ReLU and "
        f"2×2 max-pooling (stride 2); {_head(blocks)}"
    )


def _residual_cnn(blocks: Sequence[models.ResidualCnn]) -> str:
    return (
        f"Residual convolutional network: a block for each of the channel counts {said(blocks, 'channels')}, which is "
        f"a 3×3 convolution (stride 1, padding 1){_some(blocks, 'batch_norm', ' followed by batch normalisation')}, "
        f"plus a 1×1 convolution of the same input (stride 1, without bias), their sum followed by ReLU and 2×2 "
        f"max-pooling (stride 2); {_head(blocks)}"
    )


def _head(blocks: Sequence[models.Cnn] | Sequence[models.ResidualCnn]) -> str:
    return (
        f"then a fully connected layer of {said(blocks, 'hidden')} units with "
        f"{_some(blocks, 'batch_norm', 'batch normalisation and ')}ReLU"
        f"{_if_any(blocks, 'dropout', ', dropout with probability {}')}; then a linear layer to the logits."
    )


def _mlp(blocks: Sequence[models.Mlp]) -> str:
    repeated = ", the whole list repeated {} times" if any(block.depth > 1 for block in blocks) else ""
    normalised = _some(blocks, "batch_norm", f"batch normalisation{_momentum(blocks)}, ")
    return (
        f"Multi-layer perceptron on the flattened input: fully connected layers of {said(blocks, 'widths')} units"
        f"{repeated.format(said(blocks, 'depth'))}, each followed by {normalised}{_activation(blocks)}"
        f"{_dropout(blocks)}; then a linear layer to the logits{_output(blocks)}."
    )


def _residual_mlp(blocks: Sequence[models.ResidualMlp]) -> str:
    return (
        f"Residual multi-layer perceptron on the flattened input: {said(blocks, 'depth')} fully connected layers of "
        f"{said(blocks, 'width')} units, each followed by {_some(blocks, 'batch_norm', 'batch normalisation, ')}"
        f"{_activation(blocks)}, and from the second on by the addition of what the layer took in; then a linear layer "
        "to the logits."
    )


_ACTIVATIONS = {
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU (slope 0.01)",
    "tanh": "tanh",
    "gelu": "GELU",
    "identity": "the identity (no activation)",
}


def _activation(blocks: Sequence[models.Mlp] | Sequence[models.ResidualMlp]) -> str:
    return fold([in_plain_words(block.activation, _ACTIVATIONS) for block in blocks])


def _momentum(blocks: Sequence[models.Mlp]) -> str:
    """Nothing where it is PyTorch's default."""
    normalised = [block for block in blocks if block.batch_norm]
    usual = models.Mlp.model_fields["norm_momentum"].default
    if all(block.norm_momentum == usual for block in normalised):
        return ""
    return f" (its running statistics with momentum {said(normalised, 'norm_momentum')})"


def _dropout(blocks: Sequence[models.Mlp]) -> str:
    asked = [block.dropout if isinstance(block.dropout, tuple) else (block.dropout,) for block in blocks]
    if not any(any(fractions) for fractions in asked):
        return ""
    by_layer = any(len(fractions) > 1 for fractions in asked)
    return f" and dropout with probability {fold(asked)}{' (layer by layer)' if by_layer else ''}"


def _output(blocks: Sequence[models.Mlp]) -> str:
    if all(block.output == "logits" for block in blocks):
        return ""
    return f"; the loss takes for logits {fold([in_plain_words(block.output, _OUTPUTS) for block in blocks])}"


_OUTPUTS = {
    "logits": "the logits themselves",
    "probabilities": "their softmax",
    "log_probabilities": "their log-softmax",
}


def _linear(_: Sequence[models.Linear]) -> str:
    return "Softmax regression: one linear layer from the flattened input to the logits."


def _resnet18(blocks: Sequence[models.Resnet18]) -> str:
    return (
        f"ResNet-18 (timm’s) up to its pooled features, its first stage {said(blocks, 'width')} channels wide and each "
        "of the three after it twice as wide as the one before; then a linear layer to the logits."
    )


def _xgboost(blocks: Sequence[models.Xgboost]) -> str:
    return (
        f"Gradient-boosted trees (XGBoost, objective multi:softprob, one tree a class and round): "
        f"{said(blocks, 'rounds')} rounds, depth at most {said(blocks, 'max_depth')}, shrinkage "
        f"{said(blocks, 'learning_rate')}, {said(blocks, 'subsample')} of the rows sampled for each round; "
        "all else at XGBoost’s defaults, and the training seed as XGBoost’s."
    )


def _logistic(blocks: Sequence[models.Logistic]) -> str:
    return f"{_regression(blocks)}."


def _feature_logistic(blocks: Sequence[models.FeatureLogistic]) -> str:
    return (
        f"{_regression(blocks)}; its inputs are the pooled features of a ResNet-18 in evaluation mode, with the "
        "weights of its parent."
    )


def _regression(blocks: Sequence[models.Logistic]) -> str:
    return (
        f"Multinomial logistic regression (scikit-learn, L-BFGS) with an L2 penalty of inverse strength "
        f"C = {said(blocks, 'inverse_penalty')}, at most {said(blocks, 'iterations')} iterations"
    )


def _sgd(blocks: Sequence[optimisers.Sgd]) -> str:
    momentum = _if_any(
        blocks, "momentum", "momentum μ = {} (v ← μ·v + g; θ ← θ − η·v)", "without momentum (θ ← θ − η·g)"
    )
    nesterov = _some(blocks, "nesterov", ", in Nesterov’s form (θ ← θ − η·(g + μ·v))")
    return f"Stochastic gradient descent {momentum}{nesterov}, {_rate(blocks)}, {_coupled_decay(blocks)}."


def _adam(blocks: Sequence[optimisers.Adam]) -> str:
    return (
        f"Adam with bias correction, {_rate(blocks)}, (β₁, β₂) = ({said(blocks, 'betas')}), ε = 10⁻⁸, "
        f"{_coupled_decay(blocks)}."
    )


def _adamw(blocks: Sequence[optimisers.AdamW]) -> str:
    return (
        f"AdamW with bias correction, {_rate(blocks)}, (β₁, β₂) = ({said(blocks, 'betas')}), ε = 10⁻⁸, "
        f"decoupled weight decay λ = {said(blocks, 'weight_decay')} (θ ← θ − η·λ·θ before each step)."
    )


def _adagrad(blocks: Sequence[optimisers.Adagrad]) -> str:
    return f"Adagrad, {_rate(blocks)}, accumulators from 0, ε = 10⁻¹⁰, no decay of its own, {_coupled_decay(blocks)}."


def _rmsprop(blocks: Sequence[optimisers.RmsProp]) -> str:
    return (
        f"RMSprop (not centred), {_rate(blocks)}, smoothing α = {said(blocks, 'alpha')}, ε = 10⁻⁸, "
        f"{_if_any(blocks, 'momentum', 'momentum {}', 'no momentum')}, {_coupled_decay(blocks)}."
    )


def _rate(blocks: Sequence[Any]) -> str:
    return f"learning rate η₀ = {said(blocks, 'lr')}"


def _coupled_decay(blocks: Sequence[StrictModel]) -> str:
    return _if_any(
        blocks, "weight_decay", "weight decay λ = {} (added to the gradient: g ← g + λ·θ)", "no weight decay"
    )


def _schedule(formula: str, *keys: str) -> Phrase:
    def say(blocks: Sequence[StrictModel]) -> str:
        return formula.format(**{key: said(blocks, key) for key in keys})

    return say


_PHRASES: dict[type[StrictModel], Phrase] = {
    models.Cnn: _cnn,
    models.ResidualCnn: _residual_cnn,
    models.Mlp: _mlp,
    models.ResidualMlp: _residual_mlp,
    models.Linear: _linear,
    models.Resnet18: _resnet18,
    models.Xgboost: _xgboost,
    models.Logistic: _logistic,
    models.FeatureLogistic: _feature_logistic,
    optimisers.Sgd: _sgd,
    optimisers.Adam: _adam,
    optimisers.AdamW: _adamw,
    optimisers.Adagrad: _adagrad,
    optimisers.RmsProp: _rmsprop,
    schedules.Constant: _schedule("Constant: η(t) = η₀."),
    schedules.InverseTime: _schedule("Inverse time: η(t) = η₀ / (1 + k·t) with k = {k}.", "k"),
    schedules.Exponential: _schedule("Exponential: η(t) = η₀ · exp(−k·t) with k = {k}.", "k"),
    schedules.Step: _schedule("Step: η(t) = η₀ · {factor}^⌊t / {every}⌋.", "factor", "every"),
    schedules.LinearDecay: _schedule(
        "Linear: a straight line from η₀ in the first epoch to {end} · η₀ in the last.", "end"
    ),
    schedules.InverseRoot: _schedule("Inverse root: η(t) = η₀ / √(t + 1)."),
    schedules.PowerOfTen: _schedule("Power of ten: η(t) = η₀ · 0.1^t."),
    schedules.Cosine: _schedule(
        "Cosine: η(t) = η₀ · (e + (1 − e) · (1 + cos(π·t / T)) / 2) with e = {end} and T the number of epochs.", "end"
    ),
}

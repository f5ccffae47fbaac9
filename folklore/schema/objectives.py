"""Objectives: what each step of gradient descent minimises, with its settings.

`folklore/train/objectives` holds one file for each. Reported losses are the plain cross-entropy, whatever is minimised.
"""

from typing import Annotated, Literal

from pydantic import Field, PositiveFloat

from folklore.schema.phrased import Phrased

Strength = Annotated[float, Field(ge=0)]


class CrossEntropy(Phrased):
    phrase = "The cross-entropy of the logits, averaged over the mini-batch."

    name: Literal["cross_entropy"] = "cross_entropy"


class PenalisedCrossEntropy(Phrased):
    """Cross-entropy + l1 · Σ|w| + l2 · Σw², over single elements; both at once are the elastic net."""

    phrase = (
        "The cross-entropy of the logits, averaged over the mini-batch, plus λ₁·Σ|w| + λ₂·Σw² with λ₁ = {l1} and "
        "λ₂ = {l2}; the sums run over {parameters} trained parameters (“weights” are those of two or more dimensions, "
        "so no biases). λ₁ enters by a {step} step (“proximal”: after each step of the optimiser every |w| is lowered "
        "by η·λ₁, to 0 at the least)."
    )

    name: Literal["penalised_cross_entropy"]
    l1: Strength = 0.0
    l2: Strength = 0.0
    parameters: Literal["weights", "all"] = "weights"  # weights: tensors of two or more dimensions, so no biases
    step: Literal["gradient", "proximal"] = "gradient"  # for l1; proximal: soft threshold, which gives exact zeros


class Distillation(Phrased):
    """(1 − alpha) · cross-entropy + alpha · T² · KL(teacher ‖ student), both softened by the temperature T."""

    phrase = (
        "(1 − α) times the cross-entropy of the logits with the labels, plus α·T² times the Kullback-Leibler "
        "divergence of the student’s from the teacher’s softmax, both of logits divided by T, with α = {alpha} and "
        "T = {temperature}; averaged over the mini-batch."
    )

    name: Literal["distillation"]
    alpha: Annotated[float, Field(ge=0, le=1)] = 0.9
    temperature: PositiveFloat = 4.0


Objective = Annotated[CrossEntropy | PenalisedCrossEntropy | Distillation, Field(discriminator="name")]

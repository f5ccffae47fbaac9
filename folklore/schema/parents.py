"""Parents: the runs that a recipe starts from, as named edges.

A study names a run by `study` and `variant`. The plan replaces both by `recipe`, the identity of that variant's recipe,
so that the child's identity depends on its parents.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from folklore.schema.metric import Checkpoint
from folklore.schema.pretrained import Pretrained
from folklore.schema.strict_model import Fraction, StrictModel

LayerNames = Annotated[tuple[str, ...], Field(min_length=1)]


class Edge(StrictModel):
    study: str | None = None
    variant: str | None = None
    recipe: str | None = None
    checkpoint: Checkpoint = "last"
    seed: Annotated[int, Field(ge=0)] | None = None  # of the parent's run; None: the child's seed

    @model_validator(mode="after")
    def _one_origin(self):
        if (self.study is None) != (self.variant is None):
            raise ValueError("needs both `study` and `variant`, which name the run")
        if sum(origin is not None for origin in self._origins()) != 1:
            raise ValueError("needs the `study` and the `variant` of one run")
        return self

    def _origins(self) -> tuple[str | None, ...]:
        return self.study, self.recipe

    def seed_of(self, child: int) -> int:
        """Return the seed of the parent's run, given the child's."""
        return child if self.seed is None else self.seed

    def resolved(self, recipe: str) -> Self:
        """Return the edge to the same run by the identity of its recipe."""
        return self.model_copy(update={"study": None, "variant": None, "recipe": recipe})


class WeightsEdge(Edge):
    """Start from the weights of a run, or from published weights."""

    layers: LayerNames | None = None  # None: all; the other layers are initialised from the child's own seed
    official: Pretrained | None = None  # published weights that replace the run where it would learn from official data
    pretrained: Pretrained | None = None  # published weights, once they have replaced the run

    def _origins(self) -> tuple[str | None, ...]:
        return *super()._origins(), self.pretrained

    @model_validator(mode="after")
    def _published_weights_are_taken_by_layer(self):
        if (self.official or self.pretrained) and self.layers is None:
            raise ValueError("published weights have no layer for the classes; name the `layers` to take from them")
        return self

    def resolved(self, recipe: str) -> Self:
        return super().resolved(recipe).model_copy(update={"official": None})


class MaskEdge(Edge):
    """Prune the weights that are smallest in magnitude in the run, and keep them at 0.

    The mask contains the run's own mask. Biases and batch norm are never pruned.
    """

    amount: Fraction  # share of the weights left in the run that are pruned
    scope: Literal["layer", "global"] = "layer"  # the share of each weight tensor, or of all together
    layers: LayerNames | None = None  # None: all


class TeacherEdge(Edge):
    """Learn from the logits that a run gives for the training examples."""


class Parents(StrictModel):
    weights: WeightsEdge | None = None
    mask: MaskEdge | None = None
    teacher: TeacherEdge | None = None

    @property
    def edges(self) -> dict[str, Edge]:
        """Return the edges that are set, by name."""
        return {name: edge for name in Parents.model_fields if (edge := getattr(self, name)) is not None}

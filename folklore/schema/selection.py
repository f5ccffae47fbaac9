"""Selection: the variant that a criterion chooses; claims speak of it by its name as if it were a variant."""

from collections.abc import Iterable
from typing import Literal

from folklore.schema.metric import Metric
from folklore.schema.strict_model import NonEmpty, StrictModel


class Selection(StrictModel):
    """The variant with the best mean over seeds. One with a run that diverged is not chosen."""

    among: NonEmpty[str] | None = None  # None: every variant of the study
    by: Metric = Metric(name="validation_accuracy", checkpoint="best")
    goal: Literal["highest", "lowest"] = "highest"

    def candidates(self, variants: Iterable[str]) -> tuple[str, ...]:
        """Return the variants that it chooses among, out of all variants of the study."""
        return tuple(variants) if self.among is None else self.among


# The scores of the chosen variant that the report shows, by the heading of their column.
REPORTED_SCORES = {
    "validation accuracy, best": Metric(name="validation_accuracy", checkpoint="best"),
    "test accuracy, last": Metric(name="test_accuracy"),
    "test accuracy, best": Metric(name="test_accuracy", checkpoint="best"),
    "test loss, best": Metric(name="test_loss", checkpoint="best"),
}

"""Study: the content of a file in studies/."""

from typing import Annotated, Any

from pydantic import Field, PositiveInt, field_validator, model_validator

from folklore.schema.claim import Claim
from folklore.schema.figures import FigureSpec
from folklore.schema.file_names import STUDY_NAME
from folklore.schema.metric import Metric
from folklore.schema.selection import Selection
from folklore.schema.snapshot import ProbeName
from folklore.schema.strict_model import NonEmpty, StrictModel


class PublishedValue(StrictModel):
    """A value in the publication."""

    variant: str
    metric: Metric
    value: float
    where: str  # table, figure or page


class Defect(StrictModel):
    """An error of the published protocol, its correction, and the claims that it affects."""

    id: Annotated[str, Field(pattern=r"^D\d{3}-\d{2}$")]
    published: str
    corrected: str
    affects: tuple[str, ...] = ()  # ids of claims


Axis = NonEmpty[Any] | Annotated[dict[str, Any], Field(min_length=1)]  # values in order, or blocks by name
Overrides = dict[str, Any]
Seeds = PositiveInt | NonEmpty[Annotated[int, Field(ge=0)]]


class Demo(StrictModel):
    """Overrides at `scale: demo`: blocks of the base recipe, axes, single variants, seeds."""

    data: Overrides = {}
    model: Overrides = {}
    optimiser: Overrides = {}
    schedule: Overrides = {}
    batch_size: PositiveInt | None = None
    epochs: PositiveInt | None = None
    augmentation: Overrides = {}
    axes: dict[str, Axis] = {}
    variants: dict[str, Overrides] = {}
    seeds: Seeds | None = None

    def base_overrides(self) -> Overrides:
        return self.model_dump(exclude_defaults=True, exclude={"axes", "variants", "seeds"})


class Study(StrictModel):
    title: str
    question: str
    reference: str  # the publication
    base: Overrides = {}
    axes: dict[str, Axis] = {}
    variants: dict[str, Overrides] = {}
    reuse: dict[str, Annotated[str, Field(pattern=rf"^{STUDY_NAME}/.+$")]] = {}  # variant of this study → study/variant
    seeds: Seeds = 5
    demo: Demo = Demo()
    figures: dict[Annotated[str, Field(pattern=r"^[a-z0-9_]+$")], FigureSpec] = {}
    selections: dict[str, Selection] = {}
    probes: dict[ProbeName, NonEmpty[str]] = {}  # probe → variants whose runs it examines
    published: tuple[PublishedValue, ...] = ()
    claims: tuple[Claim, ...] = ()
    defects: tuple[Defect, ...] = ()
    notes: tuple[str, ...] = ()  # decisions where the publication is silent or contradicts itself

    @field_validator("claims", mode="before")
    @classmethod
    def _add_published_tests(cls, claims: Any) -> Any:
        """Split a claim with an `as_published` block into the corrected and the published test."""
        if not isinstance(claims, list | tuple):
            return claims
        return [test for claim in claims for test in _tests_of(claim)]

    @model_validator(mode="after")
    def _claims_are_distinct(self):
        names = [(claim.id, claim.subclaim, claim.protocol) for claim in self.claims]
        twice = sorted({claim[0] for claim in names if names.count(claim) > 1})
        if twice:
            raise ValueError(f"duplicate claim {', '.join(twice)}. Give each entry a distinct `subclaim`")
        return self


def _tests_of(claim: Any) -> list[Any]:
    if not isinstance(claim, dict) or "as_published" not in claim:
        return [claim]
    corrected = {key: value for key, value in claim.items() if key != "as_published"}
    return [corrected, {**corrected, **claim["as_published"], "protocol": "as_published"}]


def seeds_of(seeds: Seeds) -> tuple[int, ...]:
    """Return the seeds; a number n means the seeds 1 to n."""
    return tuple(range(1, seeds + 1)) if isinstance(seeds, int) else tuple(seeds)

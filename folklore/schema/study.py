"""Study: what a file in studies/ may say."""

from typing import Annotated, Any

from pydantic import Field, PositiveInt, field_validator, model_validator

from folklore.schema.claim import Claim
from folklore.schema.figure import FigureSpec
from folklore.schema.file_names import STUDY_NAME
from folklore.schema.metric import Metric
from folklore.schema.selection import Selection
from folklore.schema.snapshot import ProbeName
from folklore.schema.strict_model import NonEmpty, StrictModel


class PublishedValue(StrictModel):
    """A number that the source prints."""

    variant: str
    metric: Metric
    value: float
    where: str


class Defect(StrictModel):
    """What the published protocol does wrong, what is done here instead, and which claims hang on it."""

    id: Annotated[str, Field(pattern=r"^D\d{3}-\d{2}$")]
    published: str
    corrected: str
    affects: tuple[str, ...] = ()  # ids of claims


Axis = NonEmpty[Any] | Annotated[dict[str, Any], Field(min_length=1)]  # values in order, or a name for each block
Overrides = dict[str, Any]
Seeds = PositiveInt | NonEmpty[Annotated[int, Field(ge=0)]]


class Demo(StrictModel):
    """What `scale: demo` changes: blocks of the base recipe, axes, single variants, seeds."""

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
    reuse: dict[str, Annotated[str, Field(pattern=rf"^{STUDY_NAME}/.+$")]] = {}  # variant here → study/variant there
    seeds: Seeds = 5
    demo: Demo = Demo()
    figures: dict[Annotated[str, Field(pattern=r"^[a-z0-9_]+$")], FigureSpec] = {}
    selections: dict[str, Selection] = {}
    probes: dict[ProbeName, NonEmpty[str]] = {}  # what is asked of finished runs, and of which variants
    published: tuple[PublishedValue, ...] = ()
    claims: tuple[Claim, ...] = ()
    defects: tuple[Defect, ...] = ()
    notes: tuple[str, ...] = ()  # decisions where the source is silent or contradicts itself

    @field_validator("claims", mode="before")
    @classmethod
    def _read_both_ways(cls, claims: Any) -> Any:
        """A claim with an `as_published` block is two: its own test, and the test as the source would have run it."""
        if not isinstance(claims, list | tuple):
            return claims
        return [reading for claim in claims for reading in _readings(claim)]

    @model_validator(mode="after")
    def _claims_have_a_name_each(self):
        names = [(claim.id, claim.subclaim, claim.protocol) for claim in self.claims]
        twice = sorted({claim[0] for claim in names if names.count(claim) > 1})
        if twice:
            raise ValueError(f"duplicate claim {', '.join(twice)}. Give each entry a distinct `subclaim`")
        return self


def _readings(claim: Any) -> list[Any]:
    if not isinstance(claim, dict) or "as_published" not in claim:
        return [claim]
    corrected = {key: value for key, value in claim.items() if key != "as_published"}
    return [corrected, {**corrected, **claim["as_published"], "protocol": "as_published"}]


def seeds_of(seeds: Seeds) -> tuple[int, ...]:
    """A count means the seeds from 1 up to it."""
    return tuple(range(1, seeds + 1)) if isinstance(seeds, int) else tuple(seeds)

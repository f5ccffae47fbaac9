"""StrictModel: the base of every model of the schema; frozen, and closed to unknown keys."""

from functools import cache
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Item = TypeVar("Item")

Fraction = Annotated[float, Field(ge=0, lt=1)]
NonEmpty = Annotated[tuple[Item, ...], Field(min_length=1)]


class StrictModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _true_is_not_one(cls, content: Any) -> Any:
        """Refuse true where a number is expected: pydantic takes it for 1."""
        for key in _takes_no_bool(cls).intersection(content) if isinstance(content, dict) else ():
            if isinstance(content[key], bool):
                raise ValueError(f"`{key}`: expected a number or a name; got {str(content[key]).lower()}")
        return content


@cache
def _takes_no_bool(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(key for key, field in model.model_fields.items() if not _allows_bool(field.annotation))


def _allows_bool(annotation: Any) -> bool:
    return annotation in (Any, bool) or any(_allows_bool(member) for member in get_args(annotation))

"""InputSpec: the form of one input, from which a model's builder takes the size of its first layer."""

from dataclasses import dataclass
from math import prod
from typing import Any, Literal, Self


@dataclass(frozen=True)
class InputSpec:
    """The numeric values and categorical columns of one input, or a sequence of tokens."""

    shape: tuple[int, ...]  # [channels, height, width] of an image, [columns] of a table's numbers, [length] of tokens
    cardinalities: tuple[int, ...] = ()  # number of codes of each categorical column; code 0 is the unknown category
    vocabulary: int | None = None  # number of tokens; None where the inputs are no tokens

    @classmethod
    def of(cls, about: dict[str, Any]) -> Self:
        """Return the form of the inputs of a prepared dataset, of which `about` is the JSON file."""
        sizes = [len(column["categories"]) + 1 for column in about["columns"] if column["kind"] == "categorical"]
        return cls(tuple(about["shape"]), tuple(sizes), about["vocabulary"])

    @property
    def kind(self) -> Literal["image", "table", "tokens"]:
        if self.vocabulary is not None:
            return "tokens"
        return "image" if len(self.shape) == 3 else "table"

    @property
    def width(self) -> int:
        """Number of values of one flat input, its categorical columns one-hot encoded."""
        return prod(self.shape) + sum(self.cardinalities)

    def __str__(self) -> str:
        match self.kind:
            case "image":
                return f"images of {'×'.join(map(str, self.shape))} (channels, height, width)"
            case "tokens":
                return f"sequences of {self.shape[0]} tokens out of {self.vocabulary}"
        categorical = f" and {len(self.cardinalities)} categorical columns" if self.cardinalities else ""
        return f"rows of {self.shape[0]} numeric values{categorical}"

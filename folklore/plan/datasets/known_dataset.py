"""KnownDataset: the description of a dataset that folklore reads by name, without arrays."""

from dataclasses import dataclass
from pkgutil import resolve_name

from folklore.execution.errors import UserError, unknown
from folklore.plan.datasets import DATASETS

_LOCAL = "folklore.data.local:read"


@dataclass(frozen=True)
class KnownDataset:
    title: str
    licence: str
    classes: tuple[str, ...]  # by label; a source that numbers its classes means these
    shape: tuple[int, ...]  # of one input: channels, height, width; or number of columns
    rows: int  # of training, validation and test set together
    embedded_rows: int  # the same of the stand-in
    official: str  # target, `module:function`, that downloads and reads it
    embedded: str  # target that makes the stand-in
    inputs: tuple[str, ...] | None = None  # columns of its CSV
    label: str | None = None


def known_dataset(name: str) -> KnownDataset | None:
    """Return the description; None for a dataset of the user's own."""
    return resolve_name(DATASETS[name]) if name in DATASETS else None


def reader(name: str, source: str) -> str:
    """Return the target, `module:function`, that reads a dataset from a source."""
    if source == "local":
        return _LOCAL
    known = known_dataset(name)
    if known is None:
        raise UserError(f"{unknown('dataset', name, DATASETS)}; a set of your own needs `source: local` and `path`")
    return {"official": known.official, "embedded": known.embedded}[source]


def description_module(name: str) -> list[str]:
    """Return the target of the description, if there is one: what is read depends on it."""
    return [DATASETS[name]] if name in DATASETS else []

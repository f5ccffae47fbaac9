"""Config: the content of config.yaml, which selects what to run; the science is in studies/."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PositiveFloat, PositiveInt

from folklore.schema.strict_model import NonEmpty, StrictModel
from folklore.schema.study import Seeds

Source = Literal["official", "local", "embedded"]


class DataSet(StrictModel):
    source: Source | None = None
    path: str | None = None


class DataSources(StrictModel):
    source: Source = "embedded"
    path: str | None = None
    sets: dict[str, DataSet] = {}


class Reduced(StrictModel):
    """Limits for the base of a study at `scale: reduced`; its variants are scaled in proportion."""

    train: PositiveInt | None = 10_000
    validation: PositiveInt | None = 5_000
    test: PositiveInt | None = None
    epochs: PositiveInt | None = 10
    sets: dict[str, "Reduced"] = {}  # by dataset; omitted limits are the general ones

    def limits_of(self, data_set: str) -> "Reduced":
        own = self.sets.get(data_set)
        return self.model_copy(update=own.model_dump(exclude_unset=True)) if own else self


class Report(StrictModel):
    pdf: bool | Literal["auto"] = "auto"


class Style(StrictModel):
    width: PositiveFloat = 7.2  # inches
    font_size: PositiveFloat = 9.0  # points
    dpi: PositiveInt = 160  # of the PNG
    palette: Annotated[tuple[str, ...], Field(min_length=2)] = (
        "#0072B2",
        "#E69F00",
        "#009E73",
        "#CC79A7",
        "#56B4E9",
        "#D55E00",
        "#8C6D1F",
        "#5A5A5A",
    )


def _check_results(folder: str) -> str:
    """Expand `~` and variables. Snakemake reads braces in a path as wildcards."""
    path = str(Path(os.path.expandvars(folder)).expanduser())
    if not folder or set("{}$") & set(path):
        raise ValueError(f"expected the path of a folder, without braces; got {folder!r}. Choose another folder")
    return path


ResultsFolder = Annotated[str, AfterValidator(_check_results)]


class Config(StrictModel):
    scale: Literal["demo", "reduced", "full"] = "demo"
    reduced: Reduced = Reduced()
    studies: Literal["all"] | NonEmpty[str] = "all"
    seeds: Seeds | None = None
    data: DataSources = DataSources()
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    runs_per_gpu: PositiveInt = 1
    results: ResultsFolder = "results"
    report: Report = Report()
    style: Style = Style()

    @property
    def edition(self) -> str:
        """Return the folder of the results of one scale and source; stand-in results never overwrite others."""
        return f"{self.scale}-{self.data.source}"

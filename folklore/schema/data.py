"""Data: the settings of a recipe that say which examples it learns from."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt, field_validator, model_validator

from folklore.schema.file_names import DatasetName
from folklore.schema.strict_model import StrictModel

Count = Annotated[int, Field(ge=0)]


class LabelNoise(StrictModel):
    """A share of the training labels is replaced by wrong ones; the same seed changes the same labels first."""

    share: Annotated[float, Field(ge=0, le=1)]
    seed: Count = 0


class Data(StrictModel):
    """A dataset, its source, and the split into training, validation and test examples."""

    name: DatasetName
    source: Literal["official", "local", "embedded"] | None = None  # None: config.yaml decides
    path: str | None = None  # of a local source: an archive, a folder or a file; no part of the recipe's identity
    content: str | None = None  # digest of the files at `path`, which planning fills in
    inputs: tuple[str, ...] | None = None  # columns of a CSV that are features
    label: str | None = None  # the column of a CSV that is the class
    categorical: tuple[str, ...] | None = None  # those of `inputs` whose numbers are codes; text is categorical anyway
    classes: dict[str, str] | None = None  # class in the source → its name here; others are left out
    train: PositiveInt
    validation: PositiveInt
    test: PositiveInt | None = None  # None: the whole test set
    seed: Count = 0  # of the split, independent of the run's seed
    stratified: bool = False
    skip: Count = 0  # number of shuffled rows to skip before the training set
    reverse: bool = False  # take rows from the end of the shuffled order, so that two halves swap
    grey: bool = False  # replace every channel by the luminance
    resize: PositiveInt | None = None  # pixels of an image's shorter side
    crop: PositiveInt | None = None  # side of the central square in pixels, after resizing
    scaling: Literal["unit", "symmetric", "standardised", "imagenet", "raw"] = "unit"
    label_noise: LabelNoise | None = None  # of the training set; validation and test labels stay right

    @field_validator("label_noise")
    @classmethod
    def _no_noise_is_one_recipe(cls, noise: LabelNoise | None) -> LabelNoise | None:
        return noise if noise and noise.share else None

    @model_validator(mode="after")
    def _inputs_need_a_label(self):
        if (self.inputs is None) != (self.label is None):
            raise ValueError("`inputs` and `label` name the columns of a CSV together; one of them is missing")
        foreign = [column for column in self.categorical or () if column not in (self.inputs or ())]
        if foreign:
            raise ValueError(f"`categorical`: expected columns of `inputs`; got {foreign[0]!r}. Add it to `inputs`")
        return self

    @model_validator(mode="after")
    def _each_column_is_named_once(self):
        named = [*(self.inputs or ()), *filter(None, [self.label])]
        if twice := [column for column in dict.fromkeys(named) if named.count(column) > 1]:
            raise ValueError(f"`inputs` and `label`: expected each column once; got {twice[0]!r} twice. Remove one")
        return self

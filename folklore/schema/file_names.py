"""Names that become parts of paths: of studies and of datasets."""

import re
from typing import Annotated

from pydantic import AfterValidator

LONGEST = 100  # the name of a run's folder adds a model and a hash to it
STUDY_NAME = "[A-Za-z0-9][A-Za-z0-9_-]*"
_DATASET_NAME = "[A-Za-z0-9][A-Za-z0-9_.-]*"
_EXPECTED = f"expected at most {LONGEST} characters of a–z, A–Z, 0–9"


def study_name_error(name: str) -> str | None:
    """Return why a study file cannot have this name; None if it can."""
    if re.fullmatch(STUDY_NAME, name) and len(name) <= LONGEST:
        return None
    return f"name of the study: {_EXPECTED}, _ and -, the first a letter or digit; got {name!r}. Rename the file"


def _check_dataset_name(name: str) -> str:
    if not re.fullmatch(_DATASET_NAME, name) or len(name) > LONGEST:
        raise ValueError(f"{_EXPECTED}, _, - and ., the first a letter or digit; got {name!r}. Rename the dataset")
    return name


DatasetName = Annotated[str, AfterValidator(_check_dataset_name)]

"""Tables of a study as CSV files: every digit kept, each file replaced in one step."""

from pathlib import Path
from typing import TextIO

import pandas as pd

from folklore.execution.files import replacing

_TEXT = ("variant", "recipe", "status", "name", "metric", "checkpoint", "settings", "selected")


def read_table(path: Path | TextIO) -> pd.DataFrame:
    """Read a CSV file as `write_table` wrote it; a variant called `1` or `None` stays a name."""
    return pd.read_csv(path, dtype=dict.fromkeys(_TEXT, str), keep_default_na=False, na_values=[""])


def write_table(path: Path, table: pd.DataFrame) -> None:
    with replacing(path) as draft:
        table.to_csv(draft, index=False, lineterminator="\n")

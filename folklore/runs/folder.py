"""The folder of a run. Snakemake knows its scores and its weights; the scores vouch for the files beside them.

Planning takes time by the file, so what a run leaves besides is not declared. It is written before the scores.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from folklore.execution.errors import UserError
from folklore.execution.files import read_json

SCORES = "scores.json"
COST = "cost.json"
VOUCHED_FOR = ("history.csv", "records.csv")


def checksums(folder: Path) -> dict[str, str]:
    """Name → SHA-256 of the files that the scores vouch for, as far as they are there."""
    files = {name: folder / name for name in VOUCHED_FOR}
    return {name: _sha256(path.read_bytes()) for name, path in files.items() if path.exists()}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class RunFolder:
    path: Path

    @property
    def recipe(self) -> str:
        return self.path.parent.name

    @cached_property
    def scores(self) -> dict[str, Any]:
        return read_json(self.path / SCORES)

    @cached_property
    def cost(self) -> dict[str, Any]:
        try:
            return json.loads(self._bytes(COST))
        except ValueError:
            raise self._spoilt(COST, "is not valid JSON") from None

    def text(self, name: str) -> str:
        """Of a file that the scores vouch for."""
        content = self._bytes(name)
        if _sha256(content) != self.scores.get("beside", {}).get(name):
            raise self._spoilt(name, f"is not the file that {SCORES} beside it vouches for")
        return content.decode()

    def _bytes(self, name: str) -> bytes:
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            raise self._spoilt(name, f"is missing beside {SCORES}") from None

    def _spoilt(self, name: str, what: str) -> UserError:
        return UserError(f"{self.path / name} {what}; delete {self.path / SCORES} to have the run trained again")

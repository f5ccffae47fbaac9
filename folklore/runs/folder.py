"""The folder of a finished run. The scores store the checksums of the other files.

Snakemake's planning takes time per declared file, so its rule declares scores and weights alone. A run writes the
scores last.
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
CHECKSUMMED = ("history.csv", "records.csv")


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file whose checksum the scores store, by name; a missing file is left out."""
    files = {name: folder / name for name in CHECKSUMMED}
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
            raise self._damaged(COST, "is not valid JSON") from None

    def text(self, name: str) -> str:
        """Return a file's content; raise UserError if it is not the file that the run wrote."""
        content = self._bytes(name)
        if _sha256(content) != self.scores.get("checksums", {}).get(name):
            raise self._damaged(name, f"does not have the checksum that {SCORES} stores")
        return content.decode()

    def _bytes(self, name: str) -> bytes:
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            raise self._damaged(name, f"is missing next to {SCORES}") from None

    def _damaged(self, name: str, what: str) -> UserError:
        return UserError(f"{self.path / name} {what}; delete {self.path / SCORES} to have the run trained again")

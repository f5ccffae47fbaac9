"""The code that results were made from, module by module, so that it can be told later which one changed.

Snakemake records a fingerprint with every output; a small file for each says what it stands for.
"""

from collections.abc import Mapping
from pathlib import Path

from folklore.execution.files import read_json, write_json

Modules = dict[str, str]  # module → hash of its meaning


def record_code(results: Path, fingerprints: Mapping[str, Modules]) -> None:
    for fingerprint, modules in fingerprints.items():
        path = _path(results, fingerprint)
        if not path.exists():
            write_json(path, modules)


def recorded_code(results: Path, fingerprint: str) -> Modules | None:
    """None for code that no workflow has recorded."""
    path = _path(results, fingerprint)
    return read_json(path) if path.exists() else None


def changed_modules(old: Modules, new: Modules) -> list[str]:
    """Those that mean something else now, and those that only one of the two reaches."""
    return sorted(module for module in old.keys() | new.keys() if old.get(module) != new.get(module))


def _path(results: Path, fingerprint: str) -> Path:
    return results / "code" / f"{fingerprint}.json"

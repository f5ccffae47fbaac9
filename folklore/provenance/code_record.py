"""Records of the code that results were made from, by module, to find later which module changed.

Snakemake records a fingerprint with every output; a small file per fingerprint lists its modules.
"""

from collections.abc import Mapping
from pathlib import Path

from folklore.execution.files import read_json, write_json

Modules = dict[str, str]  # module → hash of its tokens


def record_code(results: Path, fingerprints: Mapping[str, Modules]) -> None:
    for fingerprint, modules in fingerprints.items():
        path = _path(results, fingerprint)
        if not path.exists():
            write_json(path, modules)


def recorded_code(results: Path, fingerprint: str) -> Modules | None:
    """Return the modules of a fingerprint; None if no workflow recorded them."""
    path = _path(results, fingerprint)
    return read_json(path) if path.exists() else None


def changed_modules(old: Modules, new: Modules) -> list[str]:
    """Return the modules whose tokens changed, and those that are in only one of the two."""
    return sorted(module for module in old.keys() | new.keys() if old.get(module) != new.get(module))


def _path(results: Path, fingerprint: str) -> Path:
    return results / "code" / f"{fingerprint}.json"

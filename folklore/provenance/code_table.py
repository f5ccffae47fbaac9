"""The code that the rules of a workflow run, by fingerprint."""

from dataclasses import dataclass, field
from pathlib import Path

from folklore.provenance.code_record import Modules, record_code
from folklore.provenance.fingerprint import fingerprint, module_hashes


@dataclass(frozen=True)
class CodeTable:
    modules: dict[str, Modules] = field(default_factory=dict)  # by fingerprint
    _known: dict[tuple[str, ...], str] = field(default_factory=dict, repr=False)

    def fingerprint(self, *entries: str) -> str:
        """Return the fingerprint of all modules that these modules, or attributes `module:name`, import."""
        if entries not in self._known:
            hashes = module_hashes(*(entry.partition(":")[0] for entry in entries))
            self._known[entries] = fingerprint(hashes)
            self.modules[self._known[entries]] = hashes
        return self._known[entries]

    def record(self, results: Path) -> None:
        """Write down what each fingerprint stands for."""
        record_code(results, self.modules)

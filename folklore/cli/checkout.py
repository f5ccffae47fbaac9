"""The checkout of a command: its plan under the given settings, and its results folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from folklore.execution.errors import UserError, unknown
from folklore.execution.results_lock import lock_results
from folklore.plan.load import load_plan
from folklore.plan.plan import Plan
from folklore.plan.resources.forecast import RunHistory
from folklore.schema.yaml_file import read_yaml, read_yaml_value

STUDIES = Path("studies")


@dataclass(frozen=True)
class Checkout:
    config: tuple[str, ...]
    configfiles: tuple[Path, ...]
    settings: dict[str, Any]
    plan: Plan
    asked: tuple[str, ...] = ()  # studies named on the command line

    @classmethod
    def of(
        cls, config: Sequence[str] | None, configfiles: Sequence[Path] | None, asked: Sequence[str] | None = None
    ) -> "Checkout":
        if not Path("Snakefile").is_file():
            raise UserError("no Snakefile in this folder. Change to the folder of the workflow")
        settings = _settings(config or (), configfiles or ())
        return cls(
            tuple(config or ()), tuple(configfiles or ()), settings, load_plan(settings, STUDIES), tuple(asked or ())
        )

    @cached_property
    def results(self) -> Path:
        return Path(self.plan.config.results)

    @cached_property
    def edition(self) -> Path:
        return self.results / self.plan.config.edition

    @cached_property
    def past(self) -> RunHistory:
        return RunHistory(self.results, self.plan.recipes)

    @cached_property
    def names(self) -> dict[str, str]:
        """Map each recipe to `study/variant` of the first study that has it; studies on the command line come first."""
        found: dict[str, str] = {}
        for study in sorted(self.plan.studies.values(), key=lambda study: study.name not in self.asked):
            for variant in study.variants.values():
                found.setdefault(variant.id, f"{study.name}/{variant.name}")
        return found

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock of the results, so that no Snakemake uses them meanwhile."""
        holding = lock_results(self.results)
        try:
            yield
        finally:
            holding.release()

    def studies(self, named: Sequence[str] | None) -> list[str]:
        """Return the named studies, or all that config.yaml selects."""
        for name in named or ():
            if name not in self.plan.studies:
                raise UserError(unknown("study", name, self.plan.studies))
        return list(named or self.plan.studies)


def _settings(config: Sequence[str], configfiles: Sequence[Path]) -> dict[str, Any]:
    """Merge config.yaml, the files of --configfile and the settings of --config, in Snakemake's order."""
    found = read_yaml(Path("config.yaml"))
    for path in configfiles:
        found = _over(found, read_yaml(path))
    for setting in config:
        key, sign, value = setting.partition("=")
        if not sign:
            raise UserError(f"--config takes key=value; got {setting!r}")
        found = _over(found, {key: read_yaml_value(value, f"--config {key}")})
    return found


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(below.get(key), dict)
        merged[key] = _over(below[key], value) if both else value
    return merged

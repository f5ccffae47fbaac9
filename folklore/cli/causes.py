"""Why a job would run: what changed since its outputs were made, key by key."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from folklore.cli.checkout import Checkout
from folklore.cli.differences import Replaced, differences, replaced
from folklore.cli.origin import Origins
from folklore.cli.words import counted
from folklore.cli.would_run import DryRun, WouldRun
from folklore.provenance.code_record import changed_modules, recorded_code

Kind = Literal[
    "new", "lost", "recipe", "setting", "code", "data", "inputs", "environment", "interrupted", "follows", "other"
]
_SHOWN, _NAMED = 8, 2  # keys and files, of more

# Names of parameters in the output, where the parameter's own name says little.
_PREFIX = {"drawing": "", "study": "", "asked": "config.yaml"}


@dataclass(frozen=True)
class Cause:
    kind: Kind
    says: tuple[str, ...]  # lines
    modules: tuple[str, ...] = ()  # where it is the code: those that changed
    # Of the code that made the outputs, and of the code now; jobs that differ in these alone have one cause.
    fingerprints: tuple[str, str] = field(default=("", ""), compare=False)


@dataclass(frozen=True)
class Causes:
    checkout: Checkout
    answer: DryRun
    origins: Origins

    def of(self, job: WouldRun) -> tuple[Cause, ...]:
        if own := self.own(job):
            return own
        if not job.awaits:
            return (Cause("other", (job.snakemake_reason,)),)
        rules = dict.fromkeys(self.answer.jobs[number].rule for number in job.awaits)
        return (Cause("follows", (f"from {', '.join(rules)}",)),)

    def own(self, job: WouldRun) -> tuple[Cause, ...]:
        """Return the job's own causes, not those of the jobs it depends on."""
        if job.missing and job.recorded is None:
            return (self._of_new(job),)
        found = []
        if job.missing:
            found.append(Cause("lost", ("made before, deleted since",)))
        if job.interrupted:
            found.append(Cause("interrupted", ("did not come to its end",)))
        return (*found, *self._of_params(job), *_of_inputs(job))

    def _of_new(self, job: WouldRun) -> Cause:
        if job.rule == "train_run":
            kind, *says = self.origins.of(job.wildcards["recipe"], job.wildcards["seed"])
            return Cause(kind, tuple(says))
        return Cause("new", ("not made yet",))

    def _of_params(self, job: WouldRun) -> list[Cause]:
        recorded = [repr(self._in_full(ast.literal_eval(text))) for text in job.recorded or ()]
        now = {name: self._in_full(value) for name, value in job.params.items()}
        changed = replaced(recorded, now) if job.recorded is not None else []
        codes = [change for change in changed if change.name == "code"]
        others = [line for change in changed if change.name != "code" for line in _lines(change)]
        found = [Cause("setting", tuple(others))] if others else []
        modules = tuple(module for change in codes for module in self._modules(change))
        said = [", ".join(modules) or "of a module that was not recorded"] if codes else []
        said += ["the rule's command in workflow/"] if job.command else []
        found += [Cause("code", tuple(said), modules, _fingerprints(job, codes))] if said else []
        return [*found, Cause("environment", ("envs/",))] if job.environment else found

    def _in_full(self, value: Any) -> Any:
        """Return the content of a file that holds an option too long for the command line; any other value as it is."""
        path = value.removeprefix("@") if isinstance(value, str) and value.startswith("@") else None
        if path is None:
            return value
        return self.answer.options.get(path) or (Path(path).read_text() if Path(path).exists() else value)

    def _modules(self, change: Replaced) -> list[str]:
        old = recorded_code(self.checkout.results, change.old) if change.old else None
        return changed_modules(old, self.answer.code[change.new]) if old else []


def _fingerprints(job: WouldRun, changed: list[Replaced]) -> tuple[str, str]:
    now = job.params["code"]
    return (changed[0].old or "" if changed else now, now)


def _of_inputs(job: WouldRun) -> list[Cause]:
    found = []
    if changed := [path for path in job.inputs_changed if path not in job.inputs_new]:
        found.append(Cause("data", (f"{_named(changed)} changed",)))
    if job.inputs_new or job.inputs_gone:
        told = [f"made from {_named(job.inputs_new)} too"] if job.inputs_new else []
        told += [f"no longer from {_named(job.inputs_gone)}"] if job.inputs_gone else []
        found.append(Cause("inputs", (", ".join(told),)))
    return found


def _named(paths: Sequence[str]) -> str:
    return counted(len(paths), "file") if len(paths) > _NAMED else " and ".join(paths)


def _lines(change: Replaced) -> list[str]:
    prefix = _PREFIX.get(change.name, change.name)
    found = list(map(str, differences(change.old, change.new, prefix)))
    more = [f"… and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
    return [*found[:_SHOWN], *more]

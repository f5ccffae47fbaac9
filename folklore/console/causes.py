"""Why a job would run: what changed since its outputs were made, key by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from folklore.code_record import Modules, changed_modules, recorded_code
from folklore.console.differences import FINGERPRINT, Difference, Replaced, differences, replaced
from folklore.console.origin import Origins
from folklore.console.place import Place
from folklore.console.words import counted
from folklore.console.would_run import WouldRun

Kind = Literal["new", "lost", "recipe", "setting", "code", "data", "inputs", "environment", "follows"]
_SHOWN, _NAMED = 8, 2  # keys and files, of more

# What a parameter is called on the page, where its own name says little or its keys say it all.
_PREFIX = {"identity": "", "drawing": "", "study": "", "start": "command", "asked": "config.yaml", "split": "split"}


@dataclass(frozen=True)
class Cause:
    kind: Kind
    says: tuple[str, ...]  # lines
    modules: tuple[str, ...] = ()  # where it is the code: those that changed
    # Of the code that made the outputs, and of the code now; jobs that differ in these alone have one cause.
    fingerprints: tuple[str, str] = field(default=("", ""), compare=False)


@dataclass(frozen=True)
class Causes:
    place: Place
    jobs: Sequence[WouldRun]
    code: Mapping[str, Modules]  # of now, by fingerprint
    origins: Origins

    def of(self, job: WouldRun) -> tuple[Cause, ...]:
        own = self.own(job)
        if own or not job.awaits:
            return own
        rules = dict.fromkeys(self.jobs[number].rule for number in job.awaits)
        return (Cause("follows", (f"from {', '.join(rules)}",)),)

    def own(self, job: WouldRun) -> tuple[Cause, ...]:
        """Without what follows from the jobs before it."""
        if job.missing and job.recorded is None:
            return (self._of_new(job),)
        found = []
        if job.missing:
            found.append(Cause("lost", ("made before, and deleted since",)))
        return (*found, *self._of_params(job), *_of_inputs(job))

    def _of_new(self, job: WouldRun) -> Cause:
        if job.rule == "train_run":
            kind, *says = self.origins.of(job.wildcards["recipe"], job.wildcards["seed"])
            return Cause(kind, tuple(says))
        return Cause("new", ("not made yet",))

    def _of_params(self, job: WouldRun) -> list[Cause]:
        changed = replaced(job.recorded, job.params) if job.recorded is not None else []
        codes = [change for change in changed if change.name == "code"]
        others = [line for change in changed if change.name != "code" for line in _lines(change)]
        found = [Cause("setting", tuple(others))] if others else []
        modules = tuple(module for change in codes for module in self._modules(change))
        said = [", ".join(modules) or "of a module that was not recorded"] if codes else []
        said += ["the rule's command in workflow/"] if job.command else []
        found += [Cause("code", tuple(said), modules, _fingerprints(job, codes))] if said else []
        return [*found, Cause("environment", ("envs/",))] if job.environment else found

    def _modules(self, change: Replaced) -> list[str]:
        old = recorded_code(self.place.results, change.old) if change.old else None
        return changed_modules(old, self.code[change.new]) if old else []


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
    found = list(differences(change.old, change.new, prefix))
    if all(FINGERPRINT.fullmatch(str(value)) for value in (change.old, change.new)):
        found = [Difference(prefix, change.old, change.new)]
    more = [f"… and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
    return [*map(str, found[:_SHOWN]), *more]

"""The jobs that Snakemake would run, from Snakemake's own API: the one module that uses its internals.

Nothing runs, and no result is written. Snakemake's record of each output is read with the present state.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from snakemake.api import SnakemakeApi
from snakemake.cli import parse_args, parse_config
from snakemake.exceptions import RuleException, WorkflowError
from snakemake.settings.enums import ChangeType, Quietness
from snakemake.settings.types import (
    ConfigSettings,
    DAGSettings,
    DeploymentSettings,
    ExecutionSettings,
    OutputSettings,
    ResourceSettings,
)

from folklore.cli.checkout import Checkout
from folklore.cli.would_run import DryRun, WouldRun
from folklore.execution.errors import UserError


@contextmanager
def dry_run(checkout: Checkout, targets: Sequence[str] = ()) -> Iterator[DryRun]:
    """Plan the targets, or the whole report, under the default profile."""
    try:
        with redirect_stderr(io.StringIO()):
            _, args = parse_args(["--cores", "1", *_settings(checkout), "--", *targets])
        with SnakemakeApi(OutputSettings(quiet={Quietness.ALL}, enable_file_logging=False)) as api:
            workflow = _workflow(api, args)
            told = workflow.globals
            yield DryRun(workflow.async_run(_would_run(workflow)), told["CODE"].modules, told["LONG"].texts, workflow)
    except (WorkflowError, RuleException) as error:
        raise UserError(str(error).partition("\nTraceback")[0]) from None


def record_as_made(answer: DryRun, jobs: Iterable[WouldRun]) -> None:
    """Record the outputs as made now, as `snakemake --touch` does, but keep their time stamps: nothing else reruns."""
    answer.workflow.execution_settings = ExecutionSettings()
    for job in jobs:
        answer.workflow.async_run(answer.workflow.persistence.finished(job.told))


def _settings(checkout: Checkout) -> list[str]:
    files = ["--configfile", *map(str, checkout.configfiles)] if checkout.configfiles else []
    return [*files, *(["--config", *checkout.config] if checkout.config else [])]


def _workflow(api: SnakemakeApi, args: Any) -> Any:
    """Return a workflow with its DAG, in which the jobs that need to run are marked."""
    workflow = api.workflow(
        ResourceSettings(cores=1),
        config_settings=ConfigSettings(config=parse_config(args.config), configfiles=args.configfile),
        deployment_settings=DeploymentSettings(deployment_method=args.software_deployment_method),
    )
    dag = workflow.dag(
        DAGSettings(
            targets=args.targets,
            force_incomplete=True,
            rerun_triggers=args.rerun_triggers,
            max_checksum_file_size=args.max_checksum_file_size,
        )
    )
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        dag.list_changes(ChangeType.INPUT)
    return workflow._workflow


async def _would_run(workflow: Any) -> list[WouldRun]:
    """Return the jobs that would run, each after those that it depends on."""
    needed = set(workflow.dag.needrun_jobs())
    ordered = [
        job for level in workflow.dag.toposorted() for job in sorted(level, key=_place) if job in needed and job.output
    ]
    numbers = {job: number for number, job in enumerate(ordered)}
    return [await _described(workflow, job, numbers) for job in ordered]


def _place(job: Any) -> tuple[str, ...]:
    return tuple(map(str, job.output))


async def _described(workflow: Any, job: Any, numbers: dict[Any, int]) -> WouldRun:
    kept = workflow.persistence
    record = next(filter(None, map(kept.metadata, job.output)), None)
    now, before = set(map(str, job.input)), set((record and record.input) or ())
    return WouldRun(
        rule=job.rule.name,
        wildcards=dict(job.wildcards.items()),
        outputs=tuple(map(str, job.output)),
        missing=tuple(str(path) for path in job.output if not Path(path).exists()),
        params=_tracked(job),
        recorded=tuple(record.params) if record and record.params is not None else None,
        command=record is not None and any(kept.code_changed(job)),
        environment=record is not None and any(kept.software_stack_changed(job)),
        interrupted=bool(await kept.incomplete(job)),
        inputs_new=tuple(sorted(now - before)) if record else (),
        inputs_gone=tuple(sorted(before - now)) if record else (),
        inputs_changed=tuple(await _changed_inputs(workflow, job)),
        awaits=tuple(numbers[other] for other in workflow.dag.dependencies[job] if other in numbers),
        seconds=_seconds(record),
        snakemake_reason=str(workflow.dag.reason(job)),
        told=job,
    )


async def _changed_inputs(workflow: Any, job: Any) -> list[str]:
    """Return changed inputs by Snakemake's rules, which ignore inputs that another job makes anyway."""
    made, largest = await job.output_mintime, workflow.dag_settings.max_checksum_file_size
    found = []
    for path in job.input if made else ():
        if await path.exists() and await path.is_newer(made):
            known = workflow.persistence.input_checksums(job, path)
            same = len(known) == 1 and await path.is_same_checksum(next(iter(known)), largest)
            found += [] if same else [str(path)]
    return sorted(found)


def _tracked(job: Any) -> dict[str, Any]:
    """Return the tracked parameters by name; Snakemake does not track those that depend on threads or files."""
    tracked = set(map(repr, job.non_derived_params))
    return {name: value for name, value in job.params.items() if repr(value) in tracked}


def _seconds(record: Any) -> float | None:
    known = record is not None and record.starttime and record.endtime
    return max(record.endtime - record.starttime, 0.0) if known else None

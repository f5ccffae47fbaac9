"""`folklore accept`: accepts a code change that alters no result without rerunning, and logs who did so and why."""

import getpass
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from folklore.cli.acceptable import AcceptedJob, decide
from folklore.cli.causes import Causes
from folklore.cli.checkout import Checkout
from folklore.cli.command import ConfigFiles, Settings, Yes, output
from folklore.cli.origin import Origins
from folklore.cli.words import counted
from folklore.cli.would_run import DryRun
from folklore.execution.errors import UserError
from folklore.provenance.accepted import NAME, Acceptance, add_accepted
from folklore.provenance.code_record import record_code


def accept(
    changed: Annotated[list[str], typer.Argument(help="Rules or modules, such as train_run or folklore.train.loop.")],
    reason: Annotated[str, typer.Option(help="Why no result depends on the change; the report shows it.")],
    yes: Yes = False,
    config: Settings = None,
    configfile: ConfigFiles = None,
) -> None:
    """Accept a code change without rerunning the jobs that it affects.

    Possible only for jobs for which nothing else has changed. Their results then count as made by the present code.
    """
    from folklore.cli.snakemake_dag import dry_run, record_as_made  # noqa: PLC0415 (Snakemake takes a second to import)

    if not reason.strip():
        raise UserError("--reason: expected why no result depends on the change; got nothing")
    checkout, console = Checkout.of(config, configfile), output()
    with checkout.held(), dry_run(checkout) as answer:
        causes = Causes(checkout, answer, Origins(checkout))
        decision = decide(answer.jobs, causes, list(map(_as_module, changed)))
        if not decision.accepted:
            raise UserError(_nothing(answer, causes, changed))
        rows = _rows(decision.accepted, reason)
        _print(console, rows)
        if not yes and not typer.confirm("Count these as made by the present code?"):
            raise UserError("nothing was accepted")
        add_accepted(checkout.results / NAME, rows)
        record_code(checkout.results, answer.code)
        record_as_made(answer, (each.job for each in decision.accepted))
    files = sum(row.outputs for row in rows)
    done = f"Accepted: {counted(files, 'file')}, noted in {checkout.results / NAME}. {_what_is_left(decision.left)}"
    console.print(done, soft_wrap=True)


def _as_module(name: str) -> str:
    """Return the module of a path; any other name as it is."""
    return name.removesuffix(".py").replace("/", ".") if "/" in name else name


def _rows(accepted: list[AcceptedJob], reason: str) -> list[Acceptance]:
    outputs: Counter[tuple[str, ...]] = Counter()
    for each in accepted:
        outputs[each.job.rule, " ".join(each.change.modules), *each.change.fingerprints] += len(each.job.outputs)
    date, who = datetime.now(UTC).date().isoformat(), getpass.getuser()
    return [
        Acceptance(
            date=date, who=who, reason=reason, rule=rule, modules=modules, before=before, after=after, outputs=count
        )
        for (rule, modules, before, after), count in outputs.items()
    ]


def _print(console: Console, rows: list[Acceptance]) -> None:
    console.print(Text("Only the code has changed", "bold"), soft_wrap=True)
    table = Table(box=None)
    for head in ("rule", "files", "changed"):
        table.add_column(head, justify="right" if head == "files" else "left")
    files: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        files[row.rule, row.modules] += row.outputs
    for (rule, modules), count in files.items():
        table.add_row(rule, f"{count:,}", modules or "not recorded")
    console.print(table, "", sep="\n")


def _nothing(answer: DryRun, causes: Causes, changed: list[str]) -> str:
    found = [cause for job in answer.jobs for cause in causes.own(job) if cause.kind == "code"]
    modules = sorted({module for cause in found for module in cause.modules})
    names = ", ".join(changed)
    if not found:
        return f"nothing to accept: no result depends on changed code in {names}"
    told = f"; changed were {', '.join(modules)}" if modules else ""
    return (
        f"nothing to accept: no job would run because of {names} alone{told}. Name all changed modules of a job, or "
        "its rule. A job that would run for another reason too cannot be accepted; see `folklore explain`"
    )


def _what_is_left(jobs: int) -> str:
    if not jobs:
        return "Only the report, which shows this, would run."
    return f"{counted(jobs, 'other job')} would still run; see `folklore explain`."

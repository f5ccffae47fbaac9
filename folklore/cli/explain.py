"""`folklore explain`: which jobs would run, why, key by key, and for how long."""

from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from folklore.cli.causes import Cause, Causes
from folklore.cli.checkout import Checkout
from folklore.cli.command import ConfigFiles, Settings, output
from folklore.cli.costs import Costs
from folklore.cli.origin import Origins
from folklore.cli.words import counted
from folklore.cli.would_run import WouldRun
from folklore.execution.errors import UserError, unknown

_EXAMPLES = 3
_WIDTH = 11  # of the column that names the kind of a cause

Grouped = dict[tuple[Cause, ...], list[WouldRun]]


def explain(
    targets: Annotated[
        list[str] | None, typer.Argument(help="Studies, or paths of results such as figures; none named: the report.")
    ] = None,
    config: Settings = None,
    configfile: ConfigFiles = None,
) -> None:
    """Show which jobs would run, why, key by key, and for how long.

    Snakemake itself is queried; nothing runs.
    """
    from folklore.cli.snakemake_dag import dry_run  # noqa: PLC0415 (Snakemake takes a second to import)

    targets = targets or []
    checkout, console = Checkout.of(config, configfile, [target for target in targets if "/" not in target]), output()
    with dry_run(checkout, _files(checkout, targets)) as answer:
        causes, costs = Causes(checkout, answer, Origins(checkout)), Costs(checkout, answer.jobs)
        by_rule: dict[str, Grouped] = defaultdict(lambda: defaultdict(list))
        for job in answer.jobs:
            by_rule[job.rule][causes.of(job)].append(job)
        if not answer.jobs:
            console.print("Nothing would run: everything is up to date.")
            return
        console.print(f"{counted(len(answer.jobs), 'job')} would run: {costs.of(answer.jobs).in_hours()}")
        for rule, grouped in by_rule.items():
            jobs = [job for members in grouped.values() for job in members]
            console.print(Text(f"\n{rule}", "bold") + f" · {counted(len(jobs), 'job')} · {costs.of(jobs)}")
            _print_causes(console, checkout, grouped)


def _files(checkout: Checkout, targets: list[str]) -> list[str]:
    """Return the files of the targets: of a study, its section and the scores of its runs."""
    found = []
    for target in targets:
        if "/" in target:
            found.append(_figure_or_other(checkout, target))
        else:
            (study,) = checkout.studies([target])
            runs = dict.fromkeys(checkout.plan.studies[study].runs)
            found.append(f"{checkout.edition}/report/sections/{study}.json")
            found += [f"{checkout.results}/runs/{run.recipe}/{run.seed}/scores.json" for run in runs]
    return found


def _figure_or_other(checkout: Checkout, path: str) -> str:
    """Return the path; raise UserError with the known figures if no study has the figure."""
    folder, name = Path(path).parent, Path(path).stem
    if folder.parent == checkout.edition / "figures":
        (study,) = checkout.studies([folder.name])
        figures = checkout.plan.studies[study].study.figures
        if name not in figures:
            raise UserError(unknown(f"figure of {study}", name, figures))
    return path


def _print_causes(console: Console, checkout: Checkout, grouped: Grouped) -> None:
    for causes, jobs in sorted(grouped.items(), key=lambda entry: -len(entry[1])):
        for number, cause in enumerate(causes):
            for index, line in enumerate(cause.says):
                count = f"{len(jobs):>6,}  " if not number and not index else " " * 8
                kind = f"{cause.kind if not index else '':<{_WIDTH}}"
                console.print(Text(count) + Text(kind, "cyan") + Text(line), soft_wrap=True)
        told = jobs[0].rule == "train_run" and causes[0].kind in ("new", "recipe")
        if examples := "" if told else _examples(checkout, jobs):
            console.print(Text(" " * 8 + examples, "dim"), soft_wrap=True)


def _examples(checkout: Checkout, jobs: list[WouldRun]) -> str:
    names = list(dict.fromkeys(filter(None, (_name(checkout, job) for job in jobs))))
    more = f" … and {len(names) - _EXAMPLES:,} more" if len(names) > _EXAMPLES else ""
    return "; ".join(names[:_EXAMPLES]) + more


def _name(checkout: Checkout, job: WouldRun) -> str:
    """Name a run by study and variant, any other job by its wildcards."""
    told = dict(job.wildcards)
    if recipe := told.pop("recipe", None):
        told = {"run": checkout.names.get(recipe, recipe), **{key: f"{key} {value}" for key, value in told.items()}}
        return ", ".join(told.values())
    return "/".join(told.values())

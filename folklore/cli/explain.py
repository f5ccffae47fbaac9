"""What would run, why, key by key, and what it will cost."""

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
    """What would run, why, key by key, and what it will cost.

    Snakemake itself is asked; nothing is run.
    """
    from folklore.cli.snakemake_dag import dry_run  # noqa: PLC0415 (Snakemake takes a second to import)

    targets = targets or []
    place, console = Checkout.of(config, configfile, [target for target in targets if "/" not in target]), output()
    with dry_run(place, _files(place, targets)) as answer:
        causes, costs = Causes(place, answer, Origins(place)), Costs(place, answer.jobs)
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
            _print_causes(console, place, grouped)


def _files(place: Checkout, targets: list[str]) -> list[str]:
    """A study stands for its section of the report and for all of its runs."""
    found = []
    for target in targets:
        if "/" in target:
            found.append(_figure_or_other(place, target))
        else:
            (study,) = place.studies([target])
            runs = dict.fromkeys(place.plan.studies[study].runs)
            found.append(f"{place.edition}/report/sections/{study}.json")
            found += [f"{place.results}/runs/{run.recipe}/{run.seed}/scores.json" for run in runs]
    return found


def _figure_or_other(place: Checkout, path: str) -> str:
    """The path; a figure that no study has is named here, since Snakemake would not say what there is."""
    folder, name = Path(path).parent, Path(path).stem
    if folder.parent == place.edition / "figures":
        (study,) = place.studies([folder.name])
        figures = place.plan.studies[study].study.figures
        if name not in figures:
            raise UserError(unknown(f"figure of {study}", name, figures))
    return path


def _print_causes(console: Console, place: Checkout, grouped: Grouped) -> None:
    for causes, jobs in sorted(grouped.items(), key=lambda entry: -len(entry[1])):
        for number, cause in enumerate(causes):
            for place_in, line in enumerate(cause.says):
                count = f"{len(jobs):>6,}  " if not number and not place_in else " " * 8
                kind = f"{cause.kind if not place_in else '':<{_WIDTH}}"
                console.print(Text(count) + Text(kind, "cyan") + Text(line), soft_wrap=True)
        told = jobs[0].rule == "train_run" and causes[0].kind in ("new", "recipe")
        if examples := "" if told else _examples(place, jobs):
            console.print(Text(" " * 8 + examples, "dim"), soft_wrap=True)


def _examples(place: Checkout, jobs: list[WouldRun]) -> str:
    names = list(dict.fromkeys(filter(None, (_name(place, job) for job in jobs))))
    more = f" … and {len(names) - _EXAMPLES:,} more" if len(names) > _EXAMPLES else ""
    return "; ".join(names[:_EXAMPLES]) + more


def _name(place: Checkout, job: WouldRun) -> str:
    """What users call it: a run by study and variant, anything else by its wildcards."""
    told = dict(job.wildcards)
    if recipe := told.pop("recipe", None):
        told = {"run": place.names.get(recipe, recipe), **{key: f"{key} {value}" for key, value in told.items()}}
        return ", ".join(told.values())
    return "/".join(told.values())

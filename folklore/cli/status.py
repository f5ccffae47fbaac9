"""`folklore status`: which runs are done, in progress or failed, and how long the rest will take."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from folklore.cli.checkout import Checkout
from folklore.cli.command import ConfigFiles, Settings, output
from folklore.cli.states import RunsOnDisk, RunState
from folklore.cli.words import counted, duration
from folklore.execution.files import last_lines
from folklore.schema.recipe import Run

# Marks differ in shape, and in colours that colour-blind readers can distinguish.
MARKS = {
    RunState.DONE: ("●", "blue"),
    RunState.RUNNING: ("▶", "bright_cyan"),
    RunState.FAILED: ("✗", "bold red"),
    RunState.DIVERGED: ("↗", "yellow"),
    RunState.MISSING: ("·", "dim"),
}
_FAILURES, _LINES = 5, 3  # number of logs shown, and of their last lines

States = dict[Run, RunState]


def status(
    studies: Annotated[list[str] | None, typer.Argument(help="Studies to show run by run; none: counts.")] = None,
    config: Settings = None,
    configfile: ConfigFiles = None,
) -> None:
    """Show which runs are done, in progress or failed, and how long the rest will take.

    It reads files alone, so it works at any time, also during a run on a cluster.
    """
    checkout, console = Checkout.of(config, configfile, studies), output()
    disk = RunsOnDisk(checkout.results, checkout.edition)
    asked = checkout.studies(studies)
    by_study = {name: disk.states(name, checkout.plan.studies[name].runs) for name in asked}
    if studies:
        for name in asked:
            _print_study(console, checkout, name, by_study[name])
    else:
        _print_counts(console, checkout, by_study)
    states = {run: state for found in by_study.values() for run, state in found.items()}
    console.print(_time_left(checkout, disk, states), "", sep="\n", soft_wrap=True)
    _print_failures(console, checkout, disk, states)


def _print_counts(console: Console, checkout: Checkout, by_study: dict[str, States]) -> None:
    console.print(Text(f"Runs of edition {checkout.plan.config.edition}", "bold"), soft_wrap=True)
    table = Table(box=None)
    table.add_column("\nstudy", no_wrap=True)
    for state in RunState:
        table.add_column(_mark(state) + Text(f"\n{state}", "bold"), justify="right")
    table.add_column("\nof", justify="right")
    for name, states in by_study.items():
        table.add_row(name, *_cells(states.values()))
    if len(by_study) > 1:
        every = {run: state for states in by_study.values() for run, state in states.items()}
        table.add_section()
        table.add_row("all, shared runs once", *_cells(every.values()), style="bold")
    console.print(table, "", sep="\n")


def _cells(states: Iterable[RunState]) -> list[str]:
    counts = Counter(states)
    return [*(f"{counts[state]:,}" if counts[state] else "–" for state in RunState), f"{counts.total():,}"]


def _print_study(console: Console, checkout: Checkout, name: str, states: States) -> None:
    study = checkout.plan.studies[name]
    console.print(Text(f"{name}, edition {checkout.plan.config.edition}", "bold"), soft_wrap=True)
    table = Table(box=None)
    table.add_column("variant")
    table.add_column(f"seeds {_seeds(study.seeds)}", overflow="fold")
    for variant in study.variants.values():
        marks = (_mark(states[Run(recipe=variant.id, seed=seed)]) for seed in study.seeds)
        table.add_row(variant.name, Text().join(marks))
    counts = Counter(states.values())
    legend = Text("   ").join(_mark(state) + Text(f" {state} {counts[state]}") for state in RunState)
    console.print(table, "", legend, "", sep="\n")


def _seeds(seeds: tuple[int, ...]) -> str:
    """Return seeds such as `1–5` or `1, 3, 9`."""
    if len(seeds) > 2 and seeds == tuple(range(seeds[0], seeds[-1] + 1)):
        return f"{seeds[0]}–{seeds[-1]}"
    return ", ".join(str(seed) for seed in seeds)


def _mark(state: RunState) -> Text:
    sign, style = MARKS[state]
    return Text(sign, style)


def _time_left(checkout: Checkout, disk: RunsOnDisk, states: States) -> str:
    waiting = [run for run, state in states.items() if state in (RunState.MISSING, RunState.FAILED)]
    running = [run for run, state in states.items() if state is RunState.RUNNING]
    if not waiting and not running:
        return "Nothing is left to train."
    seconds = sum(checkout.past.forecast(run.recipe).seconds for run in waiting)
    for run in running:
        known = (disk.in_progress(run) or {}).get("seconds_left")
        seconds += checkout.past.forecast(run.recipe).seconds if known is None else known
    sources = Counter(checkout.past.forecast(run.recipe).source for run in waiting + running)
    basis = ", ".join(f"{count:,} {source}" for source, count in sources.most_common())
    left = f"Left to train: {counted(len(waiting) + len(running), 'run')}, {duration(seconds)} of training"
    pace = f"; with {len(running)} at a time, as now, {duration(seconds / len(running))} from now" if running else ""
    return f"{left} (forecasts: {basis}){pace}."


def _print_failures(console: Console, checkout: Checkout, disk: RunsOnDisk, states: States) -> None:
    failed = [run for run, state in states.items() if state is RunState.FAILED]
    for run in failed[:_FAILURES]:
        console.print(Text(f"✗ {checkout.names[run.recipe]}, seed {run.seed}: {disk.log(run)}", "red"), soft_wrap=True)
        for line in last_lines(disk.log(run), _LINES):
            console.print(Text(f"    {line}"), soft_wrap=True)
    if len(failed) > _FAILURES:
        console.print(f"… and {len(failed) - _FAILURES:,} more; `folklore status STUDY` shows which.")

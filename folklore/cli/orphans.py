"""`folklore orphans`: lists and removes results that no study refers to."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from folklore.cli.checkout import Checkout
from folklore.cli.command import ConfigFiles, Settings, Yes, output
from folklore.cli.leftovers import Leftover, leftovers
from folklore.cli.referenced import named
from folklore.cli.words import counted, size
from folklore.execution.errors import UserError

_SHOWN = 40


def orphans(
    remove: Annotated[bool, typer.Option("--remove", help="Remove them, after confirmation.")] = False,
    yes: Yes = False,
    config: Settings = None,
    configfile: ConfigFiles = None,
) -> None:
    """List results that no study refers to, at any scale and for any data source; the largest first.

    Considers the data sources of config.yaml, and the official and embedded ones.
    """
    checkout, console = Checkout.of(config, configfile), output()
    if not remove:
        found = leftovers(checkout.results, named(checkout))
        _print(console, checkout, found)
        return
    with checkout.held():
        found = leftovers(checkout.results, named(checkout))
        _print(console, checkout, found)
        if not found:
            return
        if not yes and not typer.confirm(f"Remove {counted(len(found), 'result')} for good?"):
            raise UserError("nothing was removed")
        for leftover in found:
            leftover.remove()
    console.print(f"Removed {counted(len(found), 'result')}, {size(sum(each.bytes for each in found))}.")


def _print(console: Console, checkout: Checkout, found: list[Leftover]) -> None:
    if not found:
        console.print(f"Every result in {checkout.results} is named by a study.")
        return
    console.print(Text(f"In {checkout.results}, named by no study", "bold"), soft_wrap=True)
    table = Table(box=None)
    table.add_column("size", justify="right")
    table.add_column("kind")
    table.add_column("path", overflow="fold")
    for leftover in found[:_SHOWN]:
        table.add_row(size(leftover.bytes), leftover.kind, str(leftover.path))
    console.print(table)
    if len(found) > _SHOWN:
        console.print(f"… and {len(found) - _SHOWN:,} smaller ones")
    console.print(f"\n{counted(len(found), 'result')}, {size(sum(each.bytes for each in found))} in all.")

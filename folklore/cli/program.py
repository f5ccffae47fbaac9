"""The program `folklore` and its commands."""

import typer

from folklore.cli.accept import accept
from folklore.cli.command import Command
from folklore.cli.explain import explain
from folklore.cli.orphans import orphans
from folklore.cli.status import status

program = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@program.callback()
def folklore() -> None:
    """Manage the results of the workflow: what is done, what would run and why, what is no longer needed."""


for function in (status, explain, accept, orphans):
    program.command(cls=Command)(function)

"""Options, errors and output that all commands share."""

import sys
from pathlib import Path
from typing import Annotated, Any

import click
import typer
from rich.console import Console
from typer.core import TyperCommand

from folklore.execution.errors import UserError
from folklore.execution.option_words import one_by_one

Settings = Annotated[
    list[str] | None,
    typer.Option("--config", metavar="KEY=VALUE …", help="Settings that override config.yaml, as with Snakemake."),
]
ConfigFiles = Annotated[
    list[Path] | None,
    typer.Option("--configfile", help="A file that overrides config.yaml, as with Snakemake."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]


class Command(TyperCommand):
    """Accept several settings after `--config`, as Snakemake does.

    Errors of the user's input or of the disk end the command with exit code 1 and one message.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, one_by_one(args, ["--config"], further="="))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            sys.exit(f"error: {error}")
        except OSError as error:
            sys.exit(f"error: {error.strerror or error}: {error.filename or 'while reading or writing'}")


def output() -> Console:
    """Return a new console, since tests and pipes replace the stream."""
    return Console(highlight=False)

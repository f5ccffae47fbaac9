"""What all commands share: the settings that Snakemake takes too, how they end, and where the output goes."""

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
    typer.Option("--config", metavar="KEY=VALUE …", help="Settings of config.yaml, as Snakemake takes them."),
]
ConfigFiles = Annotated[
    list[Path] | None, typer.Option("--configfile", help="A file laid over config.yaml, as Snakemake takes it.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without a question.")]


class Command(TyperCommand):
    """`--config` may be followed by several settings, as with Snakemake.

    Where the user or the disk is at fault, it ends with exit code 1 and one message.
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
    """Made when asked for, since tests and pipes exchange the stream."""
    return Console(highlight=False)

"""Calls a job from the command line: each parameter of its function is an option of the same name."""

import inspect
import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from signal import SIGINT
from typing import Annotated, Any, TextIO

import typer

from folklore.execution.errors import UserError
from folklore.execution.files import read_json
from folklore.execution.interruption import Interrupted
from folklore.execution.option_words import one_by_one

_JSON = (dict, list)  # types of parameters that are given as JSON
_SEVERAL = list[Path]


def run_job(job: Callable[..., None]) -> None:
    """Call the job with the process's arguments; end the process if the job does not succeed.

    The exit code is 1, with one message, for errors of the user's input, the disk or the network; it is that of a shell
    for a signal. Any other exception is a bug and keeps its traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        _write_any_character(stream)
    program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    program.command(help=inspect.getdoc(sys.modules[job.__module__]))(_with_options(job))
    lists = [f"--{name}" for name, kind in inspect.get_annotations(job).items() if kind == _SEVERAL]
    try:
        program(args=one_by_one(sys.argv[1:], lists), prog_name=job.__name__)
    except SystemExit as ended:
        if ended.code:
            raise


def _write_any_character(stream: TextIO) -> None:
    """Logs are UTF-8, whatever the locale of the process that starts the job."""
    stream.reconfigure(encoding="utf-8", errors="replace")


def _with_options(job: Callable[..., None]) -> Callable[..., None]:
    """The job with one message for expected errors, and with the annotations that typer reads its options from."""

    @wraps(job)
    def command(**options: Any) -> None:
        _call(job, options)

    parameters = [_option(parameter) for parameter in inspect.signature(job).parameters.values()]
    command.__signature__ = inspect.Signature(parameters)
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def _option(parameter: inspect.Parameter) -> inspect.Parameter:
    name, kind = f"--{parameter.name}", parameter.annotation
    if kind == _SEVERAL:
        default, annotation = [], Annotated[_SEVERAL, typer.Option(name)]
    elif kind in _JSON:
        default, annotation = parameter.empty, Annotated[str, typer.Option(name, parser=_json)]
    else:
        default, annotation = parameter.empty, Annotated[kind, typer.Option(name)]
    return parameter.replace(kind=parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _call(job: Callable[..., None], options: dict[str, Any]) -> None:
    try:
        job(**options)
    except UserError as error:
        sys.exit(f"error: {error}")
    except Interrupted as interruption:
        print(interruption, flush=True)
        sys.exit(interruption.exit_code)
    except KeyboardInterrupt:
        sys.exit(128 + SIGINT)
    except OSError as error:
        sys.exit(f"error: {error.strerror or error}: {error.filename or 'while reading or writing'}")
    except (MemoryError, RuntimeError) as error:
        if not _lacks_memory(error):
            raise
        sys.exit("error: out of memory. Reduce `batch_size` or raise the job's memory limit; retries on a cluster do")


def _lacks_memory(error: Exception) -> bool:
    """Torch raises a RuntimeError that says so, for the CPU and for GPUs."""
    return isinstance(error, MemoryError) or any(said in str(error) for said in ("allocate memory", "out of memory"))


def _json(word: str) -> Any:
    """Read JSON; `@` and a path stand for the content of a file, since a command line has a limit."""
    return read_json(Path(word.removeprefix("@"))) if word.startswith("@") else json.loads(word)

"""Calls a job from the command line: each keyword of its function is an option that must be given."""

import argparse
import inspect
import json
import sys
from collections.abc import Callable
from pathlib import Path
from signal import SIGINT
from typing import Any

from folklore.execution.errors import UserError
from folklore.execution.files import read_json
from folklore.execution.interruption import Interrupted


def run_job(job: Callable[..., None]) -> None:
    """Ends the process with exit code 1 and one message where the user, the disk or the network is at fault, and as a
    shell has it on a signal."""
    try:
        job(**_arguments(job))
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
        sys.exit(
            "error: memory ran out; leave the job more, or take smaller batches. A retry on a cluster asks for more"
        )


def _lacks_memory(error: Exception) -> bool:
    """Torch raises a RuntimeError, which says so, for the CPU and for graphics processors."""
    return isinstance(error, MemoryError) or any(said in str(error) for said in ("allocate memory", "out of memory"))


def _arguments(job: Callable[..., None]) -> dict[str, Any]:
    parser = argparse.ArgumentParser(description=inspect.getdoc(sys.modules[job.__module__]))
    for name, parameter in inspect.signature(job).parameters.items():
        kind, several = _reader(parameter.annotation)
        parser.add_argument(f"--{name}", required=True, type=kind, nargs="*" if several else None)
    return vars(parser.parse_args())


def _reader(annotation: Any) -> tuple[Callable[[str], Any], bool]:
    """(how to read one word, whether there are several); a dict or list comes as JSON, a long one as `@` and a file."""
    if annotation == list[Path]:
        return Path, True
    return {dict: _json, list: _json, Path: Path, int: int, str: str}[annotation], False


def _json(word: str) -> Any:
    return read_json(Path(word.removeprefix("@"))) if word.startswith("@") else json.loads(word)

"""The command that starts a job, and options that are too long for a command line."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote
from typing import Any

from folklore.execution.files import write_text

LONGEST = 16_000  # bytes of an option: Linux gives a job's whole command 128 KiB, for some six options


@dataclass(frozen=True)
class StartCommand:
    deployed: bool  # jobs run in a conda environment or a container
    remote: bool  # this Snakemake runs inside a job of a cluster

    def of(self, job: str) -> str:
        """Return the command, which takes the shell's place (`exec`), so that signals reach the job."""
        python = "python" if self.deployed else quote(sys.executable)
        return f"exec {python} -m folklore.{self._module(job)}"

    def _module(self, job: str) -> str:
        if job == "train_run" and self.remote:
            return "execution.restore_finished"
        forked = sys.platform == "linux" and not (self.deployed or self.remote)
        return f"execution.fork_server {job}" if forked else f"jobs.{job}"


def option_words(options: Mapping[str, Any]) -> str:
    """Return the options as a shell reads them."""
    return " ".join(f"--{name} {quote(str(value))}" for name, value in options.items())


@dataclass(frozen=True)
class LongOptions:
    """Options that are handed over in files, which are written before the first job starts."""

    folder: str
    digest: Callable[[str], str]
    texts: dict[str, str] = field(default_factory=dict)  # path → text

    def option(self, text: str) -> str:
        """Return the text, or `@` and the path of the file that will hold it."""
        if len(text.encode()) < LONGEST:
            return text
        path = f"{self.folder}/{self.digest(text)}.json"
        self.texts[path] = text
        return f"@{path}"

    def write(self) -> None:
        for path, text in self.texts.items():
            write_text(Path(path), text)

"""Calls of SLURM besides those of Snakemake's executor: check a request, end jobs of an earlier Snakemake."""

import subprocess
import time
from collections.abc import Iterable
from contextlib import suppress

from folklore.execution.errors import UserError

_ANSWER = 120  # seconds that a command of SLURM may take; it retries while the controller is down
_PATIENCE, _PAUSE = 600, 1  # seconds until cancelled jobs have ended, and between two queries


def ask(partition: str | None, account: str | None, **resources: int) -> None:
    """Raise UserError with SLURM's message if it would refuse such a job; submit nothing."""
    asked = {"partition": partition, "account": account, **resources}
    options = [f"--{name}={value}" for name, value in asked.items() if value]
    said = _run("sbatch", "--test-only", "--ntasks=1", *options, "--wrap=true")
    if said.returncode:
        raise UserError(
            f"SLURM refuses jobs with {' '.join(options)}: {said.stderr.strip()}. "
            "Set partition and account in profiles/slurm/profile.yaml"
        )


def end(names: Iterable[str]) -> list[str]:
    """End all jobs of these names, and return their numbers. Training runs among them save their state."""
    chosen = ["--me", f"--name={','.join(names)}"]
    left = _jobs(chosen)
    if left:
        _run("scancel", *left)
    deadline = time.monotonic() + _PATIENCE
    while (there := _jobs(chosen)) and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    if there:
        raise UserError(f"jobs of an earlier Snakemake do not end: {', '.join(there)}. Look at them with squeue")
    return left


def answers() -> bool:
    """Return whether the controller answers."""
    with suppress(UserError):
        return _run("squeue", "--me", "--noheader").returncode == 0
    return False


def _jobs(chosen: list[str]) -> list[str]:
    """Return the jobs that are waiting, running or ending."""
    said = _run("squeue", *chosen, "--noheader", "--format=%A")
    if said.returncode:
        raise UserError(f"SLURM does not answer: {said.stderr.strip()}. Run the same command again when it does")
    return sorted(set(said.stdout.split()))


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=_ANSWER)
    except FileNotFoundError:
        raise UserError(f"there is no {command[0]} here; the slurm profile is for hosts that can submit jobs") from None
    except subprocess.TimeoutExpired:
        raise UserError(f"SLURM did not answer {command[0]} within {_ANSWER} seconds") from None

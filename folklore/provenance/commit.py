"""The version of a checkout."""

import subprocess
from pathlib import Path


def commit_of(folder: str | Path) -> str:
    command = ["git", "-C", folder, "describe", "--always", "--dirty"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown (not a git checkout)"

"""A folder on this machine for what processes of one user agree about."""

import os
import tempfile
from errno import EACCES
from pathlib import Path


def own_folder() -> Path:
    """Nobody else may enter it; raises PermissionError where somebody may."""
    folder = Path(tempfile.gettempdir(), f"folklore-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o077:
        raise PermissionError(EACCES, "is open to others", str(folder))
    return folder

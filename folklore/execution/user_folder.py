"""A folder on this machine for locks and sockets that the processes of one user share."""

import os
import tempfile
from errno import EACCES
from pathlib import Path


def own_folder() -> Path:
    """Return the folder, which only this user may enter; raise PermissionError if others may."""
    folder = Path(tempfile.gettempdir(), f"folklore-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o077:
        raise PermissionError(EACCES, "is open to others", str(folder))
    return folder

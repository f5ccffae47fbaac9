"""Memory of the process: how much it took at most, and what is done with what it frees."""

import ctypes
import resource
import sys

# glibc's names for the sizes from which it takes blocks from the system one by one, and gives them back; the first
# cannot be larger than this.
_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1
_LARGEST_BLOCK, _NEVER = 32 * 2**20, 2**31 - 1


def keep_freed_memory() -> None:
    """A step frees and takes the same megabytes again; faulting them in anew costs a fifth of a small CNN's time."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_MMAP_THRESHOLD, _LARGEST_BLOCK)
        library.mallopt(_TRIM_THRESHOLD, _NEVER)


def peak_memory() -> int:
    """Bytes of this process, at its largest; getrusage counts kilobytes everywhere but on macOS."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit

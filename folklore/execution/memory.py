"""Memory of the process: its peak, and whether freed memory is returned to the operating system."""

import ctypes
import resource
import sys

# glibc's parameters: the size from which it maps blocks one by one, whose maximum is 32 MiB, and the size from which it
# returns freed memory.
_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1
_LARGEST_BLOCK, _NEVER = 32 * 2**20, 2**31 - 1


def keep_freed_memory() -> None:
    """Keep the memory that each step frees and takes again: page faults would cost a fifth of a small CNN's time."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_MMAP_THRESHOLD, _LARGEST_BLOCK)
        library.mallopt(_TRIM_THRESHOLD, _NEVER)


def peak_memory() -> int:
    """Return the peak memory of this process in bytes; getrusage counts kilobytes except on macOS."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit

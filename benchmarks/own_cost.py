"""Runs Snakemake, and writes what its own process took, without the jobs that it started.

python -P own_cost.py FILE ARGUMENT…      leaves {"seconds": of processor, "bytes": of memory, at most} in FILE
"""

import json
import resource
import sys
from pathlib import Path

from snakemake.cli import main

target = Path(sys.argv[1])
try:
    main(sys.argv[2:])
finally:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = usage.ru_utime + usage.ru_stime
    target.write_text(json.dumps({"seconds": seconds, "bytes": usage.ru_maxrss * 1024}), encoding="utf-8")

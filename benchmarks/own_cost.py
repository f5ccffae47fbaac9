"""Runs Snakemake, and writes the CPU time and memory of its own process, without its jobs.

python -P own_cost.py FILE ARGUMENT…      writes {"seconds": CPU time, "bytes": peak memory} to FILE
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

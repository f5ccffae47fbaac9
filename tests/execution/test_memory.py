"""A training that runs out of memory says so in one line, leaves nothing half done, and can be called again."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

# The limit leaves some megabytes beyond what the process has once everything is imported, and less than the network.
SHORT_OF_MEMORY = """
import resource, runpy, sys
import folklore.jobs.train_run, folklore.train.loop
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 32 * 2**20, resource.RLIM_INFINITY))
sys.argv[0] = "train_run"
del sys.modules["folklore.jobs.train_run"]
runpy.run_module("folklore.jobs.train_run", run_name="__main__")
"""


@pytest.mark.slow
@pytest.mark.fault("memory is exhausted")
@pytest.mark.skipif(sys.platform != "linux", reason="reads its size from /proc")
def test_a_training_without_memory_ends_with_one_message_and_the_same_command_finishes_with_more(tiny_run):
    settings = json.loads(tiny_run.settings)
    wide = settings | {"model": settings["model"] | {"widths": [16_000]}, "epochs": 1}
    run = replace(tiny_run, settings=json.dumps(wide))
    command = run.start("a")
    command.kill()
    command.communicate()
    short = [sys.executable, "-c", SHORT_OF_MEMORY, *command.args[3:]]
    done = subprocess.run(short, cwd=run.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: out of memory")
    assert "Traceback" not in done.stderr
    assert not list(run.folder.glob("a/*.json")) + list(run.folder.glob("a/*.safetensors"))
    for results in ("a", "b"):
        again = run.start(results)
        again.communicate()
        assert again.returncode == 0
    assert run.results("a") == run.results("b")

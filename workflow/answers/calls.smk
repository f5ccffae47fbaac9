"""How jobs are called: the command, the code that it stands for, and options that are too long for it."""

import sys
from inspect import isfunction, signature
from shlex import quote

from folklore.provenance.fingerprint import fingerprint, module_hashes
from folklore.execution.files import write_text
from folklore.provenance.canonical import digest


def often_asked(answer):
    """Snakemake looks at what an answer takes ten times a run, and Python works that out each time unless it is kept."""
    answer.__signature__ = signature(answer)
    return answer


def start(job):
    """How a job is called, in the shell's place, so that signals reach it. Snakemake does not track what depends on
    the output: another Python must not retrain anything."""

    @often_asked
    def command(wildcards, output):
        deployed = workflow.deployment_settings and workflow.deployment_settings.deployment_method
        warm = sys.platform == "linux" and not (deployed or workflow.remote_exec)
        called = f"jobs.{job}"
        if job == "train_run" and workflow.remote_exec:
            called = "execution.restore_finished"
        elif warm:
            called = f"execution.fork_server {job}"
        return f"exec {'python' if deployed else quote(sys.executable)} -m folklore.{called}"

    return command


def module_of(target):
    return target.partition(":")[0]


# Fingerprint → the modules that it stands for, of the code that this workflow has asked about.
CODE = {}


@cache
def code(job, *targets):
    modules = module_hashes(f"folklore.jobs.{job}", *map(module_of, targets))
    CODE[fingerprint(modules)] = modules
    return fingerprint(modules)


def models_of(recipes):
    """The builders, and the files of users that they run."""
    networks = [recipe.network for recipe in recipes if recipe.network]
    files = {str(file) for network in networks for file in network.files}
    return sorted({builder(network.name) for network in networks} | files)


# Path → content of what is too long for a command line: Linux gives a job's whole command 128 KiB, for some six options.
LONG_OPTIONS = {}
LONG = 16_000


def option(text):
    """JSON as it is; where it is long, `@` and the file that holds it when the first job starts."""
    if len(text.encode()) < LONG:
        return text
    path = f"{RESULTS}/options/{digest(text, 16)}.json"
    LONG_OPTIONS[path] = text
    return f"@{path}"


def write_long_options():
    for path, text in LONG_OPTIONS.items():
        write_text(Path(path), text)

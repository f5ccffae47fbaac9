"""A real SLURM of one node, started for these tests and ended after them, and a checkout that is set up for it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from checkouts import Checkout, new_checkout

from folklore.plan.load import load_plan

HERE = Path(__file__).parent
COMMANDS = ("slurmctld", "slurmd", "munged", "sbatch", "srun")
DEADLINE = 300  # seconds for anything that is waited for


@dataclass(frozen=True)
class Cluster:
    state: Path
    environment: dict[str, str]

    def ask(self, *command: str) -> str:
        said = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True, timeout=60)
        return said.stdout

    def jobs(self) -> list[str]:
        """Numbers of those that run."""
        return self.ask("squeue", "--noheader", "--states=RUNNING", "--format=%A").split()

    def commands(self, job: str) -> str:
        """Of all processes of a job."""
        asked = ["scontrol", "listpids", job]  # an error where the job has none yet, or none any more
        said = subprocess.run(asked, env=self.environment, capture_output=True, text=True, check=False, timeout=60)
        listed = [line.split()[0] for line in said.stdout.splitlines()[1:]]
        found = ""
        for path in (Path("/proc", pid, "cmdline") for pid in listed):
            with suppress(OSError):  # it has ended meanwhile
                found += path.read_text() + " "
        return found

    def kill(self, daemon: str) -> None:
        """With no chance to say good-bye."""
        os.kill(int((self.state / f"{daemon}.pid").read_text()), 9)

    def start(self, daemon: str) -> None:
        subprocess.run([daemon], env=self.environment, check=True, timeout=60)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    missing = [name for name in COMMANDS if shutil.which(name) is None]
    reason = f"not installed: {', '.join(missing)}" if missing else "needs root" if os.getuid() else None
    if reason:
        (pytest.fail if os.environ.get("FOLKLORE_ALL_TOOLS") else pytest.skip)(f"a SLURM of its own: {reason}")
    state = tmp_path_factory.mktemp("slurm")
    environment = os.environ | {
        "SLURM_CONF": str(state / "slurm.conf"),
        "PATH": os.pathsep.join([str(state / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    environment.pop("PYTHONPATH", None)
    try:
        subprocess.run([HERE / "slurm-up.sh", state, str(_two_free_ports())], check=True, timeout=DEADLINE)
        yield Cluster(state, environment)
    finally:
        subprocess.run([HERE / "slurm-down.sh", state], check=False, timeout=DEADLINE)


def _two_free_ports() -> int:
    """The first of two; below those that the system hands out by itself, apart by process."""
    for port in range(20_000 + os.getpid() % 5_000 * 2, 32_000, 2):
        with socket.socket() as first, socket.socket() as second:
            if first.connect_ex(("127.0.0.1", port)) and second.connect_ex(("127.0.0.1", port + 1)):
                return port
    raise OSError("no two free ports")


@dataclass(frozen=True)
class Submitter:
    """A checkout whose slurm profile names this cluster's partition and looks at jobs often."""

    checkout: Checkout
    cluster: Cluster
    started: list[subprocess.Popen] = field(default_factory=list)

    def start(self) -> subprocess.Popen:
        """Snakemake on the cluster, where every training gets a GPU."""
        return self._start("snakemake.log", "--profile", "profiles/slurm", "--set-resources", "train_run:gpu=1")

    def start_here(self, results: str) -> subprocess.Popen:
        """Snakemake on this machine, for the same study."""
        return self._start("here.log", "--cores", "1", "--config", f"results={results}")

    def _start(self, log: str, *options: str) -> subprocess.Popen:
        """In a session of its own."""
        command = [sys.executable, "-m", "snakemake", *options]
        with self.checkout.path(log).open("a") as said:
            process = subprocess.Popen(
                command, cwd=self.checkout.folder, env=self.cluster.environment, start_new_session=True,
                stdout=said, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self.started.append(process)
        return process

    def end(self) -> None:
        """Whatever a test has left."""
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        subprocess.run(["scancel", "--me"], env=self.cluster.environment, check=False, timeout=60)

    def until(self, happens: Callable[[], object], what: str) -> object:
        """Its first true answer, while no Snakemake fails."""
        deadline = time.monotonic() + DEADLINE
        while not (answer := happens()):
            assert time.monotonic() < deadline, f"waited in vain for {what}"
            assert not any(process.poll() for process in self.started), self.said
            time.sleep(0.2)
        return answer

    @property
    def said(self) -> str:
        return self.checkout.path("snakemake.log").read_text()

    def finished(self, started: subprocess.Popen) -> str:
        assert started.wait(timeout=DEADLINE) == 0, self.said
        return self.said

    @property
    def log_of_long(self) -> str:
        """What the training of the long run has said in its last attempt."""
        log = self.checkout.path(f"results/logs/train_run/{self.long}/1.log")
        return log.read_text() if log.exists() else ""

    @property
    def long(self) -> str:
        """The identity of the long run."""
        return load_plan({}, self.checkout.path("studies")).studies["small"].variants["long"].id

    def training_long(self, other_than: str | None = None) -> str | None:
        """The job in which the long run is being trained."""
        written = f"runs/{self.long}/1/scores.json"
        jobs = [job for job in self.cluster.jobs() if job != other_than]
        return next((job for job in jobs if written in self.cluster.commands(job)), None)


@pytest.fixture
def submitter(cluster, tmp_path) -> Iterator[Submitter]:
    folder = tmp_path / "checkout"
    folder.mkdir()
    checkout = new_checkout(folder)
    shutil.rmtree(checkout.path("studies"))
    checkout.path("studies").mkdir()
    shutil.copy(HERE / "small.yaml", checkout.path("studies"))
    checkout.edit("profiles/slurm/profile.yaml", "slurm_partition: main", "slurm_partition: test")
    checkout.edit("profiles/slurm/profile.yaml", "  slurm_account: main\n", "")
    checkout.edit("profiles/slurm/profile.yaml", "status-checks: 20", "status-checks: 1")
    submitter = Submitter(checkout, cluster)
    yield submitter
    submitter.end()

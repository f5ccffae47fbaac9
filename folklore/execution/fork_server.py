"""Starts a job without the seconds that its imports would take: forked from a process that has them done.

`python -m folklore.execution.fork_server train_run …` does the same as `python -m folklore.jobs.train_run …`.

The first training starts that process in the background; it serves one user and one Python, and ends when nobody has
asked for a while. It imports libraries only, so that a job always runs the code on disk, with the paths, the folder
and the environment of its caller. Where there is no such process, now or at all, a job simply runs by itself.
"""

import fcntl
import hashlib
import importlib
import json
import os
import resource
import runpy
import signal
import socket
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ForkingMixIn, UnixStreamServer

from folklore.execution.interruption import SIGNALS
from folklore.execution.user_folder import own_folder

LIBRARIES = ("pydantic.main", "numpy", "torch", "safetensors.numpy", "matplotlib.figure",
             "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_pdf",
             "pandas", "xgboost", "sklearn.linear_model", "jinja2",
             "torch._dynamo",  # which the first optimiser of a process imports
             "timm")  # fmt: skip
PATIENCE = 20  # seconds without a job, after which the process ends
_LENGTH = 8  # bytes that say how long a request is
_TAKEN = b"!"


def main(job: str, arguments: list[str]) -> int:
    """The job's exit code."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        if _accepted(connection, job, arguments):
            _pass_signals_on(connection)
            answer = connection.recv(1)
            return answer[0] if answer else 1  # a connection that breaks off: the job was killed
    if job == "train_run":
        _start_server()
    return _run(job, arguments)


def _accepted(connection: socket.socket, job: str, arguments: list[str]) -> bool:
    """Whether there is a warm process that took the job. The job will write to this process's own output."""
    request = json.dumps([job, arguments, str(Path.cwd()), sys.path, dict(os.environ)]).encode()
    with suppress(OSError):
        connection.connect(str(_socket()))
        socket.send_fds(connection, [len(request).to_bytes(_LENGTH)], [1, 2])
        connection.sendall(request)
        return connection.recv(1) == _TAKEN
    return False


def _pass_signals_on(connection: socket.socket) -> None:
    """To the job, which answers for what comes of them."""

    def pass_on(number: int, _frame: object) -> None:
        with suppress(OSError):  # the job is over
            connection.send(bytes([number]))

    for number in SIGNALS:
        signal.signal(number, pass_on)


def _run(job: str, arguments: list[str]) -> int:
    sys.argv = [f"folklore.jobs.{job}", *arguments]
    try:
        runpy.run_module(f"folklore.jobs.{job}", run_name="__main__", alter_sys=False)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _socket() -> Path:
    """Short, since the system allows a socket's path some hundred letters."""
    whose = [sys.executable, Path(__file__).read_text(encoding="utf-8"), *_bounds()]
    return own_folder() / hashlib.sha256(repr(whose).encode()).hexdigest()[:16]


def _bounds() -> list[object]:
    """What a process inherits from its parent and a request cannot hand over: limits, processors, priority."""
    limits = sorted(name for name in dir(resource) if name.startswith("RLIMIT_"))
    return [
        *(resource.getrlimit(getattr(resource, name)) for name in limits),
        sorted(os.sched_getaffinity(0)),
        os.getpriority(os.PRIO_PROCESS, 0),
    ]


def _start_server() -> None:
    """Single-threaded libraries, since a fork takes along no thread but the one that forks."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    subprocess.Popen(
        [sys.executable, "-m", __spec__.name], env=os.environ | one_thread, start_new_session=True, **quiet
    )


def _move_into(folder: str, path: list[str], environment: dict[str, str]) -> None:
    """To where the caller is; its copy of folklore may be another one."""
    os.chdir(folder)
    sys.path[:] = path
    os.environ.clear()
    os.environ.update(environment)
    for name in [name for name in sys.modules if name.partition(".")[0] == "folklore"]:
        del sys.modules[name]


class _Job(BaseRequestHandler):
    """Lives in a forked process of its own."""

    def handle(self) -> None:
        head, outputs, *_ = socket.recv_fds(self.request, _LENGTH, 2)
        request = self.request.makefile("rb").read(int.from_bytes(head))
        job, arguments, *surroundings = json.loads(request)
        self.request.sendall(_TAKEN)
        for target, output in enumerate(outputs, start=1):
            os.dup2(output, target)
        _move_into(*surroundings)
        threading.Thread(target=self._follow_the_caller, daemon=True).start()
        self.request.sendall(bytes([self._code(job, arguments)]))

    def _code(self, job: str, arguments: list[str]) -> int:
        try:
            return _run(job, arguments)
        except Exception:
            traceback.print_exc()
            return 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()

    def _follow_the_caller(self) -> None:
        """Its signals reach the job. Whoever kills a job kills the process that asked for it, and nothing is to go on
        behind the scenes."""
        with suppress(OSError):
            while passed_on := self.request.recv(1):
                os.kill(os.getpid(), passed_on[0])
            os._exit(1)


class _Server(ForkingMixIn, UnixStreamServer):
    timeout = PATIENCE
    idle = False

    def handle_timeout(self) -> None:
        super().handle_timeout()
        self.idle = not self.active_children


def serve() -> None:
    """One at a time: the lock is held for life. The socket gets its name when it can be connected to."""
    place = _socket()
    with suppress(BlockingIOError), place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for library in LIBRARIES:
            with suppress(ImportError):
                importlib.import_module(library)
        draft = place.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with _Server(str(draft), _Job) as server:
            draft.rename(place)
            while not server.idle:
                server.handle_request()
                server.service_actions()
        place.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:])) if len(sys.argv) > 1 else serve()

"""Starts a job without the seconds of its imports: forks it from a process that has them done.

`python -m folklore.execution.fork_server train_run …` does the same as `python -m folklore.jobs.train_run …`.

The first training run starts that process in the background; it serves one user and one Python, and ends after some
seconds without a job. It imports libraries only, so a job runs the code on disk. A job gets the folder, the paths, the
environment, the umask and the output of its caller, so that nothing depends on which call started the process. Where
there is no such process, a job runs by itself.
"""

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
             "timm", "filelock", "typer")  # fmt: skip
PATIENCE = 20  # seconds without a job, after which the process ends
_LENGTH = 8  # bytes of the length of a request
_TAKEN = b"!"


def main(job: str, arguments: list[str]) -> int:
    """Return the job's exit code."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        if _accepted(connection, job, arguments):
            _pass_signals_on(connection)
            answer = connection.recv(1)
            return answer[0] if answer else 1  # a connection that breaks off: the job was killed
    if job == "train_run":
        _start_server()
    return _run(job, arguments)


def _accepted(connection: socket.socket, job: str, arguments: list[str]) -> bool:
    """Return whether the server took the job, which writes to this process's own output."""
    request = json.dumps([job, arguments, str(Path.cwd()), sys.path, dict(os.environ), _umask()]).encode()
    with suppress(OSError):
        connection.connect(str(_socket()))
        socket.send_fds(connection, [len(request).to_bytes(_LENGTH)], [1, 2])
        connection.sendall(request)
        return connection.recv(1) == _TAKEN
    return False


def _pass_signals_on(connection: socket.socket) -> None:
    """Pass signals on to the job, which decides what becomes of them."""

    def pass_on(number: int, _frame: object) -> None:
        with suppress(OSError):  # the job is over
            connection.send(bytes([number]))

    for number in SIGNALS:
        signal.signal(number, pass_on)


def _umask() -> int:
    """Return the mask that keeps permissions from new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
    """Return a short path: the operating system allows a socket's path some hundred characters."""
    whose = [sys.executable, Path(__file__).read_text(encoding="utf-8"), *_bounds()]
    return own_folder() / hashlib.sha256(repr(whose).encode()).hexdigest()[:16]


def _bounds() -> list[object]:
    """Return what a process inherits and a request cannot hand over: limits, processors, priority."""
    limits = sorted(name for name in dir(resource) if name.startswith("RLIMIT_"))
    return [
        *(resource.getrlimit(getattr(resource, name)) for name in limits),
        sorted(os.sched_getaffinity(0)),
        os.getpriority(os.PRIO_PROCESS, 0),
    ]


def _start_server() -> None:
    """Start it with single-threaded libraries, since a fork keeps no thread but the one that forks."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    subprocess.Popen(
        [sys.executable, "-m", __spec__.name], env=os.environ | one_thread, start_new_session=True, **quiet
    )


def _move_into(folder: str, path: list[str], environment: dict[str, str], umask: int) -> None:
    """Take over the caller's surroundings; its copy of folklore may be another one."""
    os.chdir(folder)
    os.umask(umask)
    sys.path[:] = path
    os.environ.clear()
    os.environ.update(environment)
    for name in [name for name in sys.modules if name.partition(".")[0] == "folklore"]:
        del sys.modules[name]


class _Job(BaseRequestHandler):
    """Runs in a forked process of its own."""

    def handle(self) -> None:
        head, outputs, *_ = socket.recv_fds(self.request, _LENGTH, 2)
        request = self.request.makefile("rb").read(int.from_bytes(head))
        job, arguments, *surroundings = json.loads(request)
        self.request.sendall(_TAKEN)
        for target, output in enumerate(outputs, start=1):
            os.dup2(output, target)
        # The streams of the server are opened for files of another kind.
        sys.stdout, sys.stderr = (
            os.fdopen(number, "w", buffering=1, encoding="utf-8", closefd=False) for number in (1, 2)
        )
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
        """Raise the caller's signals in this process, and end it with the caller: nothing runs on unseen."""
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
    """Serve jobs until none comes; only one server at a time. The socket gets its name when it accepts connections."""
    from folklore.execution.locks import try_lock  # noqa: PLC0415 (callers of the server do not need it)

    path = _socket()
    if (lock := try_lock(path.with_suffix(".lock"))) is None:
        return
    with lock:
        for library in LIBRARIES:
            with suppress(ImportError):
                importlib.import_module(library)
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with _Server(str(draft), _Job) as server:
            draft.rename(path)
            while not server.idle:
                server.handle_request()
                server.service_actions()
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:])) if len(sys.argv) > 1 else serve()

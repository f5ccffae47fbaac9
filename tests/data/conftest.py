"""A web server on this machine whose files, and faults, a test plants."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from folklore.data.raw_dataset import Request


@dataclass
class Web:
    files: dict[str, bytes] = field(default_factory=dict)
    failures: Counter = field(default_factory=Counter)  # name → so many first answers are "503"
    breaks_after: dict[str, int] = field(default_factory=dict)  # name → bytes after which one connection is cut
    resumes: bool = True  # whether it understands Range
    asked: list[tuple[str, str | None]] = field(default_factory=list)  # (name, Range) of every question
    url: str = ""


class _Handler(BaseHTTPRequestHandler):
    web: Web

    def do_GET(self):
        name, web = self.path.rsplit("/", maxsplit=1)[-1], self.web
        web.asked.append((name, self.headers.get("Range")))
        if web.failures[name] > 0:
            web.failures[name] -= 1
            return self.send_error(503)
        if name not in web.files:
            return self.send_error(404)
        return self._send(name, web)

    def _send(self, name: str, web: Web) -> None:
        content, asked = web.files[name], self.headers.get("Range")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and web.resumes else 0
        if start and start >= len(content):
            return self.send_error(416)
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        self.wfile.write(content[start:][: web.breaks_after.pop(name, len(content))])
        return None

    def log_message(self, *_):
        pass


@pytest.fixture
def web():
    web = Web()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"web": web}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    web.url = f"http://127.0.0.1:{server.server_port}/"
    yield web
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ask(tmp_path):
    """A request, of a local source unless it says otherwise."""
    return lambda name="pets", source="local", **rest: Request(name, source, downloads=tmp_path / "downloads", **rest)


@pytest.fixture
def real_data():
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no real data beside the repository")
    return folder

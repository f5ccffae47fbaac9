"""Downloads: resumable, checked, and under the final name only when complete."""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import requests
from filelock import FileLock
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential
from tqdm import tqdm

from folklore.execution.errors import UserError

ATTEMPTS = 5
_CHUNK = 1 << 16
_TIMEOUT = (10, 60)  # seconds to connect, and between two chunks


@dataclass(frozen=True)
class Archive:
    """A file to download from the first of its URLs that answers."""

    urls: tuple[str, ...]
    algorithm: str  # of hashlib
    checksum: str

    @property
    def name(self) -> str:
        return self.urls[0].rsplit("/", maxsplit=1)[-1]


def fetch(archive: Archive, folder: Path, pause: float = 1.0) -> Path:
    """Return the path of the checked file in the folder; `pause`: seconds to wait after the first failed attempt."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / archive.name
    with FileLock(folder / f".{archive.name}.lock"):  # two jobs may need one archive at the same time
        if not path.exists():
            _download(archive, path, pause)
        elif (got := _checksum(path, archive)) != archive.checksum:
            raise UserError(f"{path} is not the published file: {_mismatch(archive, got)}. Remove it and run again")
    return path


def _download(archive: Archive, path: Path, pause: float) -> None:
    part = path.with_name(f"{path.name}.part")
    tried = []
    for url in archive.urls:
        try:
            _with_retries(url, part, pause)
        except requests.RequestException as error:
            tried.append(f"{url}: {error}")
            continue
        got = _checksum(part, archive)
        if got == archive.checksum:
            part.replace(path)
            return
        part.unlink()
        tried.append(f"{url}: wrong checksum, {_mismatch(archive, got)}")
    raise UserError(
        f"could not download {archive.name}. Tried:\n  " + "\n  ".join(tried) + "\n"
        f"Run again to resume the download, put the file at {path} yourself, or choose the source "
        "`local` (your own copy) or `embedded` (a stand-in) under `data:` in config.yaml"
    )


def _with_retries(url: str, part: Path, pause: float) -> None:
    retrying = Retrying(
        retry=retry_if_exception(_is_transient),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential(multiplier=pause, max=60 * pause),
        before_sleep=_report_retry,
        reraise=True,
    )
    retrying(_resume, url, part)


def _is_transient(error: BaseException) -> bool:
    """Return whether another attempt may succeed: the network or the server failed, and did not refuse."""
    if isinstance(error, requests.HTTPError):
        return error.response.status_code in (408, 429) or error.response.status_code >= 500
    transient = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
    return isinstance(error, transient)


def _report_retry(state: RetryCallState) -> None:
    reason, wait = state.outcome.exception(), state.next_action.sleep
    tqdm.write(f"attempt {state.attempt_number} of {ATTEMPTS}: {reason}; again in {wait:.0f} s", file=sys.stderr)


def _resume(url: str, part: Path) -> None:
    """Append the missing bytes; a server that cannot continue sends the whole file."""
    have = part.stat().st_size if part.exists() else 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with requests.get(url, headers=headers, stream=True, timeout=_TIMEOUT) as response:
        if response.status_code == requests.codes.requested_range_not_satisfiable:
            return  # no byte is missing, so the checksum decides
        response.raise_for_status()
        continues = response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        _receive(response, part, have if continues else 0)


def _receive(response: requests.Response, part: Path, have: int) -> None:
    total = have + int(response.headers["Content-Length"]) if "Content-Length" in response.headers else None
    bar = tqdm(desc=part.stem, total=total, initial=have, unit="B", unit_scale=True, mininterval=1)
    with part.open("ab" if have else "wb") as file, bar:
        for chunk in response.iter_content(_CHUNK):
            bar.update(file.write(chunk))
        file.flush()
        os.fsync(file.fileno())


def _checksum(path: Path, archive: Archive) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, archive.algorithm).hexdigest()


def _mismatch(archive: Archive, got: str) -> str:
    return f"{archive.algorithm} expected {archive.checksum}, got {got}"

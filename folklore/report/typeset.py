"""Typeset LaTeX as PDF; a failure leaves no files."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from folklore.execution.errors import UserError
from folklore.execution.files import replacing

_MISSING = (
    "latexmk was not found, so the report cannot be typeset. Install a LaTeX "
    "(Debian, Ubuntu: apt-get install latexmk texlive-latex-recommended texlive-latex-extra lmodern; "
    "macOS: MacTeX), or set `report: {pdf: false}` in config.yaml to do without the PDF"
)

# Fix the date, so that equal text gives equal bytes.
_TIMELESS = {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1"}


def typeset(tex: Path, pdf: Path) -> None:
    latexmk = shutil.which("latexmk")
    if latexmk is None:
        raise UserError(_MISSING)
    pdf.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="typesetting-", dir=pdf.parent) as folder:
        _compile(latexmk, tex, Path(folder).resolve())
        with replacing(pdf) as draft:
            shutil.move(Path(folder) / f"{tex.stem}.pdf", draft)


def _compile(latexmk: str, tex: Path, folder: Path) -> None:
    """Run latexmk in the folder of the text, to which the paths of the figures are relative."""
    options = ["-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "-quiet", f"-outdir={folder}"]
    done = subprocess.run(
        [latexmk, *options, tex.name],
        cwd=tex.parent,
        env=os.environ | _TIMELESS,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise UserError(f"LaTeX could not typeset {tex}: {_complaint(folder / f'{tex.stem}.log', done.stderr)}")


def _complaint(log: Path, otherwise: str) -> str:
    """Return the first error in LaTeX's log with its line."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    at = next((number for number, line in enumerate(lines) if line.startswith("!")), None)
    if at is None:
        return otherwise.strip() or "latexmk failed without a message"
    place = next((line for line in lines[at:] if re.match(r"l\.\d+", line)), "")
    return " ".join([lines[at], place]).strip()

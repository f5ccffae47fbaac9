"""Every command in the README and in docs/ can be given: it is run, or planned where it takes hours or a cluster."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkouts import ROOT, Checkout, new_checkout
from typer.testing import CliRunner

from benchmarks.__main__ import chosen
from folklore.cli.program import program

pytestmark = pytest.mark.slow

PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
TOOLS = ("snakemake", "folklore", "make", "python", "pytest")


def commands(page: Path) -> Iterator[str]:
    """Whole lines of code blocks, and inline code of several words; `…` marks what a reader has to fill in."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```|((?:^ {4,}.*\n)+)", text, re.MULTILINE | re.DOTALL)
    lines = re.sub(r"\\\n *", "", "".join("".join(block) for block in blocks)).splitlines()
    inline = re.findall(rf"`((?:{'|'.join(TOOLS)}) [^`]+)`", text)
    for line in [*lines, *inline]:
        command = re.split(r" +#|\s{3,}", line.strip().removeprefix("$ "))[0].strip()
        if command.partition(" ")[0] in TOOLS and "…" not in command and "<" not in command:
            yield command


# Command → the first page that gives it; a command on several pages is tried once.
COMMANDS = {command: page.name for page in reversed(PAGES) for command in commands(page)}


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Checkout:
    """A checkout with all studies and the tiny one, a file of settings, and a folder that holds each dataset."""
    folder = tmp_path_factory.mktemp("project")
    checkout = new_checkout(folder)
    for path in (ROOT / "studies").glob("*.yaml"):
        shutil.copy(path, folder / "studies")
    (folder / "mine.yaml").write_text("seeds: 2\n")
    (folder / "studies/momentum.yaml").write_text(first_study_of_the_guide())
    (folder / "data").mkdir()
    for name in ("cifar10.tar.xz", "mnist.npz", "fashion_mnist.npz", "faces.tar.xz", "countries.csv"):
        (folder / "data" / name).write_text("planning does not read it\n")
    return checkout


def first_study_of_the_guide() -> str:
    guide = (ROOT / "docs/adding-a-study.md").read_text(encoding="utf-8")
    return re.search(r"^```yaml\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)[1]


def test_the_readme_names_its_two_commands():
    assert COMMANDS["make report"] == COMMANDS["make test"] == "README.md"


@pytest.mark.parametrize("command", COMMANDS, ids=[f"{page}: {command}" for command, page in COMMANDS.items()])
def test_a_documented_command_can_be_given(command, project, finished_study, monkeypatch):
    tool, *arguments = shlex.split(command.replace("/my/data", str(project.path("data"))))
    match tool, arguments:
        case "snakemake", _:
            project.plan(*without_deployment(arguments))
        case "make", _:
            succeeds(["make", "--dry-run", *arguments], ROOT)
        case "python", ["-m", "benchmarks", *names]:
            assert chosen(names)
        case ("python", ["-m", "folklore", *words]) | ("folklore", words):
            monkeypatch.chdir(project.folder)
            answers([*words, "--help"] if words in ([], ["accept"]) else words)
        case "python", ["-m", *_]:
            there = [word.replace("cifar_lr_sweep", "tiny") for word in arguments]
            succeeds([sys.executable, *there], finished_study.folder)
        case "python", [script, *_]:
            succeeds([sys.executable, script, "--help"], ROOT)
        case "pytest", _:
            succeeds([sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", *arguments], ROOT)


def without_deployment(arguments: list[str]) -> list[str]:
    """Neither conda nor apptainer is needed for a plan, and neither may be there."""
    if "--sdm" not in arguments:
        return arguments
    place = arguments.index("--sdm")
    return arguments[:place] + arguments[place + 2 :]


def succeeds(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def answers(words: list[str]) -> None:
    """Exit code 2 is a command that is not understood; 1 may be the answer, such as that nothing can be accepted."""
    result = CliRunner(env={"COLUMNS": "140"}).invoke(program, words, input="n\n")
    assert result.exit_code in (0, 1), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)

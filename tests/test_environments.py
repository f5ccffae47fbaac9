"""Environments and image have the versions pinned for pip, and the analysis environment is enough for its jobs."""

import re
import subprocess
import sys

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from folklore.provenance.fingerprint import ROOT


def pins(lines):
    """(package, version) of each line that pins one."""
    requirements = [Requirement(line) for line in lines if re.match("[a-z]", line, re.IGNORECASE)]
    return {(canonicalize_name(each.name), str(each.specifier).removeprefix("==")) for each in requirements}


REQUIRED = pins((ROOT / "requirements.txt").read_text().splitlines())
ENVIRONMENTS = {path.stem: yaml.safe_load(path.read_text()) for path in (ROOT / "envs").glob("*.yaml")}


def of_pip(environment):
    return next(entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict))


@pytest.mark.parametrize("name", sorted(ENVIRONMENTS))
def test_an_environment_has_the_pinned_versions(name):
    found = pins(of_pip(ENVIRONMENTS[name]))
    assert found
    assert found <= REQUIRED


def test_cpu_and_gpu_environments_differ_only_in_their_builds():
    packages = [
        {package for package, _ in pins(of_pip(ENVIRONMENTS[name]))} for name in ("training-cpu", "training-gpu")
    ]
    assert packages[0] - {"xgboost-cpu"} == packages[1]


def test_every_requirement_is_among_the_constraints():
    assert pins((ROOT / "constraints.txt").read_text().splitlines()) >= REQUIRED


def test_the_guide_lists_every_requirement_with_its_size_and_import_time():
    table = (ROOT / "docs/environments.md").read_text().partition("## Dependencies")[2].partition("##")[0]
    listed = {name for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for name in re.findall(r"[\w-]+", row)}
    assert {package for package, _ in REQUIRED} <= listed


IMAGE = (ROOT / "envs/folklore.def").read_text()


def test_the_image_has_the_python_of_the_conda_environments_and_installs_the_pinned_versions():
    pythons = {entry for each in ENVIRONMENTS.values() for entry in each["dependencies"] if "python" in entry}
    (python,) = re.findall(r"^From: python:([\d.]+)-", IMAGE, re.MULTILINE)
    assert pythons == {f"python ={python}"}
    copied = dict(re.findall(r"^ +(\S+\.txt) (/\S+)$", IMAGE, re.MULTILINE))
    assert set(copied) == {"requirements.txt", "constraints.txt"}
    assert all((ROOT / name).exists() for name in copied)
    assert f"-r {copied['requirements.txt']} -c {copied['constraints.txt']}" in IMAGE


def test_the_image_has_the_latex_that_continuous_integration_installs():
    installed = re.search(r"(latexmk texlive.*lmodern)", IMAGE)[1].split()
    assert set(installed) <= set((ROOT / ".ci/run").read_text().split())


def test_the_rules_run_in_the_image_that_is_built():
    (built,) = set(re.findall(r"apptainer build .*?(envs/\S+\.sif)", IMAGE))
    assert f'container: str(Path(workflow.basedir, "{built}"))' in (ROOT / "workflow/rules/common.smk").read_text()


ANALYSIS = {"pandas", "scipy", "matplotlib", "jinja2", "pygments", "pylatexenc", "numpy", "pydantic", "pyyaml", "typer"}
NOT_FOR_ANALYSIS = [
    "torch",
    "sklearn",
    "xgboost",
    "requests",
    "safetensors",
    "filelock",
    "tenacity",
    "threadpoolctl",
    "tqdm",
]


def test_the_analysis_jobs_import_nothing_that_their_environment_lacks():
    assert {package for package, _ in pins(of_pip(ENVIRONMENTS["analysis"]))} == ANALYSIS
    modules = [f"folklore.jobs.{path.stem}" for path in (ROOT / "folklore/jobs").glob("*.py")]
    analysis = [name for name in modules if re.search(r"collect|compute|judge|draw|write|typeset", name)]
    program = f"import sys; sys.modules.update(dict.fromkeys({NOT_FOR_ANALYSIS})); import {', '.join(analysis)}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("package", ["torchvision", "timm"])
def test_torchvision_and_timm_can_be_imported_beside_any_build_of_torch(package):
    """A new process each, since the first import decides."""
    subprocess.run([sys.executable, "-c", f"import folklore, {package}"], cwd=ROOT, check=True)


def test_the_snakefile_imports_nothing_heavy():
    """It is executed again by every job on a cluster."""
    program = "import sys, folklore.plan.load; print(sorted(set(sys.modules) & {'torch', 'pandas', 'numpy'}))"
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"

"""The GPU benchmark: its networks are the published ones, and its CPU part runs without a GPU."""

import subprocess
import sys
from dataclasses import replace

import torch

from benchmarks.gpu import measure, steps, training, workloads
from folklore.plan.load import load_plan
from folklore.provenance.fingerprint import ROOT


def test_the_images_of_document_000_are_those_of_its_studies_at_full_scale():
    plan = load_plan({"scale": "full", "data": {"source": "official"}}, ROOT / "studies")
    runs = {
        (run.recipe, run.seed) for name in plan.studies if name.startswith("cifar_") for run in plan.studies[name].runs
    }
    images = sum(plan.recipes[recipe].data.train * plan.recipes[recipe].epochs for recipe, _ in runs)
    assert images == measure.DOCUMENT_000_IMAGES


def test_the_resnet_has_the_published_number_of_parameters():
    assert sum(parameter.numel() for parameter in workloads.resnet18(2).parameters()) == 11_176_512 + 2 * 513


def test_a_run_that_is_stopped_half_way_resumes_with_the_same_bytes():
    small = replace(workloads.CNN, train=320, validation=64)
    assert training.resumes_with_the_same_bytes(small, "cpu")


def test_a_step_is_timed_on_the_cpu_in_float32_alone():
    small = replace(workloads.MLP, batch_size=8)
    assert set(steps.seconds_per_step(small, torch.device("cpu"))) == {"float32"}


def test_the_benchmark_needs_little_besides_torch():
    """A GPU machine may have torch, numpy and safetensors, and nothing else."""
    absent = "import sys; sys.modules.update(dict.fromkeys(['pydantic', 'torchvision', 'timm', 'snakemake', 'yaml']))"
    command = [sys.executable, "-c", f"{absent}; import benchmarks.gpu.measure"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

"""How a job is called from a shell, whatever the paths and options hold."""

import shlex
import sys

import pytest

from folklore.execution.option_words import one_by_one
from folklore.execution.start_command import LONGEST, LongOptions, StartCommand, option_words


@pytest.mark.parametrize("python", ["/a b/python", "/it's/(x)/python", "/plain/python"])
def test_the_interpreter_is_one_word_of_the_shell(monkeypatch, python):
    monkeypatch.setattr(sys, "executable", python)
    words = shlex.split(StartCommand(deployed=False, remote=True).of("split_data"))
    assert words == ["exec", python, "-m", "folklore.jobs.split_data"]


def test_a_deployed_job_takes_the_python_of_its_environment_and_a_training_on_a_cluster_what_it_had_finished():
    assert StartCommand(deployed=True, remote=False).of("split_data") == "exec python -m folklore.jobs.split_data"
    assert StartCommand(deployed=True, remote=True).of("train_run").endswith("-m folklore.execution.restore_finished")


def test_options_reach_the_job_as_they_are():
    options = {"settings": '{"a": "it\'s $x"}', "path": "", "seed": 3}
    assert shlex.split(option_words(options)) == ["--settings", options["settings"], "--path", "", "--seed", "3"]


def test_a_long_option_is_a_file_and_a_short_one_is_not(tmp_path):
    long = LongOptions(str(tmp_path), digest=lambda text: text[:3])
    assert long.option("[1]") == "[1]"
    assert long.option("x" * LONGEST) == f"@{tmp_path}/xxx.json"
    long.write()
    assert [path.read_text() for path in tmp_path.iterdir()] == ["x" * LONGEST]


@pytest.mark.parametrize(
    ("words", "spread"),
    [
        ("--config a=1 b=2 study", "--config a=1 --config b=2 study"),
        ("--config noequals study", "--config noequals study"),
        ("--config a=1 --yes", "--config a=1 --yes"),
        ("--config --yes", "--yes"),
    ],
)
def test_each_value_of_an_option_gets_the_option(words, spread):
    assert one_by_one(words.split(), ["--config"], further="=") == spread.split()

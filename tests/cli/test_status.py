"""What status says of results whose state is known."""

import re
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from cli_called import ask, said
from filelock import FileLock

HERE = socket.gethostname()


def counts(output: str, study: str = "tiny") -> list[str]:
    """done, running, failed, diverged, missing, of."""
    return re.search(rf"^ *{study} +(.*)$", output, re.MULTILINE).group(1).split()


def marks(output: str, variant: str) -> str:
    return re.search(rf"^ *{re.escape(variant)} +(\S+) *$", output, re.MULTILINE).group(1)


def ago(**span: float) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat()


def test_before_anything_ran_every_run_is_missing(planted):
    assert counts(said("status")) == ["–", "–", "–", "–", "40", "40"]


def test_each_run_is_in_the_state_that_its_files_tell(planted):
    planted.scores(planted.run("adam"))
    planted.scores(planted.run("adam", 2), status="diverged")
    planted.log(planted.run("cnn"), "epoch 1/2\nerror: No space left on device: results/x\n")
    planted.progress(planted.run("cnn", 2), host="elsewhere", written=ago(seconds=10), seconds_left=7200)
    output = said("status", "tiny")
    assert marks(output, "adam") == "●↗"
    assert marks(output, "cnn") == "✗▶"
    assert marks(output, "adamw") == "··"
    assert counts(said("status")) == ["1", "1", "1", "1", "36", "40"]


def test_the_last_lines_of_a_failed_log_are_shown_with_its_path(planted):
    run = planted.run("cnn")
    planted.log(run, "long ago\ntwo\nthree\nerror: Out of memory\n")
    output = said("status")
    assert f"tiny/cnn, seed 1: results/logs/train_run/{run.recipe}/1.log" in output
    assert "error: Out of memory" in output
    assert "long ago" not in output


def test_a_log_without_an_error_is_of_a_run_that_was_interrupted_and_not_of_one_that_failed(planted):
    planted.log(planted.run("cnn"), "epoch 1/2 · lr 0.1 · 3 s left\n")
    assert marks(said("status", "tiny"), "cnn") == "··"


def test_a_failed_run_that_was_trained_since_is_done(planted):
    planted.log(planted.run("cnn"), "error: Out of memory\n")
    planted.scores(planted.run("cnn"))
    assert marks(said("status", "tiny"), "cnn") == "●·"


def test_a_held_lock_means_running_however_long_ago_it_was_heard_of(planted):
    folder = planted.progress(planted.run("cnn"), host=HERE, written=ago(days=1), seconds_left=60)
    assert marks(said("status", "tiny"), "cnn") == "··"
    with FileLock(folder / "lock"):
        assert marks(said("status", "tiny"), "cnn") == "▶·"


def test_a_run_of_another_host_that_was_not_heard_of_for_long_is_not_running(planted):
    """Unless its epochs take that long."""
    planted.progress(planted.run("cnn"), host="elsewhere", written=ago(hours=1), epoch=2, seconds=60)
    planted.progress(planted.run("cnn", 2), host="elsewhere", written=ago(hours=1), epoch=2, seconds=7200)
    assert marks(said("status", "tiny"), "cnn") == "·▶"


def test_the_time_left_is_what_is_missing_at_the_recorded_pace_and_what_running_ones_say(planted):
    for name in ("lr=0.1", "lr=0.01", "momentum", "adam", "adamw", "adagrad", "rmsprop", "inverse_time", "exponential"):
        planted.scores(planted.run(name))
        planted.scores(planted.run(name, 2))
    for name in ("step", "linear", "cosine", "residual", "places", "softmax", "slow_softmax", "trees", "regression"):
        planted.scores(planted.run(name))
        planted.scores(planted.run(name, 2))
    planted.scores(planted.run("child"))
    planted.scores(planted.run("cnn"), seconds=3600.0)
    planted.progress(planted.run("child", 2), host="elsewhere", written=ago(seconds=1), seconds_left=1800)
    output = said("status")
    assert (
        "Left to train: 2 runs, 90 min of training (forecasts: 2 recorded); with 1 at a time, as now, 90 min" in output
    )


def test_the_settings_are_those_of_snakemake(planted):
    assert "edition full-official" in said("status", "--config", "scale=full", "data={source: official}")
    planted.checkout.path("mine.yaml").write_text("scale: reduced\n")
    assert "edition reduced-embedded" in said("status", "--configfile", "mine.yaml")
    assert counts(said("status", "--config", "seeds=3"))[-1] == "60"


def test_what_is_wrong_is_told_in_one_message(planted):
    for arguments, message in (
        (("tny",), "no study 'tny'; did you mean 'tiny'? There are: tiny"),
        (("--config", "scale=demmo"), "config.yaml: scale: got 'demmo'; did you mean 'demo'?"),
        (("--config", "scale"), "--config takes key=value; got 'scale'"),
        (("--config", "data={source"), "--config data: line"),
        (("--configfile", "mine.yaml"), "mine.yaml does not exist"),
    ):
        result = ask("status", *arguments)
        assert result.exit_code == 1
        assert message in result.output


def test_elsewhere_than_in_a_checkout_nothing_can_be_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = ask("status")
    assert result.exit_code == 1
    assert "no Snakefile in this folder" in result.output


def test_nothing_heavy_is_imported_for_it(planted):
    heavy = ["torch", "pandas", "numpy", "matplotlib", "snakemake"]
    code = f"import sys; from folklore.cli.program import program; print(*sorted(set(sys.modules) & set({heavy})))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"

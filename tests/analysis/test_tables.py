import json

import pandas as pd
import pytest

from folklore.analysis import tables
from folklore.analysis.csv_tables import read_table, write_table
from folklore.execution.errors import UserError
from folklore.execution.files import write_json, write_text
from folklore.jobs.collect_scores import collect_scores
from folklore.jobs.compute_metrics import compute_metrics
from folklore.jobs.judge_claims import judge_claims
from folklore.runs.columns import RECORDS
from folklore.runs.folder import checksums

HISTORY = "epoch,lr,train_loss,train_accuracy,validation_loss,validation_accuracy,running_loss,running_accuracy\n"


TWO_EPOCHS = HISTORY + "1,0.1,1.0,0.75,1.5,0.5,1.25,0.625\n2,0.1,0.5,1.0,2.0,0.5,0.75,0.875\n"


def leave_a_run(folder, status="finished", accuracy=0.7, recorded=(), history=TWO_EPOCHS, **more):
    versions = {"python": "3.12", "numpy": "2.4", "torch": "2.13"}
    write_json(folder / "cost.json", {"seconds": 1.5, "seconds_per_epoch": [0.5, 0.75], "device": "cpu", **versions})
    write_text(folder / "history.csv", history)
    write_text(folder / "records.csv", ",".join(RECORDS) + "\n" + "".join(recorded))
    last = {"test_accuracy": accuracy, "test_recall": [0.5, None]}
    scores = {
        "status": status,
        "diverged_epoch": 2 if status == "diverged" else None,
        "epochs": 2,
        "best_epoch": 1,
        "parameters": 89834,
        "checkpoints": {"last": last, "best": {"test_accuracy": 0.8}},
        "checksums": checksums(folder),
    }
    write_json(folder / "scores.json", scores | more)


def test_a_run_is_a_row_in_the_order_asked_for(tmp_path):
    for recipe, seed in (("mlp-1", 2), ("mlp-1", 1), ("mlp-0", 1), ("mlp-0", 2)):
        leave_a_run(tmp_path / recipe / str(seed))

    table = tables.runs_table(tables.folders_of(tmp_path, {"slow": "mlp-1", "fast": "mlp-0"}, [2, 1]))

    assert table[["variant", "seed", "recipe"]].to_numpy().tolist() == [
        ["slow", 1, "mlp-1"],
        ["slow", 2, "mlp-1"],
        ["fast", 1, "mlp-0"],
        ["fast", 2, "mlp-0"],
    ]
    assert table.columns.tolist()[: len(tables.RUN)] == list(tables.RUN)
    assert table.loc[0, ["test_accuracy.last", "test_accuracy.best", "test_recall.0.last"]].tolist() == [0.7, 0.8, 0.5]


def test_a_failed_run_is_a_row_with_nothing_in_it_but_its_name(tmp_path):
    leave_a_run(tmp_path / "mlp-0" / "1")
    folders = tables.folders_of(tmp_path, {"a": "mlp-0"}, [1, 2])

    table = tables.runs_table(folders, failed={("a", 2)})

    assert table[["variant", "seed", "status"]].to_numpy().tolist() == [["a", 1, "finished"], ["a", 2, "failed"]]
    assert table.loc[1, ["recipe"]].tolist() == ["mlp-0"]
    assert table.loc[1, ["test_accuracy.last", "seconds", "parameters"]].isna().all()


def test_the_checkpoint_of_early_stopping_has_columns_where_a_run_has_it(tmp_path):
    leave_a_run(tmp_path / "mlp-0" / "1")
    stopped = {"last": {"test_accuracy": 0.7}, "stopped": {"test_accuracy": 0.6}}
    leave_a_run(tmp_path / "mlp-1" / "1", checkpoints=stopped, stopped_epoch=2, stop_epoch=None)

    alone = tables.runs_table(tables.folders_of(tmp_path, {"a": "mlp-0"}, [1]))
    table = tables.runs_table(tables.folders_of(tmp_path, {"a": "mlp-0", "b": "mlp-1"}, [1]))

    assert not [name for name in alone if "stop" in name]
    assert table["test_accuracy.stopped"].isna().tolist() == [True, False]
    assert (table.loc[1, "stopped_epoch"], table["stop_epoch"].isna().all()) == (2, True)


def test_gaps_are_added_to_the_curves(tmp_path):
    leave_a_run(tmp_path / "mlp-0" / "1")

    last = tables.curves_table(tables.folders_of(tmp_path, {"a": "mlp-0"}, [1])).iloc[-1]

    assert (last["accuracy_gap"], last["loss_gap"]) == (0.5, 1.5)
    assert (last["running_accuracy_gap"], last["running_loss_gap"]) == (0.375, 1.25)


def test_seconds_add_up_from_epoch_to_epoch_and_their_mean_stands_with_the_run(tmp_path):
    leave_a_run(tmp_path / "mlp-0" / "1")
    folders = tables.folders_of(tmp_path, {"a": "mlp-0"}, [1])

    assert tables.curves_table(folders)["seconds"].tolist() == [0.5, 1.25]
    assert tables.runs_table(folders)["seconds_per_epoch"].tolist() == [0.625]


def test_a_run_that_was_not_timed_by_its_epochs_has_no_seconds_by_epoch(tmp_path):
    leave_a_run(tmp_path / "mlp-0" / "1")
    leave_a_run(tmp_path / "mlp-1" / "1")
    cost = json.loads((tmp_path / "mlp-0" / "1" / "cost.json").read_text())
    write_json(tmp_path / "mlp-0" / "1" / "cost.json", cost | {"seconds_per_epoch": []})
    folders = tables.folders_of(tmp_path, {"a": "mlp-0", "b": "mlp-1"}, [1])

    assert tables.curves_table(folders)["seconds"].isna().tolist() == [True, True, False, False]
    assert tables.runs_table(folders)["seconds_per_epoch"].isna().tolist() == [True, False]


def test_what_recorders_took_stands_under_variant_and_seed_and_runs_without_any_add_nothing(tmp_path):
    leave_a_run(tmp_path / "mlp-0" / "1", recorded=["gradients,after_epoch,2,fc1.weight,mean,0.25\n"])
    leave_a_run(tmp_path / "mlp-1" / "1")
    folders = tables.folders_of(tmp_path, {"a": "mlp-0", "b": "mlp-1"}, [1])

    [row] = tables.records_table(folders, {}).to_dict("records")

    assert (row["variant"], row["seed"], row["epoch"], row["name"], row["value"]) == ("a", 1, 2, "fc1.weight", 0.25)


def test_what_probes_said_follows_what_recorders_took_for_the_variants_that_were_asked(tmp_path):
    for recipe in ("mlp-0", "mlp-1"):
        folder = tmp_path / recipe / "1"
        leave_a_run(folder, recorded=["weights,end,,fc1.weight,norm,0.25\n"])
        write_text(folder / "probes/decision_map.csv", ",".join(RECORDS) + "\ndecision_map,end,,last,regions,137\n")
    folders = tables.folders_of(tmp_path, {"a": "mlp-0", "b": "mlp-1"}, [1])

    table = tables.records_table(folders, {"decision_map": ["b"], "robustness": []})

    assert table[["variant", "recorder", "value"]].to_numpy().tolist() == [
        ["a", "weights", 0.25],
        ["b", "weights", 0.25],
        ["b", "decision_map", 137],
    ]


def test_a_run_that_diverged_keeps_its_row_without_numbers(tmp_path):
    leave_a_run(tmp_path / "mlp-0" / "1", status="diverged", accuracy=None)
    path = tmp_path / "runs.csv"

    write_table(path, tables.runs_table(tables.folders_of(tmp_path, {"a": "mlp-0"}, [1])))

    row = read_table(path).iloc[0]
    assert (row["status"], row["diverged_epoch"]) == ("diverged", 2)
    assert pd.isna(row["test_accuracy.last"])


def test_a_learner_without_epochs_has_a_row_with_what_it_has(tmp_path):
    leave_a_run(tmp_path / "xgboost-0" / "1", best_epoch=None, history="epoch,train_accuracy\n1,0.9\n")
    folders = tables.folders_of(tmp_path, {"a": "xgboost-0"}, [1])

    curves = tables.curves_table(folders)

    assert curves["train_accuracy"].tolist() == [0.9]
    assert curves[["validation_loss", "accuracy_gap"]].isna().all(axis=None)
    assert tables.runs_table(folders)["best_epoch"].isna().all()


def test_learners_of_several_kinds_stand_in_one_table_in_the_order_of_the_study(tmp_path):
    leave_a_run(tmp_path / "mlp-0" / "1")
    leave_a_run(tmp_path / "xgboost-0" / "1", history="epoch,train_accuracy\n1,0.9\n")
    leave_a_run(tmp_path / "mlp-1" / "1")
    variants = {"first": "mlp-0", "trees": "xgboost-0", "last": "mlp-1"}

    curves = tables.curves_table(tables.folders_of(tmp_path, variants, [1]))

    assert curves["variant"].tolist() == ["first", "first", "trees", "last", "last"]
    assert curves["epoch"].tolist() == [1, 2, 1, 1, 2]


@pytest.mark.parametrize("name", ["history.csv", "records.csv", "cost.json"])
def test_a_file_that_is_missing_beside_the_scores_is_named_with_the_one_to_delete(tmp_path, name):
    folder = tmp_path / "mlp-0" / "1"
    leave_a_run(folder)
    (folder / name).unlink()

    with pytest.raises(UserError) as refused:
        collect_scores(tmp_path, {"a": "mlp-0"}, [1], {}, [], *(tmp_path / table for table in "rct"))

    assert str(refused.value) == (
        f"{folder / name} is missing next to scores.json; delete {folder / 'scores.json'} to have the run trained again"
    )


@pytest.mark.parametrize("name", ["history.csv", "records.csv"])
def test_a_file_that_was_altered_after_the_scores_were_written_is_named(tmp_path, name):
    folder = tmp_path / "mlp-0" / "1"
    leave_a_run(folder)
    with (folder / name).open("a") as file:
        file.write("9\n")

    with pytest.raises(UserError, match=f"{name} does not have the checksum that scores.json stores; delete "):
        collect_scores(tmp_path, {"a": "mlp-0"}, [1], {}, [], *(tmp_path / table for table in "rct"))


def test_numbers_and_names_survive_the_file(tmp_path):
    path = tmp_path / "curves.csv"
    write_table(path, pd.DataFrame({"variant": ["None", "1"], "seed": [1, 2], "lr": [0.1 + 0.2, 1e-300]}))

    again = read_table(path)

    assert again["variant"].tolist() == ["None", "1"]
    assert again["lr"].tolist() == [0.1 + 0.2, 1e-300]
    assert b"\r" not in path.read_bytes()


def test_a_window_of_updates_that_is_named_by_a_number_keeps_its_name(tmp_path):
    leave_a_run(tmp_path / "mlp-0" / "1", recorded=["updates,updates,,20,mean,0.25\n"])
    path = tmp_path / "records.csv"
    write_table(path, tables.records_table(tables.folders_of(tmp_path, {"a": "mlp-0"}, [1]), {}))

    assert read_table(path)["name"].tolist() == ["20"]


def test_the_jobs_lead_from_runs_to_verdicts(tmp_path):
    for seed in (1, 2, 3):
        leave_a_run(tmp_path / "runs" / "mlp-0" / str(seed), accuracy=0.5 + seed / 1000)
        leave_a_run(tmp_path / "runs" / "mlp-1" / str(seed), accuracy=0.7 - seed / 1000)
    runs, curves, records, facts = (tmp_path / name for name in ("runs.csv", "curves.csv", "records.csv", "facts.json"))
    data = {"dataset": {"source": "local", "stand_in": False}}
    write_json(facts, {"a": data, "b": data})
    claim = {"id": "C000-01", "says": "…", "test": "greater", "metric": "test_accuracy", "of": "b", "than": "a"}

    collect_scores(tmp_path / "runs", {"a": "mlp-0", "b": "mlp-1"}, [1, 2, 3], {}, [], runs, curves, records)
    requests, metrics = [{"metric": {"name": "test_accuracy"}, "names": ["a", "b"]}], tmp_path / "metrics.csv"
    compute_metrics(requests, {}, runs, curves, records, facts, metrics)
    judge_claims([claim], {}, metrics, facts, tmp_path / "verdicts.json")

    [verdict] = json.loads((tmp_path / "verdicts.json").read_text())
    assert (verdict["ruling"], verdict["source"], verdict["seeds"]) == ("supported", "local", [1, 2, 3])

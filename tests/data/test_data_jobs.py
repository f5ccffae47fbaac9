import json
import subprocess
import sys

import numpy as np

from folklore.data.dataset import load_dataset, load_split
from folklore.plan.local_files import content_digest


def job(name, **options):
    words = [word for key, value in options.items() for word in (f"--{key}", _text(value))]
    return subprocess.run(
        [sys.executable, "-m", f"folklore.jobs.{name}", *words], capture_output=True, text=True, check=False
    )


def _text(value):
    return json.dumps(value) if isinstance(value, dict) else str(value)


def files(folder, edition):
    return {
        name: folder / f"{edition}-{name}" for name in ("arrays.npz", "provenance.json", "indices.npz", "counts.json")
    }


def flow(folder, edition, split):
    paths = files(folder, edition)
    data, path = {"name": "dice", "source": "local"}, folder / "dice.npz"
    faces = np.tile(np.arange(6), 300)
    rolled = np.repeat(faces, 4).reshape(-1, 1, 2, 2).astype(np.uint8)
    np.savez(folder / "dice.npz", x_train=rolled, y_train=faces, x_test=rolled[:60], y_test=faces[:60])
    prepared = {"arrays": paths["arrays.npz"], "provenance": paths["provenance.json"]}
    first = job(
        "prepare_data", data=data, path=path, downloads=folder / "downloads", contents=folder / "contents", **prepared
    )
    second = job("split_data", split=split, indices=paths["indices.npz"], counts=paths["counts.json"], **prepared)
    return paths, first, second


SPLIT = {"train": 1000, "validation": 300, "test": None, "seed": 0, "stratified": True, "skip": 0, "reverse": False}


def test_from_a_recipe_to_data_and_split_and_the_same_bytes_twice(tmp_path):
    one, *jobs = flow(tmp_path, "one", SPLIT)
    other, *_ = flow(tmp_path, "other", SPLIT)
    assert [done.returncode for done in jobs] == [0, 0]
    assert all(one[name].read_bytes() == other[name].read_bytes() for name in one)
    dataset, split = load_dataset(one["arrays.npz"]), load_split(one["indices.npz"])
    assert dataset.inputs[split.train].shape == (1000, 1, 2, 2)
    counts = json.loads(one["counts.json"].read_text())
    assert [sum(counts["counts"][part]) for part in ("train", "validation", "test")] == [1000, 300, 60]
    origin = json.loads(one["provenance.json"].read_text())["origin"]
    assert [about["place"] for about in origin] == [str(tmp_path / "dice.npz")], "the path as it was given, no other"


def test_an_impossible_split_is_one_message_and_leaves_no_file(tmp_path):
    paths, _, failed = flow(tmp_path, "big", {**SPLIT, "train": 45000})
    assert failed.returncode == 1
    assert failed.stderr.startswith("error: dataset 'dice' (local) has 1800 rows in its train set")
    assert "Traceback" not in failed.stderr
    assert not paths["indices.npz"].exists()


def test_a_missing_local_file_is_one_message(tmp_path):
    paths = files(tmp_path, "none")
    options = {"data": {"name": "cifar10", "source": "local"}, "path": tmp_path / "nowhere.tar.xz"}
    arrays, provenance = paths["arrays.npz"], paths["provenance.json"]
    options |= {"downloads": tmp_path, "contents": tmp_path, "arrays": arrays, "provenance": provenance}
    failed = job("prepare_data", **options)
    assert failed.returncode == 1
    assert "nowhere.tar.xz does not exist" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not arrays.exists()


def test_files_that_changed_since_the_plan_are_one_message_and_leave_no_file(tmp_path):
    paths, table = files(tmp_path, "late"), tmp_path / "own.csv"
    table.write_text("x,kind\n1,a\n2,b\n3,a\n4,b\n5,b\n")
    planned = content_digest(table, tmp_path / "contents")
    table.write_text("x,kind\n1,a\n2,b\n3,a\n4,b\n5,a\n")
    options = {"data": {"name": "own", "source": "local", "inputs": ["x"], "label": "kind", "content": planned}}
    options |= {"path": table, "downloads": tmp_path, "contents": tmp_path / "contents"}
    failed = job("prepare_data", **options, arrays=paths["arrays.npz"], provenance=paths["provenance.json"])
    assert failed.returncode == 1
    assert failed.stderr.endswith("own.csv has changed since the workflow started. Run again\n")
    assert not paths["arrays.npz"].exists()

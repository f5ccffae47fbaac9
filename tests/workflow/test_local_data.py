"""Local data are known by their content: a changed file retrains, a touched or moved one does not."""

import io
import shutil

import numpy as np
import pytest
import yaml
from PIL import Image

pytestmark = pytest.mark.slow

BASE = {"model": {"name": "logistic", "max_iter": 20}}
ROWS = {"train": 30, "validation": 10}


def image(brightness: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (4, 4), brightness).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def local(fresh):
    """A checkout with a study of a folder of images, a folder of tables and a single table, run to its end."""
    for part, number in (("train", 40), ("test", 8)):
        for kind, brightness in (("cat", 40), ("dog", 200)):
            folder = fresh.path(f"pets/{part}/{kind}")
            folder.mkdir(parents=True)
            for name in range(number // 2):
                (folder / f"{name}.png").write_bytes(image(brightness + name))
    values = np.random.default_rng(0).normal(size=60).round(3)
    table = "x,kind\n" + "".join(f"{value},{'a' if value > 0 else 'b'}\n" for value in values)
    fresh.path("tables").mkdir()
    for name in ("tables/train.csv", "tables/test.csv", "own.csv"):
        fresh.path(name).write_text(table)
    columns = {"inputs": ["x"], "label": "kind"}
    variants = {
        "images": {"data": {"name": "pets", "source": "local", "path": "pets", **ROWS}},
        "tables": {"data": {"name": "tables", "source": "local", "path": "tables", **columns, **ROWS}},
        "table": {"data": {"name": "own", "source": "local", "path": "own.csv", **columns, **ROWS}},
    }
    study = {"title": "T", "question": "?", "reference": "s", "base": BASE, "variants": variants, "seeds": 1}
    fresh.path("studies/tiny.yaml").write_text(yaml.safe_dump(study))
    fresh.finished()
    return fresh


def jobs(checkout) -> dict[str, int]:
    planned = checkout.plan()
    return {rule: planned.get(rule, 0) for rule in ("prepare_data", "split_data", "train_run")}


ONE, NOTHING = {"prepare_data": 1, "split_data": 1, "train_run": 1}, {}


def test_a_changed_file_of_local_data_retrains_and_a_touched_or_moved_one_does_not(local):
    for file in [*local.path("pets").rglob("*"), *local.path("tables").iterdir(), local.path("own.csv")]:
        file.touch()
    local.path("pets/train/cat/.hidden.png").write_bytes(b"")
    assert local.plan() == NOTHING
    shutil.copytree(local.path("tables"), local.path("elsewhere/tables"))
    local.path("link.csv").symlink_to("own.csv")
    for old, new in (("path: tables", "path: elsewhere//tables/"), ("path: own.csv", "path: pets/../link.csv")):
        local.edit("studies/tiny.yaml", old, new)
    assert jobs(local) == dict.fromkeys(ONE, 0)
    changes = [
        ("elsewhere/tables/train.csv", local.path("own.csv").read_bytes().replace(b",a", b",b", 1)),
        ("own.csv", b"x,kind\n" + b"1,a\n2,b\n" * 30),
        ("pets/train/cat/1.png", image(90)),
        ("pets/train/cat/99.png", image(90)),
        ("pets/train/bird/1.png", image(120)),
    ]
    for name, content in changes:
        path = local.path(name)
        before = path.read_bytes() if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        assert jobs(local) == ONE, name
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
    assert jobs(local) == dict.fromkeys(ONE, 0), "what was changed back is known"
    local.path("pets/test/dog/1.png").write_bytes(image(250))
    local.finished()
    assert local.plan() == NOTHING

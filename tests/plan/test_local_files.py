import os
import time
from pathlib import Path, PurePath

import pytest

from folklore.execution.errors import UserError
from folklore.plan import local_files
from folklore.plan.local_files import content_digest, is_data, recorded_digest


@pytest.fixture
def pets(tmp_path):
    """Two classes of two images each, and a way to get the digest of the folder."""
    folder = tmp_path / "pets"
    for name in ("train/cat/1.png", "train/cat/2.png", "train/dog/1.png", "test/cat/1.png"):
        write(folder / name, f"image {name}")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def digest_of(path):
    return content_digest(path, path.parent / "contents")


def read_files(monkeypatch):
    """The names of the files that are read from now on."""
    names = []
    hashed = local_files._hashed

    def noting(path, files):
        names.extend(file.name for file in files)
        return hashed(path, files)

    monkeypatch.setattr(local_files, "_hashed", noting)
    return names


def long_ago(monkeypatch):
    """Let all files count as changed a minute ago."""
    now = time.time_ns()
    monkeypatch.setattr(local_files.time, "time_ns", lambda: now + 60 * 10**9)


def overwrite(folder):
    """In place and with the same size, as `>` does."""
    write(folder / "train/cat/1.png", "image train/cat/X.png")


@pytest.mark.parametrize(
    "change",
    [
        overwrite,
        lambda folder: write(folder / "train/cat/3.png", "image train/cat/1.png"),
        lambda folder: write(folder / "train/bird/1.png", "a bird"),
        lambda folder: (folder / "train/cat/1.png").unlink(),
        lambda folder: (folder / "train/cat").rename(folder / "train/lion"),
    ],
)
def test_a_file_changed_added_removed_or_renamed_is_other_content(pets, change, monkeypatch):
    long_ago(monkeypatch)
    before = digest_of(pets)
    change(pets)
    assert digest_of(pets) != before
    assert digest_of(pets) == digest_of(pets)


def test_a_file_overwritten_under_its_old_time_is_other_content(pets, monkeypatch):
    long_ago(monkeypatch)
    before, status = digest_of(pets), (pets / "train/cat/1.png").stat()
    overwrite(pets)
    os.utime(pets / "train/cat/1.png", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert digest_of(pets) != before


def test_touching_a_copy_and_a_link_are_the_same_content(pets, tmp_path):
    before = digest_of(pets)
    for file in pets.rglob("*"):
        file.touch()
    (tmp_path / "link").symlink_to(pets)
    pets.rename(tmp_path / "moved")
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to(tmp_path / "moved")
    assert digest_of(tmp_path / "moved") == digest_of(tmp_path / "link") == before


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "train/cat/.1.png.swp", "train/.ipynb_checkpoints/1.png", "train/cat/1.png~", "train/@eaDir/1.png",
     "Thumbs.db", "README.md", "train/cat/#1.png#"],
)  # fmt: skip
def test_hidden_files_leftovers_and_a_readme_do_not_count(pets, name):
    before = digest_of(pets)
    write(pets / name, "left over")
    assert not is_data(PurePath(name))
    assert digest_of(pets) == before


def test_unchanged_files_are_read_once_and_of_changed_ones_no_other(pets, monkeypatch):
    names = read_files(monkeypatch)
    long_ago(monkeypatch)
    digest_of(pets)
    assert len(names) == 4
    digest_of(pets)
    assert len(names) == 4
    overwrite(pets)
    digest_of(pets)
    assert names[4:] == ["train/cat/1.png"]


def test_a_file_that_has_just_changed_is_read_again(pets, monkeypatch):
    """A clock may be too coarse to tell two changes of one second apart."""
    names = read_files(monkeypatch)
    for _ in range(2):
        digest_of(pets)
    assert len(names) == 8


def test_a_single_file_is_known_by_its_content_and_its_ending(tmp_path):
    for name in ("a.csv", "b.csv", "a.npz"):
        write(tmp_path / name, "1,2")
    assert digest_of(tmp_path / "a.csv") == digest_of(tmp_path / "b.csv") != digest_of(tmp_path / "a.npz")
    write(tmp_path / "b.csv", "1,3")
    assert digest_of(tmp_path / "a.csv") != digest_of(tmp_path / "b.csv")


def test_names_that_are_not_utf8_count(pets, monkeypatch):
    long_ago(monkeypatch)
    before = digest_of(pets)
    Path(os.fsdecode(os.fsencode(pets) + b"/train/cat/caf\xe9.png")).write_text("coffee")
    assert digest_of(pets) == digest_of(pets) != before


@pytest.mark.parametrize(("target", "words"), [("nowhere", "does not exist"), ("..", "a folder that holds it")])
def test_a_link_that_leads_nowhere_or_back_is_named(pets, target, words):
    (pets / "train/cat/link").symlink_to(target)
    with pytest.raises(UserError, match=f"train/cat/link is a link to .*{words}"):
        digest_of(pets)


def test_a_record_that_is_damaged_or_cannot_be_written_only_costs_time(pets, tmp_path):
    before = digest_of(pets)
    (record,) = (tmp_path / "contents").iterdir()
    for text in ("", "{", '{"content": "0"}\n', "[]\n"):
        record.write_text(text)
        assert digest_of(pets) == before
    assert content_digest(pets, tmp_path / "pets/train/cat/1.png") == before


def test_a_cluster_job_takes_what_its_plan_recorded(pets, tmp_path):
    records = tmp_path / "contents"
    assert recorded_digest(pets, records) == content_digest(pets, records)
    before = recorded_digest(pets, records)
    overwrite(pets)
    assert recorded_digest(pets, records) == before

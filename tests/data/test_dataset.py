import subprocess
import sys

import numpy as np
import pytest

from folklore.data.dataset import Dataset, Split, arrays_sha256, load_dataset, load_split, save
from folklore.execution.errors import UserError

DATASET = Dataset(
    inputs=np.arange(6 * 12, dtype=np.uint8).reshape(6, 3, 2, 2),
    labels=np.array([0, 1, 0, 1, 0, 1]),
    counts=np.array([3, 1, 2]),
)


def test_a_data_set_and_a_split_come_back_as_they_were_saved(tmp_path):
    split = Split(*(np.array([row]) for row in (0, 3, 4)))
    save(tmp_path / "data.npz", DATASET)
    save(tmp_path / "split.npz", split)
    loaded = load_dataset(tmp_path / "data.npz")
    assert all(np.array_equal(getattr(loaded, name), array) for name, array in vars(DATASET).items())
    assert load_split(tmp_path / "split.npz").validation.tolist() == [3]


def test_each_part_knows_its_rows():
    assert [DATASET.rows(part).tolist() for part in ("train", "validation", "test")] == [[0, 1, 2], [3], [4, 5]]


def test_the_same_arrays_are_the_same_bytes(tmp_path):
    for name in ("a.npz", "b.npz"):
        save(tmp_path / name, DATASET)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_the_checksum_sees_content_shape_and_type():
    zeros = np.zeros((2, 3), dtype=np.int64)
    others = (zeros + 1, zeros.reshape(3, 2), zeros.astype(np.float64))
    assert len({arrays_sha256({"a": array}) for array in (zeros, *others)}) == 4
    assert arrays_sha256({"a": zeros}) == arrays_sha256({"a": np.asfortranarray(zeros)})


@pytest.mark.parametrize("spoil", [lambda raw: raw[: len(raw) // 2], lambda _: b"not arrays", lambda _: b""])
def test_a_spoilt_file_is_one_clear_message(tmp_path, spoil):
    path = tmp_path / "data.npz"
    save(path, DATASET)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(UserError, match=r"data\.npz is corrupt .* delete it and run again"):
        load_dataset(path)


def test_a_flipped_byte_does_not_go_unnoticed(tmp_path):
    path = tmp_path / "data.npz"
    save(path, DATASET)
    raw = bytearray(path.read_bytes())
    raw[raw.index(DATASET.inputs.tobytes()) + 5] ^= 255
    path.write_bytes(raw)
    with pytest.raises(UserError, match="corrupt"):
        load_dataset(path)


def test_nothing_pickled_is_opened(tmp_path):
    path = tmp_path / "data.npz"
    np.savez(path, inputs=np.array([{}], dtype=object), labels=np.zeros(1), counts=np.array([1, 0, 0]))
    with pytest.raises(UserError, match="allow_pickle=False"):
        load_dataset(path)


def test_arrays_that_disagree_are_no_data_set(tmp_path):
    save(tmp_path / "data.npz", Dataset(DATASET.inputs[:5], DATASET.labels, DATASET.counts))
    with pytest.raises(UserError, match="inputs, labels and counts disagree"):
        load_dataset(tmp_path / "data.npz")


def test_a_split_is_not_taken_for_a_data_set(tmp_path):
    save(tmp_path / "split.npz", Split(*(np.arange(1) for _ in range(3))))
    with pytest.raises(UserError, match="holds no arrays inputs, labels, counts"):
        load_dataset(tmp_path / "split.npz")


def test_reading_a_data_set_needs_neither_pandas_nor_torch():
    code = "import sys, folklore.data.dataset; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "torch", "torchvision", "sklearn", "PIL", "requests"} & set(loaded)

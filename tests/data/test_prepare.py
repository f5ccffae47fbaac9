from pkgutil import resolve_name

import numpy as np
import pytest

from folklore.data import DATASETS
from folklore.data.dataset import save
from folklore.data.prepare import prepare
from folklore.problems import UserError
from folklore.sources import DATA_SETS


@pytest.fixture
def animals(tmp_path):
    """Eleven numbered classes, so that an order by text would put 10 before 2."""
    labels = np.repeat(np.arange(11), 2)
    inputs = np.repeat(labels, 4).reshape(-1, 1, 2, 2).astype(np.uint8)
    np.savez(tmp_path / "animals.npz", x_train=inputs, y_train=labels, x_test=inputs[:4], y_test=labels[:4])
    return str(tmp_path / "animals.npz")


def test_every_data_set_that_a_study_may_name_can_be_read_from_every_source():
    assert set(DATASETS) == set(DATA_SETS)
    for readers in DATASETS.values():
        assert set(readers) == {"official", "local", "embedded"}
        assert all(callable(resolve_name(target)) for target in readers.values())


def test_the_parts_follow_one_another_and_numbered_classes_count_upwards(ask, animals):
    dataset, about = prepare(ask("animals", path=animals))
    assert dataset.counts.tolist() == [22, 0, 4]
    assert about["classes"] == [str(number) for number in range(11)]
    assert np.array_equal(dataset.inputs[:, 0, 0, 0], dataset.labels)


def test_classes_selects_renames_and_joins(ask, animals):
    dataset, about = prepare(ask("animals", path=animals, classes={"10": "wild", "2": "tame", "0": "wild"}))
    assert about["classes"] == ["wild", "tame"]
    assert about["counts"] == {"train": 6, "validation": 0, "test": 2}
    assert [about["classes"][label] for label in dataset.labels] == ["wild"] * 2 + ["tame"] * 2 + ["wild"] * 4


def test_the_order_in_which_classes_are_named_does_not_matter(ask, animals):
    one, other = ({"0": "a", "2": "b"}, {"2": "b", "0": "a"})
    assert (
        prepare(ask("animals", path=animals, classes=one))[1] == prepare(ask("animals", path=animals, classes=other))[1]
    )


def test_a_class_that_is_not_there_is_named_with_those_that_are(ask, animals):
    with pytest.raises(UserError, match=r"classes: no class '22'; did you mean '2'.* There are: 0, 1"):
        prepare(ask("animals", path=animals, classes={"22": "x"}))


def test_one_class_is_too_few(ask, animals):
    with pytest.raises(UserError, match="has one class, 'x'"):
        prepare(ask("animals", path=animals, classes={"0": "x", "1": "x"}))


def test_a_set_without_a_test_part_is_refused(ask, tmp_path):
    (tmp_path / "train.csv").write_text("a,b\n1,x\n2,y\n")
    with pytest.raises(UserError, match=r"'animals' \(local\) has no test part"):
        prepare(ask("animals", path=str(tmp_path), inputs=["a"], label="b"))


def test_parts_of_different_shape_are_refused(ask, tmp_path):
    ones = {"x_train": np.ones((2, 3)), "x_test": np.ones((2, 4)), "y_train": [0, 1], "y_test": [0, 1]}
    np.savez(tmp_path / "a.npz", **ones)
    with pytest.raises(UserError, match="different shapes"):
        prepare(ask("animals", path=str(tmp_path / "a.npz")))


def test_an_unknown_name_needs_a_local_source(ask):
    with pytest.raises(UserError, match=r"did you mean 'cifar10'.* needs `source: local` and `path`"):
        prepare(ask("cifar", "embedded"))


def test_a_prepared_file_can_be_the_local_copy_of_another(ask, tmp_path):
    dataset, about = prepare(ask("fashion_mnist", "embedded"))
    save(tmp_path / "copy.npz", dataset)
    again, copied = prepare(ask("fashion_mnist", path=str(tmp_path / "copy.npz")))
    assert copied["sha256"] == about["sha256"]
    assert copied["classes"][0] == "T-shirt/top"
    assert np.array_equal(again.labels, dataset.labels)


def test_the_provenance_says_where_the_data_come_from(ask, animals):
    about = prepare(ask("animals", path=animals))[1]
    assert about["origin"][0]["place"] == animals
    assert len(about["origin"][0]["sha256"]) == len(about["sha256"]) == 64
    assert (about["source"], about["stand_in"], about["shape"]) == ("local", False, [1, 2, 2])

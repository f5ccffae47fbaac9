import numpy as np
import pytest

from folklore.data import embedded_countries
from folklore.data.prepare import prepare


@pytest.mark.parametrize(
    ("name", "shape"), [("mnist", [1, 28, 28]), ("fashion_mnist", [1, 28, 28]), ("cifar10", [3, 32, 32])]
)
def test_the_digits_stand_in_for_images_of_the_same_shape_and_say_so(ask, name, shape):
    dataset, about = prepare(ask(name, "embedded"))
    assert dataset.inputs.dtype == np.uint8
    assert (about["shape"], about["counts"]) == (shape, {"train": 1500, "validation": 0, "test": 297})
    assert about["stand_in"]
    assert "stand-in" in about["description"]
    assert "digit" in about["description"]
    assert about["classes"] == list("0123456789")


def test_each_digit_is_used_once_and_every_class_has_its_share_of_the_test(ask):
    dataset, _ = prepare(ask("cifar10", "embedded"))
    grey, _ = prepare(ask("mnist", "embedded"))
    assert len(np.unique(grey.inputs.reshape(1797, -1), axis=0)) == 1797
    assert np.array_equal(dataset.labels, grey.labels)
    assert np.ptp(np.bincount(dataset.labels[1500:])) <= 2


def test_a_digit_can_be_told_from_the_photograph_under_it(ask):
    """A photograph alone is no more restless in the middle of a patch than in its corner."""
    dataset, _ = prepare(ask("cifar10", "embedded"))
    middle, corner = dataset.inputs[:, :, 12:20, 12:20], dataset.inputs[:, :, :8, :8]
    assert middle.std(axis=(1, 2, 3)).mean() > 1.3 * corner.std(axis=(1, 2, 3)).mean()


def test_chosen_classes_of_a_stand_in_do_not_pass_for_the_real_ones(ask):
    dataset, about = prepare(ask("cifar10", "embedded", classes={"dog": "dog", "cat": "cat"}))
    assert about["classes"] == ["cat (stand-in)", "dog (stand-in)"]
    digits, _ = prepare(ask("mnist", "embedded"))
    assert np.array_equal(np.array([3, 5])[dataset.labels], digits.labels[np.isin(digits.labels, [3, 5])])


def test_points_have_the_real_range_and_the_real_shares_and_belong_to_the_nearest_capital(ask):
    dataset, about = prepare(ask("countries", "embedded"))
    assert about["counts"] == {"train": 106_897, "validation": 13_363, "test": 13_363}
    assert len(about["classes"]) == 33
    assert dataset.inputs.dtype == np.float32
    for column, (low, high) in enumerate((embedded_countries.LONGITUDES, embedded_countries.LATITUDES)):
        assert low <= dataset.inputs[:, column].min() < low + 0.5
        assert high - 0.5 < dataset.inputs[:, column].max() <= high
    assert np.array_equal(embedded_countries.nearest(dataset.inputs), dataset.labels)
    shares = np.bincount(dataset.labels[dataset.rows("train")]) / 106_897
    assert abs(shares.max() - 0.105) < 0.003
    assert abs(shares.min() - 0.006) < 0.001
    assert about["classes"][shares.argmax()] == "Germany"


@pytest.mark.parametrize("name", ["cifar10", "mnist", "countries"])
def test_a_stand_in_is_the_same_every_time(ask, name):
    first, second = (prepare(ask(name, "embedded"))[1] for _ in range(2))
    assert first == second


def test_the_stand_in_for_faces_shows_none_and_tells_digits_by_their_loops(ask):
    faces, about = prepare(ask("faces", "embedded"))
    digits, _ = prepare(ask("cifar10", "embedded"))
    assert about["classes"] == ["no loop", "closed loop"]
    assert "no faces" in about["description"]
    kept = digits.labels != 4
    assert np.array_equal(faces.inputs, digits.inputs[kept])
    assert np.array_equal(faces.labels, np.isin(digits.labels[kept], [0, 6, 8, 9]))
    assert faces.counts.tolist() == [kept[:1500].sum(), 0, kept[1500:].sum()]

from dataclasses import replace
from pkgutil import resolve_name

import numpy as np
import pytest

from folklore.data.dataset import arrays_of, arrays_sha256, load_dataset, save
from folklore.data.input_spec import InputSpec
from folklore.data.prepare import prepare
from folklore.execution.errors import UserError
from folklore.plan.datasets import DATASETS
from folklore.plan.datasets.known_dataset import known_dataset, reader


@pytest.fixture
def animals(tmp_path):
    """Eleven numbered classes, so that an order by text would put 10 before 2."""
    labels = np.repeat(np.arange(11), 2)
    inputs = np.repeat(labels, 4).reshape(-1, 1, 2, 2).astype(np.uint8)
    np.savez(tmp_path / "animals.npz", x_train=inputs, y_train=labels, x_test=inputs[:4], y_test=labels[:4])
    return str(tmp_path / "animals.npz")


def test_every_data_set_that_a_study_may_name_can_be_read_from_every_source():
    for name in DATASETS:
        assert all(callable(resolve_name(reader(name, source))) for source in ("official", "local", "embedded"))


@pytest.mark.parametrize("name", DATASETS)
def test_the_described_size_of_a_stand_in_is_its_size(ask, name):
    dataset, about = prepare(ask(name, "embedded"))
    known = known_dataset(name)
    assert len(dataset.labels) <= known.embedded_rows <= 1.12 * len(dataset.labels)
    assert len(about["shape"]) == len(known.shape)


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
    with pytest.raises(UserError, match="expected at least 2 classes; got 'x'"):
        prepare(ask("animals", path=animals, classes={"0": "x", "1": "x"}))


def test_a_set_without_a_test_part_is_refused(ask, tmp_path):
    (tmp_path / "train.csv").write_text("a,b\n1,x\n2,y\n")
    with pytest.raises(UserError, match=r"'animals' \(local\) has no test set"):
        prepare(ask("animals", path=str(tmp_path), inputs=["a"], label="b"))


@pytest.mark.parametrize(("one", "other"), [("1", "1.0"), ("True", "TRUE"), ("cat", "Cat")])
def test_classes_that_differ_in_spelling_alone_are_refused_unless_the_study_names_both(ask, tmp_path, one, other):
    for part, label in (("train", one), ("test", other)):
        (tmp_path / f"{part}.csv").write_text(f"a,b\n1,{label}\n2,z\n")
    request = {"path": str(tmp_path), "inputs": ["a"], "label": "b"}
    with pytest.raises(UserError, match="differ in spelling alone"):
        prepare(ask("animals", **request))
    joined = prepare(ask("animals", **request, classes={one: "x", other: "x", "z": "z"}))[1]
    assert joined["classes"] == ["x", "z"]


def test_classes_without_training_rows_are_named_in_the_description(ask, tmp_path):
    (tmp_path / "train.csv").write_text("a,b\n1,x\n2,y\n")
    (tmp_path / "test.csv").write_text("a,b\n1,x\n2,zebra\n")
    about = prepare(ask("animals", path=str(tmp_path), inputs=["a"], label="b"))[1]
    assert about["description"].endswith("; without training rows: zebra")


MIXED = "height,soil,zone,kind\n1.5,clay,7,a\n2.5,,10,b\n3.5,sand,7,a\n"


@pytest.fixture
def forest(tmp_path, ask):
    """Tables with a numeric column, a text column and a column of codes; the test set has a category of its own."""
    for name, text in (("train", MIXED), ("test", MIXED.replace("sand", "bog"))):
        (tmp_path / f"{name}.csv").write_text(text)
    request = {"path": str(tmp_path), "inputs": ["soil", "height", "zone"], "label": "kind", "categorical": ["zone"]}
    return ask("forest", **request)


def test_text_and_named_columns_become_codes_over_the_whole_data_set_and_numbers_stay(forest):
    dataset, about = prepare(forest)
    assert dataset.inputs[:, 0].tolist() == [1.5, 2.5, 3.5] * 2
    assert dataset.inputs.dtype == np.float32
    assert about["columns"] == [
        {"name": "soil", "kind": "categorical", "categories": ["bog", "clay", "sand"]},
        {"name": "height", "kind": "numeric"},
        {"name": "zone", "kind": "categorical", "categories": ["7", "10"]},
    ]
    assert dataset.categorical.tolist() == [[2, 1], [0, 2], [3, 1], [2, 1], [0, 2], [1, 1]]
    assert dataset.categorical.dtype == np.int32
    assert InputSpec.of(about) == InputSpec((1,), cardinalities=(4, 3))


def test_codes_follow_their_rows_where_a_class_is_left_out(forest, tmp_path):
    for name in ("train", "test"):
        (tmp_path / f"{name}.csv").write_text(MIXED + "9.5,peat,7,c\n")
    dataset, about = prepare(replace(forest, classes={"a": "a", "c": "c"}))
    soils = [None, *about["columns"][0]["categories"]]
    assert [soils[code] for code in dataset.categorical[:, 0]] == ["clay", "sand", "peat"] * 2
    assert dataset.inputs[:, 0].tolist() == [1.5, 3.5, 9.5] * 2
    assert dataset.counts.tolist() == [3, 0, 3]


def test_a_typed_data_set_comes_back_as_it_was_saved(forest, tmp_path):
    dataset, about = prepare(forest)
    save(tmp_path / "forest.npz", dataset)
    loaded = load_dataset(tmp_path / "forest.npz")
    assert np.array_equal(loaded.categorical, dataset.categorical)
    assert arrays_sha256(arrays_of(loaded)) == about["sha256"]


def test_tokens_may_be_inputs_and_targets(ask, tmp_path):
    tokens = np.arange(12).reshape(3, 4) % 5
    arrays = {"x_train": tokens, "y_train": (tokens + 1) % 5, "x_test": tokens, "y_test": (tokens + 1) % 5}
    np.savez(tmp_path / "text.npz", **arrays, vocabulary=5)
    dataset, about = prepare(ask("text", path=str(tmp_path / "text.npz")))
    assert (dataset.inputs.dtype, dataset.labels.dtype) == (np.int32, np.int64)
    assert np.array_equal(dataset.labels[:3], (tokens + 1) % 5)
    assert (about["classes"], about["shape"], about["vocabulary"]) == (list("01234"), [4], 5)
    assert InputSpec.of(about) == InputSpec((4,), vocabulary=5)
    np.savez(tmp_path / "text.npz", **arrays | {"y_train": [0, 1, 1], "y_test": [1, 0, 0]}, vocabulary=5)
    dataset, about = prepare(ask("text", path=str(tmp_path / "text.npz")))
    assert (dataset.labels.tolist(), about["classes"]) == ([0, 1, 1, 1, 0, 0], ["0", "1"])


@pytest.mark.parametrize(
    ("tokens", "words"), [(np.full((2, 3), 5), "expected tokens from 0 to 4"), (np.ones((2, 3)), "expected integer")]
)
def test_tokens_outside_of_the_vocabulary_are_refused(ask, tmp_path, tokens, words):
    np.savez(tmp_path / "t.npz", x_train=tokens, y_train=[0, 1], x_test=tokens, y_test=[0, 1], vocabulary=5)
    with pytest.raises(UserError, match=words):
        prepare(ask("text", path=str(tmp_path / "t.npz")))


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


@pytest.fixture
def paintings(tmp_path):
    """Pure red, pure green, pure blue, white, and one colour whose luminance is 12.5."""
    pixels = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255], [5, 17, 9]], dtype=np.uint8)
    images = np.zeros((5, 3, 2, 2), dtype=np.uint8)
    images[:, :, 0, 1] = pixels
    labels = np.arange(5)
    np.savez(tmp_path / "paintings.npz", x_train=images, y_train=labels, x_test=images[:2], y_test=labels[:2])
    return str(tmp_path / "paintings.npz")


def test_grey_puts_the_luminance_into_every_channel_and_says_so(ask, paintings):
    dataset, about = prepare(ask("paintings", path=paintings, grey=True))
    assert dataset.inputs.dtype == np.uint8
    assert about["shape"] == [3, 2, 2]
    luminance = [76, 150, 29, 255, 13]  # 0.299, 0.587 and 0.114 of 255, rounded; and 12.5, upwards
    assert dataset.inputs[:5, :, 0, 1].tolist() == [[value] * 3 for value in luminance]
    assert not dataset.inputs[:, :, 1].any()
    assert "luminance 0.299 R + 0.587 G + 0.114 B" in about["description"]


def test_without_grey_the_colours_stay(ask, paintings):
    dataset, about = prepare(ask("paintings", path=paintings))
    assert dataset.inputs[0, :, 0, 1].tolist() == [255, 0, 0]
    assert "luminance" not in about["description"]


def test_grey_holds_for_every_image_of_a_large_set(ask, tmp_path):
    colours = np.random.Generator(np.random.PCG64(0)).integers(0, 256, (10_000, 3, 1, 1), dtype=np.uint8)
    arrays = {"x_train": colours, "x_test": colours[:2], "y_train": np.arange(10_000) % 2, "y_test": np.arange(2)}
    np.savez(tmp_path / "many.npz", **arrays)
    found = prepare(ask("many", path=str(tmp_path / "many.npz"), grey=True))[0].inputs[:10_000, 0, 0, 0]
    expected = colours[:, :, 0, 0] @ np.array([0.299, 0.587, 0.114])
    assert np.abs(found - expected).max() <= 0.5 + 1e-9


def test_grey_is_refused_where_it_has_no_meaning(ask, animals, tmp_path):
    with pytest.raises(UserError, match=r"expected images of 3 channels; got images of one channel, which are"):
        prepare(ask("animals", path=animals, grey=True))
    np.savez(tmp_path / "f.npz", x_train=np.ones((2, 3)), x_test=np.ones((2, 3)), y_train=[0, 1], y_test=[0, 1])
    with pytest.raises(UserError, match=r"got features, not images. Leave `grey` out of the study's `data:`"):
        prepare(ask("animals", path=str(tmp_path / "f.npz"), grey=True))

import numpy as np
import pytest

from folklore.data.dataset import Dataset
from folklore.data.splits import description, draw
from folklore.execution.errors import UserError


def planted(counts=(1000, 0, 100), shares=(0.9, 0.1)):
    labels = np.random.Generator(np.random.PCG64(1)).choice(len(shares), sum(counts), p=shares)
    dataset = Dataset(np.zeros((len(labels), 1), dtype=np.float32), labels, np.array(counts))
    return dataset, about(counts)


def about(counts, source="local"):
    named = dict(zip(("train", "validation", "test"), counts, strict=True))
    return {"name": "coins", "source": source, "stand_in": source == "embedded", "classes": ["heads", "tails"]} | {
        "counts": named
    }


def split(dataset, facts, train=600, validation=300, test=None, seed=0, stratified=False, skip=0, reverse=False):
    return draw(dataset, facts, train, validation, test, seed, stratified, skip, reverse)


@pytest.mark.parametrize("stratified", [False, True])
@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("skip", [0, 100])
@pytest.mark.parametrize("counts", [(1000, 0, 100), (700, 300, 100)])
def test_parts_are_disjoint_and_each_comes_from_its_own_rows(counts, skip, swapped, stratified):
    dataset, facts = planted(counts)
    drawn = split(dataset, facts, test=50, stratified=stratified, skip=skip, reverse=swapped)
    rows = np.concatenate(list(vars(drawn).values()))
    assert [len(part) for part in vars(drawn).values()] == [600, 300, 50]
    assert len(np.unique(rows)) == len(rows)
    assert np.isin(drawn.train, dataset.rows("train")).all()
    assert np.isin(drawn.validation, dataset.rows("validation" if counts[1] else "train")).all()
    assert np.isin(drawn.test, dataset.rows("test")).all()


def test_without_a_number_the_whole_test_part_is_taken():
    dataset, facts = planted()
    assert split(dataset, facts).test.tolist() == dataset.rows("test").tolist()


@pytest.mark.parametrize("stratified", [False, True])
def test_more_rows_contain_the_fewer_and_leave_the_other_parts_alone(stratified):
    dataset, facts = planted()
    small = split(dataset, facts, train=100, validation=200, stratified=stratified)
    large = split(dataset, facts, train=700, validation=300, stratified=stratified)
    assert set(small.train) < set(large.train)
    assert set(small.validation) < set(large.validation)


def test_the_seed_decides_and_nothing_else():
    dataset, facts = planted()
    one, again, other = (split(dataset, facts, seed=seed).train.tolist() for seed in (0, 0, 1))
    assert one == again != other


@pytest.mark.parametrize("stratified", [False, True])
def test_swapped_halves_exchange_places(stratified):
    dataset, facts = planted((50, 0, 10))
    halves = {"train": 25, "validation": 25, "stratified": stratified}
    plain, swapped = (split(dataset, facts, reverse=swapped, **halves) for swapped in (False, True))
    assert set(plain.train) == set(swapped.validation)
    assert set(plain.validation) == set(swapped.train)
    assert set(plain.train) | set(plain.validation) == set(dataset.rows("train"))
    assert plain.test.tolist() == swapped.test.tolist()


@pytest.mark.parametrize("counts", [(1000, 0, 100), (900, 100, 100)])
def test_what_is_skipped_is_what_others_learn_from(counts):
    dataset, facts = planted(counts)
    thirds = [split(dataset, facts, train=300, validation=100, skip=skip) for skip in (0, 300, 600)]
    together = split(dataset, facts, train=900, validation=100)
    assert np.concatenate([third.train for third in thirds]).tolist() == together.train.tolist()
    assert {tuple(third.validation) for third in thirds} == {tuple(together.validation)}


def test_a_validation_part_of_its_own_is_neither_skipped_nor_swapped():
    dataset, facts = planted((700, 300, 100))
    plain, other = split(dataset, facts, train=200), split(dataset, facts, train=200, skip=100, reverse=True)
    assert plain.validation.tolist() == other.validation.tolist()
    whole = split(dataset, facts, train=700).train
    assert other.train.tolist() == whole[::-1][100:300].tolist()


@pytest.mark.parametrize(("train", "validation"), [(600, 300), (50, 20), (997, 3)])
def test_a_stratified_split_keeps_the_shares_of_the_classes(train, validation):
    dataset, facts = planted()
    drawn = split(dataset, facts, train, validation, test=40, stratified=True)
    for rows, pool in ((drawn.train, "train"), (drawn.validation, "train"), (drawn.test, "test")):
        expected = dataset.labels[dataset.rows(pool)].mean() * len(rows)
        assert abs(dataset.labels[rows].sum() - expected) <= 1


def test_balanced_classes_are_split_exactly():
    dataset = Dataset(np.zeros((110, 1)), np.tile(np.arange(10), 11), np.array([100, 0, 10]))
    drawn = split(dataset, about((100, 0, 10)), train=80, validation=20, stratified=True)
    assert np.bincount(dataset.labels[drawn.train]).tolist() == [8] * 10
    assert np.bincount(dataset.labels[drawn.validation]).tolist() == [2] * 10


def test_the_description_counts_every_class_of_every_part():
    dataset, facts = planted()
    drawn = split(dataset, facts)
    told = description(drawn, dataset, facts, seed=0, stratified=False)
    assert {part: sum(counts) for part, counts in told["counts"].items()} == {
        "train": 600,
        "validation": 300,
        "test": 100,
    }
    assert told["counts"]["train"][1] == dataset.labels[drawn.train].sum()
    assert told["sha256"] != description(split(dataset, facts, seed=1), dataset, facts, 1, False)["sha256"]


def test_more_than_there_is_says_what_was_asked_what_there_is_and_what_to_do():
    dataset, _ = planted()
    facts = about((1000, 0, 100), source="embedded")
    with pytest.raises(UserError) as caught:
        split(dataset, facts, train=45000, validation=5000)
    for words in ("1000 rows", "45000 rows for training and 5000 for validation", "scale: demo", "source: official"):
        assert words in str(caught.value)


@pytest.mark.parametrize(
    ("counts", "asked", "words"),
    [
        ((1000, 0, 100), {"train": 800}, "800 rows for training and 300 for validation"),
        ((1000, 0, 100), {"skip": 101}, "101 rows to skip, 600 rows for training and 300 for validation"),
        ((700, 300, 100), {"skip": 101}, "101 rows to skip, 600 rows for training; "),
        ((700, 200, 100), {}, "300 rows for validation"),
        ((700, 300, 100), {"train": 701}, "701 rows for training; "),
        ((1000, 0, 100), {"test": 101}, "101 rows for testing"),
        ((1000, 0, 100), {"validation": 0}, "0 rows for validation are an empty split"),
        ((1100, 0, 0), {}, "no test rows"),
    ],
)
def test_an_impossible_split_is_one_clear_message(counts, asked, words):
    dataset, facts = planted(counts)
    with pytest.raises(UserError, match=words):
        split(dataset, facts, **asked)

"""The study files say what the source documents say, and expand into the runs that they should."""

import math
from pathlib import Path

import pytest

from folklore.plan.load import load_plan
from folklore.schema.claim import NotTestable
from folklore.schema.study import seeds_of
from folklore.schema.yaml_file import read_yaml

STUDIES = Path(__file__).parents[2] / "studies"
CATALOGUE = read_yaml(Path(__file__).with_name("catalogue.yaml"))
PUBLISHED = sorted(CATALOGUE["claims"])


# In what the source prints after the last epoch, a training accuracy may be a running one.
PARTS = {"train_accuracy": "train", "running_accuracy": "train", "validation_accuracy": "validation"}


@pytest.fixture(scope="module")
def planned():
    """The studies at both scales."""
    return {scale: load_plan({"scale": scale}, STUDIES).studies for scale in ("demo", "full")}


@pytest.mark.parametrize("source", ["embedded", "official"])
@pytest.mark.parametrize("scale", ["demo", "full"])
def test_every_study_is_sound_at_every_scale_and_source(scale, source):
    found = load_plan({"scale": scale, "data": {"source": source}}, STUDIES).studies
    assert {*PUBLISHED, "classical_baselines"} <= set(found)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_study_holds_every_claim_of_its_experiment_and_no_other(planned, name):
    assert set(CATALOGUE["claims"][name]) == {claim.id for claim in planned["full"][name].claims}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_study_names_every_defect_of_its_experiment(planned, name):
    assert set(CATALOGUE["defects"][name]) <= {defect.id for defect in planned["full"][name].study.defects}


@pytest.mark.parametrize("document", sorted(CATALOGUE["documents"]))
def test_a_document_has_all_its_claims_and_defects(planned, document):
    studies = [study.study for study in planned["full"].values()]
    found = {
        "claims": {claim.id for study in studies for claim in study.claims},
        "defects": {defect.id for study in studies for defect in study.defects},
    }
    for kind, letter in (("claims", "C"), ("defects", "D")):
        numbers = CATALOGUE["documents"][document]
        expected = {f"{letter}{document}-{n:02}" for n in range(1, numbers[kind] + 1)} - set(
            numbers.get("left_out", [])
        )
        assert expected == {name for name in found[kind] if name.startswith(f"{letter}{document}-")}


def test_no_claim_stands_in_two_studies(planned):
    owners = [(claim_id, name) for name, study in planned["full"].items() for claim_id in {c.id for c in study.claims}]
    assert len(owners) == len({claim_id for claim_id, _ in owners})


@pytest.mark.parametrize("name", sorted(CATALOGUE["final_accuracies"]))
def test_the_published_accuracies_are_those_of_the_table(planned, name):
    found = {}
    for value in planned["full"][name].study.published:
        curve = value.metric.of if value.metric.name == "final" else value.metric.name
        if curve in PARTS:
            found.setdefault(value.variant, {})[PARTS[curve]] = value.value
    expected = {
        variant: {"train": train, "validation": validation}
        for variant, (train, validation) in CATALOGUE["final_accuracies"][name].items()
    }
    assert expected == found


@pytest.mark.parametrize("name", sorted(CATALOGUE["seconds"]))
def test_the_published_seconds_are_those_of_the_table(planned, name):
    published = planned["full"][name].study.published
    assert CATALOGUE["seconds"][name] == {one.variant: one.value for one in published if one.metric.name == "seconds"}


@pytest.mark.parametrize("name", sorted(CATALOGUE["logs"]))
def test_the_published_curves_are_those_of_the_printed_logs(planned, name):
    study = planned["full"][name]
    curves = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")
    units = (1, 100, 1, 100)
    expected = {
        (variant, epoch, curve): pytest.approx(number / unit)
        for variant, rows in CATALOGUE["logs"][name].items()
        for epoch, row in enumerate(rows, start=1)
        for curve, number, unit in zip(curves, row, units, strict=False)
    }
    found = {}
    for value in study.study.published:
        curve = value.metric.of if value.metric.name == "at_epoch" else value.metric.name
        if curve in curves:
            found[value.variant, value.metric.epoch or study.variants[value.variant].recipe.epochs, curve] = value.value
    assert expected == found


@pytest.mark.parametrize("name", sorted(CATALOGUE["test_accuracies"]))
def test_the_published_test_accuracies_are_those_of_the_text(planned, name):
    published = planned["full"][name].study.published
    found = {value.variant: value.value for value in published if value.metric.name == "test_accuracy"}
    assert found == {variant: pytest.approx(of / 100) for variant, of in CATALOGUE["test_accuracies"][name].items()}


def test_every_claim_is_judged_at_both_scales(planned):
    """A trend along an axis takes what the demo leaves of it."""
    for name, study in planned["demo"].items():
        for claim in study.claims:
            missing = set(claim.variants) - set(study.variants) - set(study.selections)
            assert not missing, f"{name}: {claim.id}"


def test_the_demo_trains_every_study_with_three_seeds_or_more(planned):
    assert all(len(study.seeds) >= 3 for study in planned["demo"].values())


def test_the_demo_fits_into_the_stand_ins(planned):
    """They hold 1,500 rows to train and to validate on."""
    recipes = [variant.recipe for study in planned["demo"].values() for variant in study.variants.values()]
    assert max(recipe.data.train + recipe.data.validation for recipe in recipes) <= 1500


def test_claims_about_an_epoch_can_be_judged_in_the_demo(planned):
    for study in planned["demo"].values():
        for claim in study.claims:
            if not isinstance(claim, NotTestable) and claim.metric.name == "at_epoch":
                epochs = [study.variants[name].recipe.epochs for name in claim.variants]
                assert min(epochs) >= claim.metric.epoch, claim.id


@pytest.mark.parametrize("scale", ["demo", "full"])
def test_studies_share_the_constant_rates_of_the_sweep(planned, scale):
    sweep, scheduler = planned[scale]["cifar_lr_sweep"].variants, planned[scale]["cifar_lr_scheduler"].variants
    for rate in ("lr=0.1", "lr=0.075", "lr=0.05", "lr=0.025", "lr=0.01"):
        assert sweep[rate].id == scheduler[rate].id
    assert sweep["lr=0.1"].id == planned[scale]["cifar_lr_extremes"].variants["lr=0.1"].id


@pytest.mark.parametrize("scale", ["demo", "full"])
def test_the_decay_curves_train_nothing_of_their_own(planned, scale):
    curves, scheduler = planned[scale]["cifar_decay_curves"], planned[scale]["cifar_lr_scheduler"]
    assert len(curves.variants) == 7
    assert set(curves.runs) <= set(scheduler.runs)


@pytest.mark.parametrize("scale", ["demo", "full"])
def test_dropout_was_studied_on_a_split_of_its_own(planned, scale):
    dropout, sweep = planned[scale]["cifar_dropout_sweep"], planned[scale]["cifar_lr_sweep"]
    assert not set(dropout.runs) & set(sweep.runs)


@pytest.mark.parametrize("scale", ["demo", "full"])
def test_the_digits_of_the_homework_shrink_to_four_fifths_again_and_again(planned, scale):
    homework = ("mnist_hw_batch_size", "mnist_hw_learning_rate", "mnist_hw_activation")
    recipes = [
        variant.recipe
        for name in homework
        for variant in planned[scale][name].variants.values()
        if variant.name.endswith(", as published") and variant.name not in planned[scale][name].study.reuse
    ]
    assert len(recipes) == 5 + 4 + 2
    left = recipes[0].data.train + recipes[0].data.validation
    for recipe in recipes:
        train = left * 4 // 5
        assert (train, left - train) == (recipe.data.train, recipe.data.validation)
        assert not recipe.shuffle
        left = train
    assert scale == "demo" or left == 5152


def test_the_corrected_homework_has_one_split_and_one_run_of_the_setting_that_all_sections_share(planned):
    studies = {name: planned["full"][name].variants for name in CATALOGUE["logs"]}
    corrected = [one.recipe for variants in studies.values() for one in variants.values() if one.axes]
    assert len({recipe.data for recipe in corrected}) == 1
    assert all(recipe.shuffle for recipe in corrected)
    shared = {
        studies["mnist_hw_batch_size"]["batch_size=128"].id,
        studies["mnist_hw_learning_rate"]["lr=0.05"].id,
        studies["mnist_hw_activation"]["ReLU,dropout"].id,
    }
    assert len(shared) == 1


def test_equal_updates_are_equal_to_three_parts_in_a_thousand(planned):
    recipes = {name: one.recipe for name, one in planned["full"]["mnist_hw_batch_size"].variants.items()}
    alike = ["batch_size=32", *(name for name in recipes if name.endswith("equal updates"))]
    updates = [math.ceil(recipes[name].data.train / recipes[name].batch_size) * recipes[name].epochs for name in alike]
    assert updates == [7500, 7500, 7500, 7520, 7520]


def test_the_published_protocols_are_kept_at_full_scale(planned):
    protocol = {
        "cifar_lr_sweep": ("cifar10", 45_000, 5_000, 64, 50),
        "cifar_lr_scheduler": ("cifar10", 45_000, 5_000, 64, 50),
        "cifar_dropout_sweep": ("cifar10", 25_000, 25_000, 64, 50),
        "europe_lr_sweep": ("countries", 106_897, 13_363, 256, 50),
        "europe_100_epochs": ("countries", 106_897, 13_363, 256, 100),
        "europe_batchnorm": ("countries", 106_897, 13_363, 256, 100),
        "europe_depth_width": ("countries", 106_897, 13_363, 128, 50),
        "europe_deep_gradients": ("countries", 106_897, 13_363, 256, 10),
        "fmnist_first_fit": ("fashion_mnist", 1_000, 500, 16, 100),
        "fmnist_optimiser_lr": ("fashion_mnist", 1_000, 500, 32, 150),
        "fmnist_batch_size": ("fashion_mnist", 1_000, 500, 4, 150),
        "fmnist_batchnorm": ("fashion_mnist", 1_000, 500, 32, 150),
        "fmnist_augmentation": ("fashion_mnist", 1_000, 500, 32, 250),
        "fmnist_width": ("fashion_mnist", 1_000, 500, 32, 150),
        "mnist_hw_batch_size": ("mnist", 48_000, 12_000, 32, 5),
        "mnist_hw_learning_rate": ("mnist", 48_000, 12_000, 128, 5),
        "mnist_hw_activation": ("mnist", 48_000, 12_000, 128, 5),
    }
    for name, expected in protocol.items():
        study = planned["full"][name]
        recipe = next(iter(study.variants.values())).recipe
        data = recipe.data
        assert expected == (data.name, data.train, data.validation, recipe.batch_size, recipe.epochs)
        assert seeds_of(study.study.seeds)[:5] == (1, 2, 3, 4, 5)


def test_a_protocol_defect_that_was_recorded_is_read_both_ways(planned):
    """Running training metrics, choices on the test set, validation in the place of a test set, shrinking data."""
    both = {
        "cifar_lr_sweep": {"C000-06", "C000-07", "C000-08", "C000-10", "C000-14", "C000-15"},
        "cifar_lr_scheduler": {"C000-19", "C000-21", "C000-24"},
        "cifar_dropout_sweep": {"C000-26", "C000-27", "C000-28", "C000-32", "C000-33"},
        "fmnist_optimiser_lr": {"C003-07", "C003-08", "C003-12", "C003-15", "C003-16"},
        "fmnist_augmentation": {"C003-34", "C003-36", "C003-39", "C003-41"},
        "mnist_hw_batch_size": {"C004-01", "C004-02", "C004-03", "C004-04"},
        "mnist_hw_learning_rate": {"C004-05", "C004-06", "C004-07", "C004-08", "C004-09"},
        "mnist_hw_activation": {"C004-10", "C004-11", "C004-12"},
    }
    for name, expected in both.items():
        found = {claim.id for claim in planned["full"][name].claims if claim.protocol == "as_published"}
        assert expected <= found


def test_the_classical_models_learn_from_the_same_images(planned):
    for scale in ("demo", "full"):
        variants = planned[scale]["classical_baselines"].variants
        for data in ("CIFAR-10", "Fashion-MNIST"):
            largest = {
                variants[f"{data},{model},largest"].recipe.data for model in ("logistic", "xgboost", "mlp", "cnn")
            }
            assert len(largest) == 1


def test_the_example_of_the_documentation_is_a_sound_study(tmp_path):
    guide = (STUDIES.parent / "docs" / "adding-a-study.md").read_text(encoding="utf-8")
    (tmp_path / "momentum.yaml").write_text(guide.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    for scale in ("demo", "full"):
        study = load_plan({"scale": scale}, tmp_path).studies["momentum"]
        assert list(study.variants) == ["momentum=0", "momentum=0.5", "momentum=0.9", "annealed"]

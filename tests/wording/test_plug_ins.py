"""Names that a plug-in brings have no phrase, and are written plainly."""

from typing import Literal

from folklore.report.augmentation import augmented
from folklore.schema.augmentation import Augmentation
from folklore.schema.metric import Metric
from folklore.schema.phrased import Phrased
from folklore.schema.strict_model import StrictModel
from folklore.wording.checkpoints import checkpoint_label
from folklore.wording.curves import curve_in_words, curve_label
from folklore.wording.figures import time_point_words, time_unit_words
from folklore.wording.metrics import in_words, unit
from folklore.wording.recipes import phrase


class MyModel(Phrased):
    name: Literal["my_model"] = "my_model"
    hidden_units: tuple[int, ...] = (8, 16)
    gated: bool = True


class Bare(Phrased):
    name: Literal["bare"] = "bare"


class MyErasing(StrictModel):
    largest_share: float


class MyAugmentation(Augmentation):
    random_erasing: MyErasing | None = None


def test_a_model_without_a_phrase_is_its_plain_name_and_settings():
    assert phrase([MyModel(), MyModel(gated=False)]) == "My model (hidden units 8, 16, gated yes or no (by variant))."
    assert phrase([Bare()]) == "Bare."


def test_an_augmentation_without_a_phrase_is_named_and_not_left_out():
    text = augmented([MyAugmentation(random_erasing=MyErasing(largest_share=0.3))])
    assert "random erasing (largest share 0.3)" in text


def test_curves_checkpoints_time_units_and_time_points_without_a_phrase_are_their_plain_names():
    found = [
        curve_label("my_curve"),
        curve_in_words("my_curve"),
        checkpoint_label("my_checkpoint"),
        time_unit_words("my_unit"),
        time_point_words("units", "my_time_point"),
    ]
    assert found == ["my curve", "my curve", "my checkpoint", "my unit", "my time point"]


def test_a_time_in_another_unit_is_worded():
    metric = Metric.model_construct(name="first_epoch_above", of="train_loss", level=0.5, time_unit="my_unit")
    assert in_words(metric) == "my unit a training loss above 0.5"
    assert unit(metric) == " my unit"

"""The protocol is read by people who have no code: what a recipe asks for beyond the plain training must be in it."""

from typing import get_args

import pytest

from folklore.report.protocol import protocol
from folklore.report.training_protocol import MEASURED
from folklore.report.variant import ReportedVariant
from folklore.schema.augmentation import Augmentation
from folklore.schema.models import Model
from folklore.schema.optimisers import Optimiser
from folklore.schema.recipe import Recipe
from folklore.schema.schedules import Schedule
from folklore.schema.snapshot import ProbeName, RecorderName
from folklore.wording.recipes import phrase

PLAIN = {
    "data": {"name": "cifar10", "train": 1000, "validation": 300},
    "model": {"name": "cnn"},
    "optimiser": {"name": "sgd", "lr": 0.1},
    "batch_size": 64,
    "epochs": 5,
}


def rows(**parameters):
    """The rows of a network's layers in its facts, by their numbers of parameters."""
    return [
        {"layer": layer, "kind": "", "output": "", "activation": None, "parameters": count, "macs": 0}
        for layer, count in parameters.items()
    ]


FACTS = {
    "dataset": {
        "name": "cifar10",
        "source": "embedded",
        "stand_in": True,
        "description": "digits over photographs",
        "classes": ["cat", "dog"],
        "counts": {"train": 1437, "validation": 0, "test": 360},
        "shape": [3, 32, 32],
    },
    "split": {
        "seed": 7,
        "stratified": False,
        "counts": {"train": [500, 500], "validation": [150, 150], "test": [180, 180]},
    },
    "inputs": {"mean": [0.5], "sd": [0.2]},
    "layers": rows(conv1=10, conv2=200, conv3=3000, fc1=40_000, fc2=50),
}


def arm(name="one", facts=FACTS, **blocks):
    return ReportedVariant(name, Recipe.model_validate(PLAIN | blocks), facts)


def on(aspect, *arms, probes=None):
    return [statement for statement in protocol(arms, [1], probes or {}) if statement.aspect == aspect]


def said_on(aspect, *arms):
    return " ".join(statement.text for statement in on(aspect, *arms))


def mlp(name="one", **settings):
    return arm(name, model={"name": "mlp"} | settings)


def test_a_plain_split_has_no_word_of_skipping_or_swapping():
    said = said_on("Split", arm())
    assert "); take the first 1,000 examples for training, and the last 300 of the same order for validation" in said
    assert "skip" not in said and "reverse" not in said


def test_skipped_examples_and_a_swapped_order_are_told():
    skipped = said_on("Split", arm(data=PLAIN["data"] | {"skip": 20000}))
    assert "; skip 20,000 examples, take the next 1,000 examples for training, and the last 300 of the same" in skipped
    swapped = said_on("Split", arm(data=PLAIN["data"] | {"reverse": True}))
    assert "split seed 7), reverse the order; take the first 1,000 examples for training" in swapped


def test_a_validation_part_of_its_own_has_an_order_of_its_own():
    facts = FACTS | {"dataset": FACTS["dataset"] | {"counts": {"train": 1437, "validation": 400, "test": 360}}}
    said = said_on("Split", arm(facts=facts, data=PLAIN["data"] | {"reverse": True}))
    assert "the last 300 of a random order of the dataset’s validation set" in said


def test_grey_images_are_told_from_others():
    grey = arm("grey", data=PLAIN["data"] | {"grey": True})
    coloured, told = on("Inputs", arm(), grey)
    assert told.text.startswith("Greyscale images: each channel is the luminance 0.299 R + 0.587 G + 0.114 B")
    assert told.variants == ("grey",)
    assert "Greyscale" not in coloured.text


def test_without_augmentation_nothing_is_said_of_it():
    assert on("Augmentation", arm()) == []


def test_augmentation_is_told_operation_by_operation_in_the_order_in_which_it_is_done():
    asked = {
        "noise": {"sd": 0.05},
        "colour": {"brightness": 0.2, "contrast": 0.3, "saturation": 0.4},
        "rotation": {"degrees": 15},
        "shift": {"pixels": 4},
        "flip": {"horizontal": 0.5},
    }
    said = said_on("Augmentation", arm(augmentation=asked))
    phrases = [
        "horizontally with probability 0.5 and, independently, vertically with probability 0;",
        "whole numbers of pixels up to ±4, all equally likely, with a border of black",
        "sampled uniformly from ± 15 degrees",
        "brightness times a factor sampled uniformly from 1 ± 0.2",
        "contrast (the distance from the image’s mean luminance) times one from 1 ± 0.3",
        "saturation (the distance from each pixel’s luminance) times one from 1 ± 0.4",
        "Gaussian noise of standard deviation 0.05 added to every value, clipped to [0, 1] afterwards",
        "Measurements in evaluation mode use unchanged images",
    ]
    places = [said.find(words) for words in phrases]
    assert -1 not in places
    assert places == sorted(places)


def test_what_rolls_and_what_is_not_clipped_is_said():
    said = said_on("Augmentation", arm(augmentation={"shift": {"pixels": 1, "fill": "roll"}}))
    assert "with a border filled from the opposite side" in said
    said = said_on("Augmentation", arm(augmentation={"noise": {"sd": 0.1, "clip": False}}))
    assert "not clipped afterwards" in said


def test_variants_with_the_same_operations_share_a_sentence_and_those_without_say_so():
    weak, strong = (arm(name, augmentation={"noise": {"sd": sd}}) for name, sd in (("weak", 0.01), ("strong", 0.1)))
    none, noisy = on("Augmentation", arm("plain"), weak, strong)
    assert none.text == "None: training images are unchanged."
    assert none.variants == ("plain",)
    assert "deviation 0.01 or 0.1 (by variant)" in noisy.text
    assert noisy.variants == ("weak", "strong")


@pytest.mark.parametrize("name", Augmentation.model_fields)
def test_every_augmentation_of_the_vocabulary_has_words(name):
    needed = {"shift": {"pixels": 1}, "rotation": {"degrees": 5}, "noise": {"sd": 0.1}}
    assert "augmented at random" in said_on("Augmentation", arm(augmentation={name: needed.get(name, {})}))


@pytest.mark.parametrize(
    "kind", [block for union in (Model, Optimiser, Schedule) for block in get_args(union)[0].__args__]
)
def test_every_block_of_the_vocabulary_has_words(kind):
    needed = {
        "lr": 0.1,
        "k": 0.5,
        "factor": 0.5,
        "every": 3,
        "network": {"name": "resnet18"},
        "build": "my_models.py:build",
    }
    name = get_args(kind.model_fields["name"].annotation)[0]
    block = kind(name=name, **{key: value for key, value in needed.items() if key in kind.model_fields})
    assert phrase([block]).endswith(".")


def test_a_residual_network_is_told_from_a_plain_one():
    residual = arm("residual", model={"name": "residual_cnn", "channels": [8, 16], "hidden": 32, "batch_norm": True})
    plain, told = on("Model", arm("plain"), residual)
    assert "1×1" not in plain.text
    for words in ("channel counts 8, 16", "followed by batch normalisation", "1×1 convolution of the same input"):
        assert words in told.text
    assert "without bias" in told.text and "32 units" in told.text


def test_published_weights_are_named():
    published = {"pretrained": "resnet18_imagenet", "layers": ["backbone"]}
    usual, told = on("Initialisation", arm(model={"name": "resnet18"}, parents={"weights": published}))
    assert "Kaiming-normal by its outputs" in usual.text
    assert told.text.startswith(
        "backbone starts instead from the published weights resnet18_imagenet, whatever the seed; the other layers"
    )


def test_frozen_layers_in_training_mode_are_told_from_those_in_evaluation_mode():
    layers = [{**row, "layer": row["layer"].replace("_", ".")} for row in rows(backbone_conv1=9, pool=0, output=3)]
    frozen = {"model": {"name": "resnet18"}, "trainable": ["output"], "facts": FACTS | {"layers": layers}}
    still = said_on("Frozen layers", arm(**frozen))
    assert still.startswith("backbone keeps its initial values, in evaluation mode")
    assert still.endswith("Trained layers: output, with 3 parameters.")
    moving = said_on("Frozen layers", arm(frozen_mode="train", **frozen))
    assert "its initial values, in training mode during training" in moving


def test_a_child_says_which_layers_it_takes_from_whom_and_where_the_rest_begins():
    parent = {"recipe": "cifar10-cnn-abc", "checkpoint": "best"}
    some = parent | {"layers": ["conv1", "conv2"], "seed": 5}
    whole, partial = arm("whole", parents={"weights": parent}), arm("part", parents={"weights": some})
    common, all_of_it, some = on("Initialisation", arm("fresh"), whole, partial)
    assert common.text.startswith("PyTorch’s default") and common.variants == ()
    assert "All layers start instead from the best weights of run cifar10-cnn-abc with the same seed." in all_of_it.text
    assert all_of_it.variants == ("whole",)
    assert "conv1 and conv2 start instead from the best weights of run cifar10-cnn-abc with seed 5" in some.text
    assert "the other layers as above, from the child’s seed" in some.text
    assert some.variants == ("part",)


def test_children_of_one_parent_share_a_sentence():
    parents = {"weights": {"recipe": "cifar10-cnn-abc"}}
    statements = on("Initialisation", arm("one", parents=parents), arm("two", parents=parents), arm("fresh"))
    assert [statement.variants for statement in statements] == [(), ("one", "two")]


def test_frozen_layers_are_named_with_how_much_is_still_trained():
    trained = {"trainable": ["fc1", "fc2"]}
    (statement,) = on("Frozen layers", arm("fresh"), arm("frozen", **trained))
    assert (
        statement.text
        == "conv1, conv2 and conv3 keep their initial values. Trained layers: fc1 and fc2, with 40,050 parameters."
    )
    assert statement.variants == ("frozen",)
    model = said_on("Model", arm(**trained))
    assert "43,260 parameters." in model and "trainable" not in model


def test_frozen_batch_normalisation_keeps_its_running_statistics():
    normalised = {"model": {"name": "cnn", "batch_norm": True}}
    facts = FACTS | {"layers": rows(conv1=10, bn1=2, fc1=40, bn_fc1=2, fc2=5)}
    said = said_on("Frozen layers", arm(trainable=["fc1", "bn_fc1", "fc2"], facts=facts, **normalised))
    assert "conv1 and bn1 keep their initial values, in evaluation mode" in said
    assert "running statistics" in said


def test_nothing_is_frozen_where_all_layers_are_trainable():
    assert on("Frozen layers", arm()) == []
    assert on("Frozen layers", arm(trainable=["conv1", "conv2", "conv3", "fc1", "fc2"])) == []


def test_batches_in_the_order_of_the_split_are_told_from_shuffled_ones():
    shuffled, in_order = on("Batches and epochs", arm("shuffled"), arm("in order", shuffle=False))
    assert "in a new random order in each epoch" in shuffled.text and shuffled.variants == ("shuffled",)
    assert "in a fixed order, so that every epoch has the same batches" in in_order.text
    assert in_order.variants == ("in order",)


def test_double_precision_is_told_and_single_taken_for_granted():
    (told,) = on("Precision", arm("usual"), arm("double", dtype="float64"))
    assert told.text.startswith("Weights, activations and gradients have 64 bits.") and told.variants == ("double",)


def test_dropout_may_be_told_layer_by_layer_and_none_is_not_told():
    assert "ReLU and dropout with probability 0.2, 0 (layer by layer); then" in said_on("Model", mlp(dropout=[0.2, 0]))
    assert "dropout with probability 0.5; then" in said_on("Model", mlp(dropout=0.5))
    assert "dropout" not in said_on("Model", mlp(dropout=[0, 0]))


def test_a_momentum_of_batch_norm_is_told_where_it_is_not_the_usual_one():
    slow = mlp(batch_norm=True, norm_momentum=0.01)
    assert "the running statistics of batch normalisation have momentum 0.01; then" in said_on("Model", slow)
    assert "momentum" not in said_on("Model", mlp(batch_norm=True))


def test_what_the_loss_takes_for_logits_is_told_where_it_is_something_else():
    assert "to the logits; the loss takes for logits their softmax." in said_on("Model", mlp(output="probabilities"))
    assert "to the logits." in said_on("Model", mlp())


def test_a_constant_initialisation_is_told_from_the_usual_one():
    usual, constant = on("Initialisation", mlp("usual"), mlp("constant", initialisation="constant"))
    assert usual.text.startswith("PyTorch’s default") and usual.variants == ("usual",)
    assert constant.text.startswith("Every weight 0.01 and every bias 0") and constant.variants == ("constant",)


def test_a_residual_perceptron_says_where_it_adds():
    residual = arm(model={"name": "residual_mlp", "width": 8, "depth": 20, "activation": "identity"})
    said = said_on("Model", residual)
    assert "20 fully connected layers of 8 units, each followed by the identity (no activation)" in said
    assert "from the second on by the addition of the layer’s input" in said


@pytest.mark.parametrize("recorder", get_args(RecorderName))
def test_every_recorder_is_told_by_its_own_sentence(recorder):
    assert said_on("Recorded", arm(record=[recorder])).startswith(f"{MEASURED} ")


@pytest.mark.parametrize("probe", get_args(ProbeName))
def test_a_probe_is_told_with_the_variants_that_are_asked(probe):
    (told,) = on("Probes", arm("one"), arm("two"), probes={probe: ("two", "not at this scale")})
    assert told.text.endswith(".") and told.variants == ("two",)


def test_a_probe_of_variants_that_this_scale_leaves_out_is_not_told():
    assert on("Probes", arm("one"), probes={"calibration": ("two",)}) == []


def test_the_objective_is_told_with_its_settings():
    assert said_on("Objective", arm()) == "The cross-entropy of the logits, averaged over the mini-batch."
    penalty = {"name": "penalised_cross_entropy", "l1": 0.25, "step": "proximal"}
    said = said_on("Objective", arm(objective=penalty))
    assert "λ₁ = 0.25 and λ₂ = 0" in said and "by a proximal step" in said
    soft = {"name": "distillation", "alpha": 0.5, "temperature": 40}
    taught = arm(objective=soft, parents={"teacher": {"recipe": "cifar10-cnn-abc"}})
    assert "with α = 0.5 and T = 40" in said_on("Objective", taught)


def test_early_stopping_is_told_where_a_recipe_has_it():
    assert on("Early stopping", arm()) == []
    said = said_on("Early stopping", arm(stop={"metric": "validation_accuracy", "patience": 20}))
    assert "after 20 epochs in a row in which the validation accuracy did not improve at all" in said

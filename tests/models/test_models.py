"""Parameter counts are those of the catalogue; settings change what they name and nothing else."""

import inspect
from itertools import product
from pkgutil import resolve_name
from typing import get_args

import pytest
import torch
from pydantic import ValidationError
from torch.nn import functional

from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError
from folklore.models import builder
from folklore.models.mlp import ACTIVATIONS, OUTPUTS
from folklore.schema.models import MODELS
from folklore.schema.models.cnn import Cnn
from folklore.schema.models.linear import Linear
from folklore.schema.models.mlp import Mlp
from folklore.schema.models.residual_cnn import ResidualCnn
from folklore.schema.models.residual_mlp import ResidualMlp
from folklore.schema.models.resnet18 import Resnet18
from folklore.train.model_summary import model_summary
from folklore.train.network import build_model

NETWORKS = {name for name, model in MODELS.items() if model.learner == "gradient_descent"} - {"own"}

CNN = {"name": "cnn", "channels": [16, 32, 64], "hidden": 64, "dropout": 0.0, "batch_norm": False}
RESIDUAL = CNN | {"name": "residual_cnn"}
MLP = {
    "name": "mlp",
    "widths": [128, 64],
    "depth": 1,
    "activation": "relu",
    "dropout": 0.0,
    "batch_norm": False,
    "norm_momentum": 0.1,
    "initialisation": "default",
    "output": "logits",
}
RESNET = {"name": "resnet18", "width": 64}
EUROPE = MLP | {"widths": [16], "depth": 6}
RESIDUAL_MLP = {"name": "residual_mlp", "width": 16, "depth": 6, "activation": "relu", "batch_norm": False}


def parameters(settings, shape, classes):
    return sum(tensor.numel() for tensor in build_model(settings, InputSpec(shape), classes).parameters())


@pytest.mark.parametrize(
    ("settings", "shape", "classes", "expected"),
    [
        (CNN, (3, 32, 32), 10, 89_834),
        (CNN | {"dropout": 0.6}, (3, 32, 32), 10, 89_834),
        (CNN | {"batch_norm": True}, (3, 32, 32), 10, 90_186),
        (RESIDUAL, (3, 32, 32), 10, 89_834 + 3 * 16 + 16 * 32 + 32 * 64),
        (RESIDUAL | {"batch_norm": True}, (3, 32, 32), 10, 90_186 + 3 * 16 + 16 * 32 + 32 * 64),
        (MLP, (1, 28, 28), 10, 109_386),
        (MLP | {"batch_norm": True}, (1, 28, 28), 10, 109_770),
        (MLP | {"widths": [16, 8]}, (1, 28, 28), 10, 12_786),
        (EUROPE, (2,), 33, 1_969),
        (EUROPE | {"batch_norm": True}, (2,), 33, 2_161),
        (EUROPE | {"widths": [4], "depth": 100, "batch_norm": True}, (2,), 33, 2_957),
        (RESIDUAL_MLP, (2,), 33, 1_969),
        (RESIDUAL_MLP | {"batch_norm": True}, (2,), 33, 2_161),
        (MLP | {"widths": [50, 50, 50], "dropout": [0.2, 0, 0]}, (1, 28, 28), 10, 44_860),
        ({"name": "linear"}, (1, 28, 28), 10, 7_850),
        (RESNET, (3, 224, 224), 2, 11_176_512 + 2 * 513),
    ],
)
def test_parameter_counts_are_those_of_the_catalogue(settings, shape, classes, expected):
    assert parameters(settings, shape, classes) == expected


def test_the_cnn_costs_the_multiply_adds_of_the_catalogue():
    rows = {
        row["layer"]: row for row in model_summary(build_model(CNN, InputSpec((3, 32, 32)), 10), InputSpec((3, 32, 32)))
    }
    assert sum(row["macs"] for row in rows.values()) == 2_867_840
    assert rows["conv2"]["macs"] == 1_179_648
    assert rows["fc1"]["parameters"] == 65_600
    assert rows["conv1"]["output"] == "16×32×32"
    assert rows["fc1"]["activation"] == "ReLU"
    assert rows["fc2"]["activation"] is None


def test_resnet_costs_the_multiply_adds_of_the_catalogue_and_has_torchvisions_names_and_initial_weights():
    """Of the backbone, whose published weights are torchvision's."""
    from torchvision.models import resnet18  # noqa: PLC0415 (folklore has to be imported before it)

    model = build_model(RESNET, InputSpec((3, 224, 224)), 2)
    rows = model_summary(model, InputSpec((3, 224, 224)))
    assert round(sum(row["macs"] for row in rows) / 1e9, 4) == 1.8136
    theirs = {name: tensor for name, tensor in resnet18().state_dict().items() if not name.startswith("fc.")}
    ours = model.backbone.state_dict()
    assert {name: tensor.shape for name, tensor in ours.items()} == {
        name: tensor.shape for name, tensor in theirs.items()
    }
    for name, tensor in theirs.items():
        if name.endswith("conv2.weight"):
            assert ours[name].std().item() == pytest.approx(tensor.std().item(), rel=0.02)
        elif "bn" in name:
            assert ours[name].equal(tensor)


def test_pooling_before_relu_gives_the_published_networks_logits():
    torch.manual_seed(0)
    model = build_model(CNN, InputSpec((3, 32, 32)), 10)
    published = torch.nn.Sequential(
        *(layer for n in (1, 2, 3) for layer in (getattr(model, f"conv{n}"), torch.nn.ReLU(), torch.nn.MaxPool2d(2))),
        *(model.flatten, model.fc1, torch.nn.ReLU(), model.fc2),
    )
    images = torch.randn(8, 3, 32, 32)
    torch.testing.assert_close(model(images), published(images))


@pytest.mark.parametrize("batch_norm", [False, True])
def test_a_residual_block_pools_the_rectified_sum_of_the_convolution_and_the_way_past_it(batch_norm):
    torch.manual_seed(0)
    model = build_model(RESIDUAL | {"batch_norm": batch_norm}, InputSpec((3, 32, 32)), 10).eval()
    images = torch.randn(8, 3, 32, 32)
    values = images
    for n in (1, 2, 3):
        along, past = model[f"conv{n}"](values), model[f"skip{n}"](values)
        along = model[f"bn{n}"](along) if batch_norm else along
        values = functional.max_pool2d((along + past).relu(), 2)
    hidden = model["fc1"](values.flatten(1))
    hidden = model["bn_fc1"](hidden) if batch_norm else hidden
    torch.testing.assert_close(model(images), model["fc2"](hidden.relu()))


@pytest.mark.parametrize("batch_norm", [False, True])
def test_a_residual_mlp_adds_what_each_hidden_layer_gives_to_what_it_took_in(batch_norm):
    torch.manual_seed(0)
    model = build_model(
        RESIDUAL_MLP | {"depth": 3, "activation": "tanh", "batch_norm": batch_norm}, InputSpec((2,)), 33
    ).eval()
    inputs = torch.randn(8, 2)

    def hidden(number, values):
        values = model[f"fc{number}"](values)
        return (model[f"bn{number}"](values) if batch_norm else values).tanh()

    values = hidden(1, inputs)
    values = values + hidden(2, values)
    values = values + hidden(3, values)
    torch.testing.assert_close(model(inputs), model["output"](values))


def test_a_table_of_the_residual_mlp_shows_its_sums():
    rows = {
        row["layer"]: row
        for row in model_summary(build_model(RESIDUAL_MLP | {"depth": 3}, InputSpec((2,)), 33), InputSpec((2,)))
    }
    assert list(rows) == ["flatten", "fc1", "fc2", "add2", "fc3", "add3", "output"]
    assert (rows["fc2"]["after"], rows["add2"]["after"], rows["add3"]["after"]) == (
        ["fc1"],
        ["fc2", "fc1"],
        ["fc3", "add2"],
    )
    assert [rows[name]["activation"] for name in ("fc1", "fc2", "add2", "output")] == ["ReLU", "ReLU", None, None]


def test_an_mlp_of_identities_is_a_linear_map():
    torch.manual_seed(0)
    model = build_model(MLP | {"activation": "identity"}, InputSpec((2,)), 3)
    one, other = torch.randn(2, 4, 2)
    nought = model(torch.zeros(4, 2))
    torch.testing.assert_close(model(one + other) - nought, model(one) + model(other) - 2 * nought)
    assert {row["activation"] for row in model_summary(model, InputSpec((2,)))} == {None}


def test_dropout_stands_after_the_hidden_layers_that_have_a_share_of_it():
    model = build_model(MLP | {"dropout": [0.2, 0.0]}, InputSpec((2,)), 3)
    assert [name for name, _ in model.named_children()] == [
        "flatten",
        "fc1",
        "relu1",
        "dropout1",
        "fc2",
        "relu2",
        "output",
    ]
    assert model.dropout1.p == 0.2
    with pytest.raises(ValidationError, match="3 fractions for 2 hidden layers"):
        Mlp(name="mlp", dropout=(0.1, 0.2, 0.3))


def test_the_momentum_of_batch_norm_moves_its_running_statistics_alone():
    inputs = torch.randn(32, 2, generator=torch.Generator().manual_seed(1))
    means, outputs = [], []
    for momentum in (0.1, 1.0):
        torch.manual_seed(0)
        model = build_model(MLP | {"batch_norm": True, "norm_momentum": momentum}, InputSpec((2,)), 3)
        outputs.append(model(inputs))
        means.append(model.bn1.running_mean)
    torch.testing.assert_close(means[0], 0.1 * means[1])
    assert torch.equal(*outputs)


def test_log_probabilities_cost_what_logits_do_and_probabilities_do_not():
    inputs, labels = torch.randn(8, 2), torch.arange(8) % 3
    losses = {}
    for output in ("logits", "log_probabilities", "probabilities"):
        torch.manual_seed(0)
        model = build_model(MLP | {"output": output}, InputSpec((2,)), 3)
        model.output.weight.data *= 20
        losses[output] = functional.cross_entropy(model(inputs), labels).item()
        gives = model(inputs).exp() if output == "log_probabilities" else model(inputs)
        if output != "logits":
            torch.testing.assert_close(gives.sum(dim=1), torch.ones(8))
            assert model_summary(model, InputSpec((2,)))[-1]["activation"] in ("Softmax", "LogSoftmax")
    assert losses["log_probabilities"] == pytest.approx(losses["logits"])
    assert losses["probabilities"] != pytest.approx(losses["logits"], rel=0.01)


def test_a_table_of_the_residual_network_shows_the_sum_and_the_activation_that_follows_it():
    model = build_model(RESIDUAL | {"batch_norm": True, "dropout": 0.2}, InputSpec((3, 32, 32)), 10)
    rows = {row["layer"]: row for row in model_summary(model, InputSpec((3, 32, 32)))}
    assert list(rows)[:6] == ["conv1", "bn1", "skip1", "add1", "pool1", "conv2"]
    assert rows["skip2"]["kind"] == "convolution 1×1, 16 → 32"
    assert rows["skip2"]["macs"] == 16 * 32 * 16 * 16
    assert (rows["add2"]["kind"], rows["add2"]["output"]) == ("residual sum", "32×16×16")
    assert [name for name, row in rows.items() if row["activation"]] == ["add1", "add2", "add3", "bn_fc1"]
    assert sum(row["parameters"] for row in rows.values()) == sum(tensor.numel() for tensor in model.parameters())


def test_the_layers_of_every_network_are_registered_in_the_order_of_the_forward_pass():
    for block, shape in networks():
        model = build_model(block.model_dump(mode="json"), InputSpec(shape), 10)
        met = [row["layer"] for row in model_summary(model, InputSpec(shape))]
        assert met == [name for name, _ in model.named_modules() if name in met]


def networks():
    """(block, shape of an input) of every model that is trained by gradient steps, with widths of two kinds."""
    images, features = (3, 32, 32), (1, 28, 28)
    for norm, dropout, hidden in product([False, True], [0.0, 0.2], [64, 8]):
        settings = {"batch_norm": norm, "dropout": dropout}
        for channels in ((16, 32, 64), (16, 8, 64), (16, 32)):
            yield Cnn(name="cnn", channels=channels, hidden=hidden, **settings), images
            yield ResidualCnn(name="residual_cnn", channels=channels, hidden=hidden, **settings), images
        yield Mlp(name="mlp", widths=(hidden, 16), **settings), features
        yield Mlp(name="mlp", widths=(hidden,), depth=3, **settings), features
        yield ResidualMlp(name="residual_mlp", width=hidden, depth=3, batch_norm=norm), features
    for width in (8, 16):
        yield Resnet18(name="resnet18", width=width), images
    yield Linear(name="linear"), features


def shapes(block, shape):
    """Shapes of the tensors of each layer that has parameters."""
    found = {}
    for name, tensor in build_model(block.model_dump(mode="json"), InputSpec(shape), 10).named_parameters():
        layer, _, part = name.partition(".")
        found.setdefault(layer, {})[part] = tuple(tensor.shape)
    return found


def test_the_vocabulary_names_exactly_the_layers_that_have_parameters():
    kinds = {block.name for block, _ in networks()}
    assert kinds == NETWORKS
    for block, shape in networks():
        assert set(block.layers) == set(shapes(block, shape)), block


def test_layers_that_the_vocabulary_calls_equal_have_weights_of_equal_shape():
    described = [(block.layers, shapes(block, shape), shape) for block, shape in networks()]
    equal, different = 0, 0
    for (ours, here, shape), (theirs, there, other) in product(described, repeat=2):
        for layer in set(ours) & set(theirs) if shape == other else ():
            if ours[layer] == theirs[layer]:
                equal += 1
                assert here[layer] == there[layer], (layer, ours[layer])
            else:
                different += here[layer] != there[layer]
    assert equal > 0 and different > 0


@pytest.mark.parametrize("kind", [Cnn, ResidualCnn])
def test_a_convolutional_network_has_a_convolution(kind):
    with pytest.raises(ValidationError, match="channels"):
        kind(name=get_args(kind.model_fields["name"].annotation)[0], channels=())


@pytest.mark.parametrize("name", MODELS)
def test_the_name_of_a_model_is_the_one_that_it_is_registered_under(name):
    assert get_args(MODELS[name].model_fields["name"].annotation) == (name,)


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_a_builder_takes_the_settings_of_its_model(name):
    taken = set(inspect.signature(resolve_name(builder(name))).parameters) - {"inputs", "classes"}
    assert taken == set(MODELS[name].model_fields) - {"name"}


@pytest.mark.parametrize("settings", [CNN, RESIDUAL, RESNET])
def test_a_network_for_images_refuses_the_rows_of_a_table(settings):
    with pytest.raises(UserError, match=r"takes images .*got rows of 4 numeric values"):
        build_model(settings, InputSpec((4,)), 3)


@pytest.mark.parametrize("settings", [CNN, RESIDUAL])
def test_a_network_refuses_images_that_its_pooling_leaves_nothing_of(settings):
    assert build_model(settings, InputSpec((1, 8, 9)), 3)
    with pytest.raises(UserError, match="3 blocks halve images of 7×9 pixels to nothing"):
        build_model(settings, InputSpec((1, 7, 9)), 3)


def test_every_activation_and_output_of_the_vocabulary_can_be_built():
    assert set(get_args(Mlp.model_fields["activation"].annotation)) == set(ACTIVATIONS)
    assert set(get_args(Mlp.model_fields["output"].annotation)) == {"logits", *OUTPUTS}


def test_a_layer_names_those_that_it_takes_in():
    plain = {
        row["layer"]: row["after"]
        for row in model_summary(build_model(CNN, InputSpec((3, 32, 32)), 10), InputSpec((3, 32, 32)))
    }
    assert plain["conv1"] == ["input"]
    assert (plain["pool1"], plain["conv2"]) == (["conv1"], ["pool1"])
    residual = build_model(CNN | {"name": "residual_cnn"}, InputSpec((3, 32, 32)), 10)
    ways = {row["layer"]: row["after"] for row in model_summary(residual, InputSpec((3, 32, 32)))}
    assert (ways["conv1"], ways["skip1"], ways["add1"]) == (["input"], ["input"], ["conv1", "skip1"])
    assert (ways["conv2"], ways["skip2"], ways["add2"]) == (["pool1"], ["pool1"], ["conv2", "skip2"])

"""Categorical columns and tokens reach a model as integers; learners of tables get one-hot columns."""

from collections import Counter
from pkgutil import resolve_name

import numpy as np
import pytest
import torch
from torch import nn

from folklore.data.dataset import Dataset, Split
from folklore.data.input_spec import InputSpec
from folklore.data.prepare import prepare
from folklore.data.raw_dataset import Request
from folklore.data.splits import draw
from folklore.execution.errors import UserError
from folklore.models.columns import Columns
from folklore.schema.recorders import RECORDERS
from folklore.train.batches import batches_by_split
from folklore.train.description import describe_data
from folklore.train.examples import examples, recipe_examples
from folklore.train.learners import LEARNERS
from folklore.train.learners.learner import TrainedModel, TrainingJob
from folklore.train.model_summary import model_summary
from folklore.train.network import build_model
from folklore.train.scores import part_scores

CPU = torch.device("cpu")
SPEC = InputSpec((1,), cardinalities=(3, 3))


@pytest.fixture
def exclusive_or():
    """Two categorical columns whose codes, 1 or 2, decide the class together and not alone; a number tells nothing."""
    rng = np.random.default_rng(0)
    codes = rng.integers(1, 3, size=(400, 2)).astype(np.int32)
    labels = (codes[:, 0] != codes[:, 1]).astype(np.int64)
    dataset = Dataset(rng.normal(5, 2, size=(400, 1)).astype(np.float32), labels, np.array([400, 0, 0]), codes)
    return examples(dataset, Split(*np.split(np.arange(400), [300, 350])), 2, "standardised", SPEC)


@pytest.fixture
def sentences():
    """Sequences of four tokens out of six; the class says whether token 5 is among them."""
    tokens = np.random.default_rng(0).integers(0, 6, size=(600, 4)).astype(np.int32)
    labels = (tokens == 5).any(axis=1).astype(np.int64)
    dataset = Dataset(tokens, labels, np.array([600, 0, 0]))
    return examples(dataset, Split(*np.split(np.arange(600), [400, 500])), 2, "unit", InputSpec((4,), vocabulary=6))


class Embedding(nn.Module):
    """A small network of the kind that the builders of tables and of tokens have to make."""

    def __init__(self, inputs: InputSpec, classes: int, width: int):
        super().__init__()
        sizes = inputs.cardinalities or (inputs.vocabulary,)
        self.tables = nn.ModuleList(nn.Embedding(size, width) for size in sizes)
        taken = len(sizes) * width + (inputs.shape[0] if inputs.kind == "table" else 0)
        self.output = nn.Sequential(nn.Linear(taken, 16), nn.ReLU(), nn.Linear(16, classes))

    def forward(self, inputs):
        if isinstance(inputs, Columns):
            embedded = [table(codes) for table, codes in zip(self.tables, inputs.categorical.T, strict=True)]
            return self.output(torch.cat([inputs.numeric, *embedded], dim=1))
        return self.output(self.tables[0](inputs).mean(dim=1))


@pytest.fixture
def embedding(settings):
    """The settings of a training of the network above, as a user's own model."""
    model = {"name": "own", "build": f"{__file__}:Embedding", "settings": {"width": 4}}
    optimiser = settings["optimiser"] | {"lr": 0.3, "momentum": 0.9}
    return settings | {"model": model, "optimiser": optimiser, "epochs": 20}


def fit(settings, data, learner="gradient_descent"):
    return resolve_name(LEARNERS[learner]).fit(TrainingJob(settings, data, seed=1, device="cpu"))


def test_a_batch_has_scaled_numbers_beside_integer_codes(exclusive_or):
    batches = batches_by_split(exclusive_or, CPU)["validation"]
    inputs = batches.first(3).whole().inputs
    assert inputs.numeric.shape == (3, 1)
    assert np.allclose(inputs.numeric, exclusive_or.scaling.apply(exclusive_or.inputs["validation"][:3]))
    assert inputs.categorical.dtype == torch.int64
    assert np.array_equal(inputs.categorical, exclusive_or.categorical["validation"][:3])


def test_tokens_are_not_scaled(sentences):
    inputs = batches_by_split(sentences, CPU)["test"].whole().inputs
    assert inputs.dtype == torch.int64
    assert np.array_equal(inputs, sentences.inputs["test"])


def test_flat_inputs_are_the_numbers_and_one_column_per_code(exclusive_or):
    flat = exclusive_or.flat("train")
    assert flat.shape == (300, 7)
    assert np.array_equal(flat[:, 1:4].argmax(axis=1), exclusive_or.categorical["train"][:, 0])
    assert np.array_equal(flat[:, 4:].argmax(axis=1), exclusive_or.categorical["train"][:, 1])
    assert (flat[:, 1:].sum(axis=1) == 2).all()


@pytest.mark.parametrize("model", ["mlp", "linear", "residual_mlp"])
def test_a_network_of_flat_inputs_sees_what_other_learners_see(exclusive_or, settings, model):
    residual = {"name": "residual_mlp", "width": 8, "depth": 2, "activation": "relu", "batch_norm": False}
    chosen = {"mlp": settings["model"], "linear": {"name": "linear"}, "residual_mlp": residual}[model]
    network = build_model(chosen, exclusive_or.input_spec, 2)
    inputs = batches_by_split(exclusive_or, CPU)["train"].whole().inputs
    assert np.allclose(network.get_submodule("flatten")(inputs), exclusive_or.flat("train"))
    assert model_summary(network, exclusive_or.input_spec)[-1]["output"] == "2"


def test_an_embedding_of_categories_learns_what_they_decide_together(exclusive_or, embedding):
    assert fit(embedding, exclusive_or).history[-1]["validation_accuracy"] > 0.95


def test_an_embedding_of_tokens_learns_which_one_matters(sentences, embedding):
    assert fit(embedding, sentences).history[-1]["validation_accuracy"] > 0.95


@pytest.mark.parametrize("recorder", RECORDERS)
def test_every_recorder_measures_a_network_of_typed_inputs(exclusive_or, settings, recorder):
    """Without changing a weight, as on any other inputs."""
    plain, recorded = (fit(settings | {"record": names}, exclusive_or) for names in ([], [recorder]))
    assert recorded.measurements[recorder]
    assert all(np.array_equal(recorded.weights[name], tensor) for name, tensor in plain.weights.items())


def test_models_of_flat_inputs_refuse_tokens(sentences, settings):
    with pytest.raises(UserError, match="takes images or tables; got sequences of 4 tokens out of 6"):
        build_model(settings["model"], sentences.input_spec, 2)
    with pytest.raises(UserError, match="got sequences of 4 tokens"):
        sentences.flat("train")


def test_tokens_have_no_mean_and_no_distance(sentences):
    assert describe_data(sentences) == {"inputs": {"mean": [], "sd": []}, "class_distance": None}


@pytest.fixture
def forest(tmp_path):
    """A table like Covertype: a text column decides the class together with a number; codes and a number are noise."""
    rng = np.random.default_rng(0)
    soils, heights = rng.choice(["clay", "peat", "sand"], 600), rng.normal(2500, 300, 600)
    kinds = np.where(soils == "peat", "spruce", np.where(heights > 2500, "pine", "fir"))
    rows = zip(heights, rng.integers(0, 360, 600), soils, rng.integers(1, 5, 600), kinds, strict=True)
    lines = [f"{height:.1f},{aspect},{soil},{zone},{kind}" for height, aspect, soil, zone, kind in rows]
    (tmp_path / "forest.csv").write_text("height,aspect,soil,zone,kind\n" + "\n".join(lines) + "\n")
    columns = {"inputs": ["height", "aspect", "soil", "zone"], "label": "kind", "categorical": ["zone"]}
    dataset, about = prepare(Request("forest", "local", tmp_path, path=str(tmp_path / "forest.csv"), **columns))
    split = draw(dataset, about, 400, 60, None, seed=0, stratified=True, skip=0, reverse=False)
    return recipe_examples(dataset, split, about, {"scaling": "standardised", "label_noise": None})


@pytest.mark.parametrize("learner", ["gradient_descent", "xgboost", "logistic"])
def test_a_table_with_text_columns_is_learned_by_every_learner(forest, settings, learner):
    assert forest.input_spec == InputSpec((2,), cardinalities=(4, 5))
    models = {
        "gradient_descent": settings["model"],
        "xgboost": {"name": "xgboost", "n_estimators": 20, "max_depth": 4, "learning_rate": 0.3, "subsample": 1.0},
        "logistic": {"name": "logistic", "C": 10.0, "max_iter": 500},
    }
    chosen = settings | {"model": models[learner], "epochs": 40}
    trained = fit(chosen, forest, learner)
    guessing = max(Counter(forest.labels["validation"].tolist()).values()) / 60
    assert trained.history[-1]["validation_accuracy"] > 0.9 > guessing + 0.3
    model = TrainedModel(chosen, trained.weights, forest, "cpu")
    again = resolve_name(LEARNERS[learner]).logits(model, "test")
    assert np.allclose(again, trained.test_logits["last"], atol=1e-5)


class NextToken(nn.Module):
    """Logits [n, vocabulary, length] of the token that follows each token."""

    def __init__(self, inputs: InputSpec, classes: int):
        super().__init__()
        self.embedding, self.output = nn.Embedding(inputs.vocabulary, 8), nn.Linear(8, classes)

    def forward(self, tokens):
        return self.output(self.embedding(tokens)).movedim(-1, 1)


def test_tokens_are_targets_of_a_network_that_predicts_the_next_one(settings, tmp_path):
    first = np.random.default_rng(0).integers(0, 5, size=(300, 1))
    text = (first + 2 * np.arange(7)) % 5
    np.savez(tmp_path / "t.npz", x_train=text[:, :-1], y_train=text[:, 1:], x_test=text[:50, :-1], y_test=text[:50, 1:],
             vocabulary=5)  # fmt: skip
    dataset, about = prepare(Request("text", "local", tmp_path, path=str(tmp_path / "t.npz")))
    split = draw(dataset, about, 200, 60, None, seed=0, stratified=False, skip=0, reverse=False)
    data = recipe_examples(dataset, split, about, {"scaling": "unit", "label_noise": None})
    model = {"name": "own", "build": f"{__file__}:NextToken", "settings": {}}
    trained = fit(settings | {"model": model, "optimiser": settings["optimiser"] | {"lr": 1.0}}, data)
    last = trained.history[-1]
    assert 0.9 < last["running_accuracy"] <= 1
    assert last["validation_accuracy"] == 1
    scores = part_scores(trained.test_logits["last"], data.labels["test"], batch_size=32)
    assert scores["accuracy"] == 1
    assert scores["loss"] == pytest.approx(cross_entropy_of(trained.test_logits["last"], data.labels["test"]), rel=1e-5)


def cross_entropy_of(logits, labels):
    return nn.functional.cross_entropy(torch.from_numpy(logits), torch.from_numpy(labels)).item()

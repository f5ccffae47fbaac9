"""A network's rows count what it computes, whichever operations it is written with."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from folklore.data.input_spec import InputSpec
from folklore.train.model_summary import model_summary


class TwoBranches(nn.Module):
    """Halves of the input, each through a layer of its own, joined by functions alone."""

    def __init__(self):
        super().__init__()
        self.left, self.right, self.output = nn.Linear(2, 3), nn.Linear(2, 3), nn.Linear(6, 5)

    def forward(self, inputs):
        joined = torch.cat([self.left(inputs[:, :2]), self.right(inputs[:, 2:])], dim=1)
        return self.output(functional.relu(joined) * 2)


class OwnWeights(nn.Module):
    """A product with a parameter of the network itself, before a layer."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(4, 3))
        self.output = nn.Linear(3, 2)

    def forward(self, inputs):
        return self.output(inputs @ self.weight)


class Twice(nn.Module):
    """One layer called twice."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 4)

    def forward(self, inputs):
        return self.layer(self.layer(inputs))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention, self.output = nn.MultiheadAttention(8, 2, batch_first=True), nn.Linear(8, 2)

    def forward(self, inputs):
        values = inputs.reshape(-1, 5, 8)
        attended, _ = self.attention(values, values, values)
        return self.output(attended.mean(dim=1))


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding, self.recurrent = nn.Embedding(7, 3), nn.LSTM(3, 4, batch_first=True)
        self.output = nn.Linear(4, 2)

    def forward(self, tokens):
        outputs, _ = self.recurrent(self.embedding(tokens))
        return self.output(outputs[:, -1])


def rows_of(model, shape, vocabulary=None):
    return {row["layer"]: row for row in model_summary(model, InputSpec(shape, vocabulary=vocabulary))}


@pytest.mark.parametrize(
    ("model", "inputs", "macs"),
    [
        (TwoBranches(), {"shape": (4,)}, 2 * 2 * 3 + 6 * 5),
        (OwnWeights(), {"shape": (4,)}, 4 * 3 + 3 * 2),
        (Twice(), {"shape": (4,)}, 2 * 4 * 4),
        # Projections to queries, keys, values and outputs; products of queries and keys, and with the values.
        (Attention(), {"shape": (40,)}, 4 * 5 * 8 * 8 + 2 * 5 * 5 * 8 + 8 * 2),
        (Recurrent(), {"shape": (6,), "vocabulary": 7}, 6 * 4 * 4 * (3 + 4) + 4 * 2),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_product_and_every_parameter_is_counted_once(model, inputs, macs):
    rows = rows_of(model, **inputs).values()
    assert sum(row["macs"] for row in rows) == macs
    assert sum(row["parameters"] for row in rows) == sum(tensor.numel() for tensor in model.parameters())


def test_a_functional_join_has_the_layers_on_both_of_its_sides_as_inputs():
    rows = rows_of(TwoBranches(), (4,))
    assert {name: row["after"] for name, row in rows.items()} == {
        "left": ["input"],
        "right": ["input"],
        "output": ["left", "right"],
    }


def test_a_network_with_weights_of_its_own_has_a_row_after_its_layers():
    rows = rows_of(OwnWeights(), (4,))
    assert list(rows) == ["output", "OwnWeights"]
    assert (rows["OwnWeights"]["parameters"], rows["OwnWeights"]["macs"]) == (12, 12)


def test_an_activation_of_the_input_has_a_row_of_its_own():
    rows = rows_of(nn.Sequential(nn.Tanh(), nn.Linear(4, 2)), (4,))
    assert [(row["kind"], row["after"]) for row in rows.values()] == [("Tanh", ["input"]), ("linear 4 → 2", ["0"])]


def test_a_shortcut_that_is_added_without_a_layer_is_an_input_of_the_next_layer():
    class Shortcut(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second, self.output = nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 2)

        def forward(self, inputs):
            values = self.first(inputs)
            added = self.second(values)
            added += values
            return self.output(added)

    assert rows_of(Shortcut(), (4,))["output"]["after"] == ["second", "first"]

"""Example inputs have the form that a network gets."""

import torch

from folklore.data.input_spec import InputSpec
from folklore.models.example_inputs import example_inputs


def test_examples_are_images_rows_with_one_hot_columns_or_token_numbers():
    assert example_inputs(InputSpec((3, 8, 9)), 2).shape == (2, 3, 8, 9)
    numeric, categorical = example_inputs(InputSpec((2,), cardinalities=(3, 4)))
    assert (numeric.shape, categorical.shape, categorical.dtype) == ((1, 2), (1, 2), torch.int64)
    tokens = example_inputs(InputSpec((5,), vocabulary=11), 4)
    assert (tokens.shape, tokens.dtype) == ((4, 5), torch.long)

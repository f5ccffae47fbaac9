"""Shape and types of the inputs of a dataset, as the report writes them."""

from typing import Any

from folklore.wording.numbers import setting


def input_form(dataset: dict[str, Any]) -> str:
    """Return the form of one input, such as `inputs of shape 3 × 32 × 32`; `dataset` is the JSON file of a dataset."""
    if dataset.get("vocabulary"):
        return f"inputs of {dataset['shape'][0]} tokens out of {setting(dataset['vocabulary'])}"
    shape = " × ".join(str(length) for length in dataset["shape"])
    categorical = [column for column in dataset.get("columns", ()) if column["kind"] == "categorical"]
    if not categorical:
        return f"inputs of shape {shape}"
    listed = ", ".join(f"{column['name']} ({len(column['categories'])} categories)" for column in categorical)
    return f"inputs of {shape} numeric and {len(categorical)} categorical columns, {listed}"

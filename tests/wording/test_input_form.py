from folklore.wording.input_form import input_form


def test_images_tables_and_tokens_are_told_apart():
    zone = {"name": "zone", "kind": "categorical", "categories": ["a", "b"]}
    height = {"name": "height", "kind": "numeric"}
    assert input_form({"shape": [3, 32, 32], "columns": [], "vocabulary": None}) == "inputs of shape 3 × 32 × 32"
    assert input_form({"shape": [1], "columns": [height, zone], "vocabulary": None}) == (
        "inputs of 1 numeric and 1 categorical columns, zone (2 categories)"
    )
    assert input_form({"shape": [64], "columns": [], "vocabulary": 50257}) == "inputs of 64 tokens out of 50,257"

"""A code fingerprint changes with the meaning of the code that an entry reaches, and with nothing else."""

import pytest

from folklore import identity, ingredients, recipe


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small package in which `job` imports `helper`, and `stranger` is imported by nobody."""
    folder = tmp_path / "package"
    folder.mkdir()
    files = {
        "__init__": "TABLE = {}\n",
        "job": '"""Doc."""\n\nfrom package.helper import twice\n\n\ndef main():\n    """Doc."""\n    return twice(2)\n',
        "helper": "def twice(x):\n    if x:\n        x = x\n    return 2 * x\n",
        "stranger": "def other():\n    return 1\n",
    }
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    monkeypatch.setattr(identity, "ROOT", tmp_path)

    def fingerprint(**changed):
        for name, text in (files | changed).items():
            (folder / f"{name}.py").write_text(text)
        for remembered in (identity._closure, identity._imports, identity._nodes, identity._meaning):
            remembered.cache_clear()
        return identity.fingerprint(identity.meanings("package.job"))

    return fingerprint, files


def test_comments_docstrings_and_layout_change_nothing(package):
    fingerprint, files = package
    before = fingerprint()
    assert before == fingerprint(job=files["job"].replace("Doc.", "Another text."))
    assert before == fingerprint(job=files["job"].replace('    """Doc."""\n', ""))
    assert before == fingerprint(helper="# a comment\n" + files["helper"].replace("    ", "  "))
    assert before == fingerprint(helper=files["helper"].replace("(x):", "(\n    x\n):"))


def test_a_change_of_meaning_in_what_the_entry_imports_changes_it(package):
    fingerprint, files = package
    before = fingerprint()
    assert before != fingerprint(helper=files["helper"].replace("2 * x", "3 * x"))
    assert before != fingerprint(helper=files["helper"].replace("    return", "        return"))


def test_modules_out_of_reach_and_tables_of_names_change_nothing(package):
    fingerprint, _ = package
    before = fingerprint()
    assert before == fingerprint(stranger="def other():\n    return 2\n")
    assert before == fingerprint(__init__="TABLE = {'more': 1}\n")


def test_changing_a_default_of_the_vocabulary_asks_for_a_new_schema():
    """Identities leave defaults out, so old runs would change their meaning in silence. Adding a setting is fine."""
    defaults = {
        f"{name}.{key}": field.default
        for name, block in (vars(ingredients) | vars(recipe)).items()
        if isinstance(block, type) and issubclass(block, recipe.Block) and block is not recipe.Block
        for key, field in block.model_fields.items()
        if not field.is_required()
    }
    assert recipe.SCHEMA == 1
    known = {
        "Data.seed": 0, "Data.stratified": False, "Data.scaling": "unit", "Data.test": None,
        "Cnn.channels": (16, 32, 64), "Cnn.hidden": 64, "Cnn.dropout": 0.0, "Cnn.batch_norm": False,
        "Mlp.widths": (128, 64), "Mlp.depth": 1, "Mlp.activation": "relu", "Mlp.dropout": 0.0, "Mlp.batch_norm": False,
        "Xgboost.rounds": 200, "Xgboost.max_depth": 6, "Xgboost.learning_rate": 0.3, "Xgboost.subsample": 1.0,
        "Logistic.inverse_penalty": 1.0, "Logistic.iterations": 500,
        "Sgd.momentum": 0.0, "Sgd.nesterov": False, "Sgd.weight_decay": 0.0, "Adam.betas": (0.9, 0.999),
        "Adam.weight_decay": 0.0, "AdamW.weight_decay": 0.01, "Adagrad.weight_decay": 0.0, "RmsProp.alpha": 0.99,
        "LinearDecay.end": 0.0, "Cosine.end": 0.0, "ResolvedParent.weights": "last",
    }  # fmt: skip
    assert {name: defaults[name] for name in known} == known

"""A code fingerprint changes with the meaning of the code that an entry reaches, and with nothing else."""

import pytest

from folklore.provenance import fingerprint as module


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
    monkeypatch.setattr(module, "ROOT", tmp_path)

    def fingerprint(**changed):
        for name, text in (files | changed).items():
            (folder / f"{name}.py").write_text(text)
        for remembered in (module._closure, module._imports, module._nodes, module._token_hash):
            remembered.cache_clear()
        return module.fingerprint(module.module_hashes("package.job"))

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


def test_the_text_of_an_error_changes_nothing_and_its_kind_and_condition_do(package):
    fingerprint, files = package
    check = "    if x == 'é': raise ValueError(f'{x} is é, ' 'which is (odd)', 1)\n    return 2 * x\n"
    helper = files["helper"].replace("    return 2 * x\n", check)
    before = fingerprint(helper=helper)
    assert before == fingerprint(helper=helper.replace("is é, ' 'which is (odd)', 1", "is odd'"))
    assert before != fingerprint(helper=helper.replace("ValueError", "TypeError"))
    assert before != fingerprint(helper=helper.replace("x == 'é'", "x == 'e'"))
    assert before != fingerprint(helper=helper.replace("2 * x", "3 * x"))


def test_a_users_file_counts_with_the_files_of_its_folder_that_it_imports(package, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = {
        "mine/nets.py": "from widths import doubled\nfrom . import parts\nfrom package.helper import twice\n",
        "mine/widths.py": "def doubled(x):\n    return 2 * x\n",
        "mine/parts/__init__.py": "from . import small\n",
        "mine/parts/small.py": "SIZE = 1\n",
        "mine/other.py": "SIZE = 1\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(text)
    module._closure.cache_clear()
    assert list(module.module_hashes("mine/nets.py")) == [
        "mine/nets.py",
        "mine/parts/__init__.py",
        "mine/parts/small.py",
        "mine/widths.py",
        "package.helper",
    ]

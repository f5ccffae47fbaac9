import pytest
from planted_results import Planted


@pytest.fixture
def planted(fresh, monkeypatch) -> Planted:
    """The tiny study with two seeds, in the current folder; nothing ran."""
    monkeypatch.chdir(fresh.folder)
    fresh.edit("studies/tiny.yaml", "seeds: [1]", "seeds: [1, 2]")
    fresh.path("results").mkdir()
    return Planted(fresh)

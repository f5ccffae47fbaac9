"""Fills in the source and path of a recipe's data, from the study or config.yaml, and checks that local data exist."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from folklore.execution.errors import UserError, unknown
from folklore.plan.datasets import DATASETS
from folklore.schema.config import Config, DataSources
from folklore.schema.data import Data
from folklore.schema.recipe import Recipe

# Files in which a dataset may be stored in a folder of local data, other than a folder of its name.
LOCAL_SUFFIXES = (".tar.xz", ".tar.gz", ".tar", ".npz", ".csv", ".csv.xz", ".csv.gz")


def with_source(
    recipe: Recipe, sources: DataSources, content_of: Callable[[str], str], where: str, errors: list[str]
) -> Recipe | None:
    """Return the recipe with source, path and content filled in, or None with the error added to `errors`."""
    if recipe.data.content is not None:
        errors.append(f"{where}: data.content: planning computes it from the files at `path`. Remove it")
        return None
    data = _settled(recipe.data, sources)
    if data.name not in DATASETS and data.source != "local":
        errors.append(
            f"{where}: data.name: {unknown('dataset', data.name, DATASETS)}; "
            "a set of your own needs `source: local` and `path`"
        )
        return None
    if data.source != "local":
        return recipe.model_copy(update={"data": data})
    if error := _missing(data):
        errors.append(f"{where}: {error}")
        return None
    try:
        content = content_of(data.path)
    except (UserError, OSError) as error:
        errors.append(f"{where}: data.path: {error}")
        return None
    return recipe.model_copy(update={"data": data.model_copy(update={"content": content})})


def _settled(data: Data, sources: DataSources) -> Data:
    if data.source is not None:
        return data.model_copy(update={"path": _at_home(data.path)})
    own = sources.sets.get(data.name)
    source = (own and own.source) or sources.source
    path = None
    if source == "local":
        path = (own and own.path) or _in_folder(sources.path, data.name)
    return data.model_copy(update={"source": source, "path": _at_home(path)})


def _at_home(path: str | None) -> str | None:
    """Return a path with the home folder in place of a leading tilde, any other path as it is spelled."""
    return str(Path(path).expanduser()) if path and path.startswith("~") else path


def _in_folder(folder: str | None, name: str) -> str | None:
    """Return the first of `<folder>/<name>`, `<folder>/<name>.tar.xz` … that exists, else `<folder>/<name>`."""
    if folder is None:
        return None
    spellings = [f"{_at_home(folder)}/{name}{suffix}" for suffix in ("", *LOCAL_SUFFIXES)]
    return next((path for path in spellings if Path(path).exists()), spellings[0])


def _missing(data: Data) -> str | None:
    if data.path is None:
        keys = f"data.path or data.sets.{data.name}.path"
        return f"dataset {data.name!r} is local but has no path; set {keys} in config.yaml"
    if not Path(data.path).exists():
        return f"dataset {data.name!r}: {data.path} does not exist (nor with {', '.join(LOCAL_SUFFIXES)})"
    return None


def unknown_data_sets(config: Config, recipes: Iterable[Recipe]) -> Iterator[str]:
    """Yield one line per dataset that config.yaml names and no study uses."""
    known = {*DATASETS, *(recipe.data.name for recipe in recipes)}
    for key, sets in (("data.sets", config.data.sets), ("reduced.sets", config.reduced.sets)):
        yield from (f"config.yaml: {key}: {unknown('dataset', name, known)}" for name in sets if name not in known)

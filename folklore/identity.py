"""Who is who: the identity of a recipe, and of the code that a rule stands on.

A fingerprint covers the modules that an entry module imports, inside the package, as token streams without comments,
docstrings and layout. `__init__.py` files are tables of names and left out: a rule names what it takes from them.
"""

import ast
import hashlib
import io
import json
import tokenize
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from folklore.recipe import SCHEMA, Data, Recipe

ROOT = Path(__file__).resolve().parent.parent

_SPLIT_SETTINGS = ("train", "validation", "test", "seed", "stratified", "skip", "swapped")
_NOT_OF_THE_DATASET = (*_SPLIT_SETTINGS, "scaling")


def canonical(value: Any) -> str:
    """One spelling for equal values: sorted keys, no blanks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def settings(block: BaseModel) -> dict[str, Any]:
    """What a block says beyond its defaults."""
    return block.model_dump(mode="json", exclude_defaults=True)


def digest(text: str, length: int = 10) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def recipe_id(recipe: Recipe) -> str:
    return f"{recipe.data.name}-{recipe.model.name}-{digest(canonical([SCHEMA, settings(recipe)]))}"


def dataset_settings(data: Data) -> dict[str, Any]:
    return data.model_dump(mode="json", exclude_defaults=True, exclude=set(_NOT_OF_THE_DATASET))


def dataset_id(data: Data) -> str:
    return f"{data.name}-{data.source}-{digest(canonical([SCHEMA, dataset_settings(data)]))}"


def split_settings(data: Data) -> dict[str, Any]:
    return data.model_dump(mode="json", include=set(_SPLIT_SETTINGS))


def split_id(data: Data) -> str:
    return f"{data.name}-{data.train}-{data.validation}-{digest(canonical([dataset_id(data), split_settings(data)]))}"


def meanings(*entries: str) -> dict[str, str]:
    """Module → hash of its meaning, of all that the entry modules can reach."""
    return {module: _meaning(_file(module)) for module in sorted(set().union(*map(_closure, entries)))}


def fingerprint(modules: Mapping[str, str]) -> str:
    """Changes when, and only when, one of the modules changes its meaning."""
    return digest("".join(f"{module}={meaning};" for module, meaning in sorted(modules.items())), 12)


@cache
def _closure(entry: str) -> frozenset[str]:
    reached, waiting = set(), [entry]
    while waiting:
        module = waiting.pop()
        if module not in reached and (path := _file(module)):
            reached.add(module)
            waiting.extend(_imports(path))
    return frozenset(reached)


def _file(module: str) -> Path | None:
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    return path if path.is_file() else None


@cache
def _nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_bytes())))


@cache
def _imports(path: Path) -> tuple[str, ...]:
    found = []
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
    return tuple(found)


_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


@cache
def _meaning(path: Path) -> str:
    """Hash of a file's tokens, each with the depth of its block, which the width of the indentation does not change."""
    source = path.read_text(encoding="utf-8")
    docstrings = set(_docstring_lines(_nodes(path)))
    words, depth, after_docstring = [], 0, False
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        depth += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
        if token.type == tokenize.STRING and token.start in docstrings:
            after_docstring = True
        elif token.type == tokenize.NEWLINE and after_docstring:
            after_docstring = False
        elif token.type not in _LAYOUT:
            words.append(f"{depth} {token.string.strip()}")
    return digest("\n".join(words), 16)


def _docstring_lines(nodes: list[ast.AST]) -> Iterator[tuple[int, int]]:
    for node in nodes:
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.lineno, value.col_offset

"""Fingerprint: of the code that a rule stands on.

It covers the modules that an entry module imports, inside the package, as token streams without comments, docstrings
and layout. `__init__.py` files are tables of names and left out: a rule names what it takes from them.
"""

import ast
import io
import tokenize
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from folklore.provenance.canonical import digest

ROOT = Path(__file__).resolve().parents[2]


def module_hashes(*entries: str) -> dict[str, str]:
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

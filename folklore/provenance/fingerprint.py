"""Fingerprint of the code that a rule runs: it changes when, and only when, that code's results may change.

It hashes the modules of the package that an entry module imports, as tokens without comments, docstrings and layout.
Three things are left out because no result depends on them:

- modules of folklore/execution/: how a job starts, waits, reports and writes its files;
- `__init__.py` files, which are tables of names: a rule lists the entries that it takes from them;
- the arguments of `raise` statements: the texts of error messages.

An entry may be a user's file, named by its path; the files that it imports from its own folder then count too.
"""

import ast
import io
import sys
import tokenize
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from folklore.provenance.canonical import digest

ROOT = Path(__file__).resolve().parents[2]
NEUTRAL = "folklore.execution."


def module_hashes(*entries: str) -> dict[str, str]:
    """Map each module that the entry modules import, directly or not, to the hash of its tokens."""
    return {module: _token_hash(_file(module)) for module in sorted(set().union(*map(_closure, entries)))}


def fingerprint(modules: Mapping[str, str]) -> str:
    """Return one short hash over all modules."""
    return digest("".join(f"{module}={tokens};" for module, tokens in sorted(modules.items())), 12)


@cache
def _closure(entry: str) -> frozenset[str]:
    reached, waiting = set(), [entry]
    while waiting:
        module = waiting.pop()
        if module not in reached and not module.startswith(NEUTRAL) and (path := _file(module)):
            reached.add(module)
            imported = _imports(path)
            waiting.extend(imported)
            if module.endswith(".py"):
                waiting.extend(str(file) for name in imported for file in _files_beside(path, name))
    return frozenset(reached)


def _file(module: str) -> Path | None:
    """The file of one of our modules, or a user's file, which is named by its path."""
    path = Path(module) if module.endswith(".py") else ROOT.joinpath(*module.split(".")).with_suffix(".py")
    return path if path.is_file() else None


def _files_beside(path: Path, module: str) -> list[Path]:
    """The files of a module that a user's file imports from its own folder; none if it is one of ours."""
    if module.partition(".")[0] == "folklore":
        return []
    stem = path.parent.joinpath(*module.split("."))
    return [file for file in (stem.with_suffix(".py"), stem / "__init__.py") if file.is_file()]


@cache
def _nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_bytes())))


@cache
def _imports(path: Path) -> tuple[str, ...]:
    found = []
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            parent = f"{node.module}." if node.module else ""
            found += [*filter(None, [node.module]), *(f"{parent}{name.name}" for name in node.names)]
    return tuple(found)


Position = tuple[int, int]  # line from 1, column in characters
_END = (sys.maxsize, 0)
_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


@cache
def _token_hash(path: Path) -> str:
    """Hash the tokens, each with the depth of its block, which does not depend on the width of the indentation."""
    source = path.read_text(encoding="utf-8")
    left_out = iter([*_without_effect(_nodes(path), source.splitlines()), (_END, _END)])
    start, end = next(left_out)
    words, depth = [], 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        depth += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
        while token.start >= end:
            start, end = next(left_out)
        if token.type not in _LAYOUT and token.start < start:
            words.append(f"{depth} {token.string.strip()}")
    return digest("\n".join(words), 16)


def _without_effect(nodes: list[ast.AST], lines: list[str]) -> list[tuple[Position, Position]]:
    """Return start and end, in order, of docstrings with the rest of their lines and of the arguments of `raise`."""

    def position(line: int, column_in_bytes: int) -> Position:
        return line, len(lines[line - 1].encode()[:column_in_bytes].decode())

    docstrings = [(position(node.lineno, node.col_offset), (node.end_lineno + 1, 0)) for node in _docstrings(nodes)]
    calls = [node.exc for node in nodes if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)]
    messages = [
        (position(call.func.end_lineno, call.func.end_col_offset), position(call.end_lineno, call.end_col_offset))
        for call in calls
    ]
    return sorted(docstrings + messages)


def _docstrings(nodes: list[ast.AST]) -> Iterator[ast.Constant]:
    for node in nodes:
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value

"""YAML files: read with the core schema of YAML 1.2 by libyaml, with errors that name file, line and column."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from folklore.execution.errors import UserError


class _Loader(yaml.CSafeLoader):
    """Scalars of YAML 1.2: `on`, `off`, `yes`, `no` and dates are text, 1e-3 is a number. No key twice."""

    yaml_implicit_resolvers = {}

    def construct_document(self, node: yaml.Node) -> Any:
        _refuse_duplicate_keys(node, set())
        return super().construct_document(node)

    def construct_integer(self, node: yaml.ScalarNode) -> int:
        value = self.construct_scalar(node)
        return int(value, 0) if value[:2] in ("0x", "0o") else int(value)


def _resolve(tag: str, pattern: str, first: Iterable[str]) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), list(first))


_resolve("null", r"~|null|Null|NULL|", ["", *"~nN"])
_resolve("bool", r"true|True|TRUE|false|False|FALSE", "tTfF")
_resolve("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789")
_resolve("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789")
_resolve("float", r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", "-+.")
_resolve("merge", r"<<", "<")
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_integer)


def _refuse_duplicate_keys(node: yaml.Node, visited: set[int]) -> None:
    """Raise ConstructorError at the second of two equal keys, before merge keys (`<<`) add those of other mappings."""
    if isinstance(node, yaml.ScalarNode) or id(node) in visited:
        return
    visited.add(id(node))
    children = node.value
    if isinstance(node, yaml.MappingNode):
        known = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and (key.tag, key.value) in known:
                raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} is given twice", key.start_mark)
            known.add((key.tag, str(key.value)))
        children = [value for _, value in node.value]
    for child in children:
        _refuse_duplicate_keys(child, visited)


def read_yaml(path: Path, name: str | None = None) -> dict[str, Any]:
    """Return the mapping in a file. Raises UserError, with `name` for the file, where there is none to read."""
    where = name or str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"{where} does not exist") from None
    except OSError as error:
        raise UserError(f"{where}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line, byte = error.object[: error.start].count(b"\n") + 1, error.object[error.start]
        raise UserError(f"{where}: line {line}: expected UTF-8 text; got the byte {byte:#04x}") from None
    content = read_yaml_value(text, where)
    if not isinstance(content, dict):
        got = "an empty file" if content is None else f"a {type(content).__name__}"
        raise UserError(f"{where}: expected keys with values at the top level; got {got}")
    return content


def read_yaml_value(text: str, where: str) -> Any:
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise UserError(f"{where}: {_sentence(error)}") from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise UserError(f"{where}: line {line}: {error.reason}") from None
    except RecursionError:
        raise UserError(f"{where}: lists and mappings are nested too deeply") from None


def _sentence(error: yaml.MarkedYAMLError) -> str:
    """Return where and what; for a bracket that is never closed, in which line it opens too."""
    mark, start = error.problem_mark or error.context_mark, error.context_mark
    within = f", {error.context} from line {start.line + 1}" if start and start.line != mark.line else ""
    return f"line {mark.line + 1}, column {mark.column + 1}: {error.problem}{within}"

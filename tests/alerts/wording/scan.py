"""Which keys does the code say? Read from its syntax, so that no sentence is missing and none is left over."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGES = ("alerts", "handlers", "bot")
SAYING = frozenset({"say", "count", "label"})
PREFIX = re.compile(r"[a-z_]+\.([a-z_]+\.)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One call with a literal key; `facts` is None where they are handed over as a mapping."""

    key: str
    facts: frozenset[str] | None
    where: str


@cache
def trees() -> dict[str, ast.Module]:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def said() -> list[Said]:
    """Every `say`, `count` or `label` whose key stands in the code."""
    return [call for where, tree in trees().items() for node in ast.walk(tree) for call in _call(node, where)]


def literals() -> frozenset[str]:
    """Every string in the code: a key may come from a table."""
    nodes = (node for tree in trees().values() for node in ast.walk(tree))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def prefixes() -> frozenset[str]:
    """What keys made of a variable begin with: "event." of f"event.{kind}"."""
    nodes = (node for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    firsts = (node.values[0].value for node in nodes if isinstance(node.values[0], ast.Constant))
    return frozenset(first for first in firsts if PREFIX.fullmatch(str(first)))


def _call(node: ast.AST, where: str) -> Iterator[Said]:
    match node:
        case ast.Call(func=ast.Attribute(attr=attr), args=[ast.Constant(value=str(key)), *_], keywords=keywords) if (
            attr in SAYING and "." in key
        ):
            names = [keyword.arg for keyword in keywords]
            given = frozenset(name for name in names if name) | ({"number"} if attr == "count" else set())
            yield Said(key=key, facts=None if None in names else given, where=f"{where}:{node.lineno}")
        case _:
            return

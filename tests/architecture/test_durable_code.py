"""Workflow code asks Temporal alone for time, chance and the world: its modules are loaded once.

The sandbox lets them through (docs/decisions/0041), so it would not notice.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "workflows").glob("**/*.py"))
STANDARD = {"__future__", "asyncio", "collections", "dataclasses", "datetime", "inspect", "json"}
IMPORTS = STANDARD | {"typing", "temporalio", "domain", "workflows"}
WORLD = {"now", "utcnow", "today", "sleep", "open", "print", "input", "exec", "eval", "globals"}
"""Names that ask the machine; of these ``workflow.now`` and ``workflow.sleep`` ask Temporal."""

BAD = """
import random
from datetime import datetime
HEARD = []
SEEN: dict[str, int] = {}

class Life:
    NAMES = set()

def run():
    datetime.now()
    workflow.now()
    open("file")
"""


def faults(tree: ast.Module) -> Iterator[str]:
    """Name whatever would be another thing at a replay, or in the next case of the process."""
    for node in ast.walk(tree):
        yield from (f"import {name}" for name in _imported(node) if _is_strange(name))
        if isinstance(node, ast.Call) and (asked := _asked(node.func)):
            yield f"{asked}()"
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from (f"shared {name}" for name in _changeable(node))


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (named.name for named in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield node.module or ""


def _is_strange(module: str) -> bool:
    return module.partition(".")[0] not in IMPORTS


def _asked(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id if function.id in WORLD else ""
    if not isinstance(function, ast.Attribute) or function.attr not in WORLD:
        return ""
    of = function.value
    if isinstance(of, ast.Name) and of.id == "workflow":
        return ""
    return ast.unparse(function)


def _changeable(place: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in place.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _can_change(node.value):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            yield ast.unparse(target)


def _can_change(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in {"set", "list", "dict"}
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_is_the_same_at_every_replay(path: Path) -> None:
    assert list(faults(ast.parse(path.read_text("utf-8")))) == []


def test_the_check_sees_what_it_looks_for() -> None:
    found = set(faults(ast.parse(BAD)))
    assert found == {
        "import random",
        "datetime.now()",
        "open()",
        "shared HEARD",
        "shared SEEN",
        "shared NAMES",
    }

"""One public name means one thing: what is defined twice stands here with its reason."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.project_files import PACKAGES, ROOT, shown, sources, tree

ALLOWED = {
    "app": "each group of commands is a Typer application",
    "find": "each server is asked through its module: postgres.find",
    "start": "each server is started through its module: postgres.start",
    "stop": "each server is stopped through its module: postgres.stop",
    "Amount": "a field of the gateway's description, and an option of commands",
    "Currency": "a field of the gateway's description, and an option of commands",
    "Creditor": "the company, and the option by which commands name it",
    "Briefing": "the gateway's description publishes the domain's type under its own name",
    "Customer": "the gateway's description publishes the domain's type under its own name",
}


def _functions_are_commands(path: Path) -> bool:
    """Whether functions are named as they are typed (`list`, `show`), and called by nobody else."""
    return "starter/cli/commands" in path.as_posix()


def _is_frozen(path: Path) -> bool:
    """Whether the file belongs to migrations: those never change, and keep helpers of their own."""
    return "infra/migrations" in path.as_posix()


def _named(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (one.id for one in targets if isinstance(one, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def _defined(path: Path) -> set[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    skipped = functions if _functions_are_commands(path) else ()
    nodes = [node for node in tree(path).body if not isinstance(node, skipped)]
    return {name for node in nodes for name in _named(node) if not name.startswith("_")}


def _places() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sources(*PACKAGES, "worker.py"):
        if not _is_frozen(path):
            for name in _defined(path):
                found[name].append(shown(path))
    return found


def test_no_public_name_is_defined_in_two_modules() -> None:
    twice = {name: places for name, places in _places().items() if len(places) > 1}
    assert not {name: places for name, places in twice.items() if name not in ALLOWED}
    assert set(ALLOWED) <= set(twice), "a name that is defined once needs no reason any more"


def test_the_glossary_names_only_classes_that_there_are() -> None:
    named = set(re.findall(r"`([A-Z]\w*[a-z]\w*)`", (ROOT / "docs/glossary.md").read_text()))

    assert len(named) > 20
    assert named <= set(_places())

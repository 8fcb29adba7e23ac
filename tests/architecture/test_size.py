"""Small files, small functions, and a sentence for everything that others may use."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.project_files import PACKAGES, ROOT, functions, shown, sources, tree

LONGEST_FILE = 250
LONGEST_FILE_WITH_A_REASON = 400
"""Where the first comment below the docstring says why the file is one thing."""

MOST_MODULES = 15
"""A folder with more is no subject any more."""

LONGEST_FUNCTION = 25
LONGEST_WORKER = 80
LONGEST_STORY = 30
"""A test tells its story in one piece."""

LONGEST_TABLE = 60
"""Migrations are tables of columns, written once and never changed."""

Named = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body, without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def _limit(path: Path) -> int:
    if "versions" in path.parts:
        return LONGEST_TABLE
    return LONGEST_STORY if "tests" in path.parts else LONGEST_FUNCTION


def _says_why_it_is_one_thing(path: Path) -> bool:
    """Whether a comment stands between the docstring and the first statement."""
    docstring, *rest = tree(path).body
    between = path.read_text().splitlines()[docstring.end_lineno : rest[0].lineno - 1]
    return any(line.startswith("# ") for line in between)


def _longest(path: Path) -> int:
    return LONGEST_FILE_WITH_A_REASON if _says_why_it_is_one_thing(path) else LONGEST_FILE


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    every = sources(*PACKAGES, "tests", "worker.py")
    lengths = {path: len(path.read_text().splitlines()) for path in every}
    long = {shown(path): n for path, n in lengths.items() if n > LONGEST_FILE}
    assert not [
        name for path, n in lengths.items() if (name := shown(path)) in long and n > _longest(path)
    ]


def test_no_folder_holds_more_modules_than_a_subject_has() -> None:
    modules = Counter(
        path.parent
        for path in sources(*PACKAGES, "tests")
        if path.name != "__init__.py" and "versions" not in path.parts
    )
    full = {shown(folder): count for folder, count in modules.items() if count > MOST_MODULES}
    assert not full


def test_every_package_says_in_one_sentence_what_it_is_for() -> None:
    silent = [
        shown(path)
        for path in sources(*PACKAGES)
        if path.name == "__init__.py" and not (ast.get_docstring(tree(path)) or "").endswith(".")
    ]
    assert not silent


def test_the_worker_fits_on_a_page() -> None:
    assert len((ROOT / "worker.py").read_text().splitlines()) <= LONGEST_WORKER


def test_no_function_is_longer_than_a_thought() -> None:
    long = [
        f"{shown(path)}:{node.lineno} {node.name} has {_length(node)} lines"
        for path in sources(*PACKAGES, "tests", "worker.py")
        for node in functions(path)
        if _length(node) > _limit(path)
    ]
    assert not long, "\n".join(long)


def _public(node: Named) -> Iterator[Named]:
    yield node
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if child.name.startswith("_"):
                continue
            yield from _public(child) if isinstance(child, ast.ClassDef) else [child]


def _nameless(path: Path) -> Iterator[str]:
    for node in _public(tree(path)):
        if not ast.get_docstring(node):
            yield f"{shown(path)}: {getattr(node, 'name', 'the module')} has no docstring"


def test_everything_public_says_what_it_is_for() -> None:
    missing = [line for path in sources(*PACKAGES, "worker.py") for line in _nameless(path)]
    assert not missing, "\n".join(missing)

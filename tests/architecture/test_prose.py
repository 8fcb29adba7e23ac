"""Values decide, prose never: no branch reads a sentence that was written for people."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.project_files import shown, sources, tree

FOLDERS = ("domain", "activities", "workflows", "starter", "adapters", "infra", "worker.py")

FOREIGN = ("adapters/letters/", "adapters/email/", "adapters/incoming/")
"""Folders whose work is words: what letters say, what mail servers and customers write."""

WRITTEN = frozenset({"text", "why", "title", "detail", "answer", "plan_b", "note", "done_note"})
"""Fields that hold sentences for people."""

SPOKEN = frozenset({"why", "detail", "title"})
"""Variables that hold sentences for people."""

READING = frozenset(
    {"startswith", "endswith", "partition", "rpartition", "split", "rsplit", "find", "index"}
    | {"removeprefix", "removesuffix", "count", "match", "search", "fullmatch"}
)

ALLOWED = {
    "adapters/twilio/sms.py: message.body == envelope.text": "a provider's list of sent messages "
    "holds no id of ours: a message is known by its very words",
    "starter/cli/ending.py: error.title == 'Settings'": "pydantic names the class at fault in "
    "nothing but the title",
    "starter/api/errors.py: text.removeprefix('Value error, ')": "pydantic's words are put into "
    "ours; nothing is decided",
}


def _errors(module: ast.AST) -> frozenset[str]:
    handlers = (node for node in ast.walk(module) if isinstance(node, ast.ExceptHandler))
    return frozenset(handler.name for handler in handlers if handler.name)


def _is_sentence(node: ast.AST) -> bool:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_text and " " in str(ast.literal_eval(node)).strip(" ,:;")


def _sentences(module: ast.Module) -> Iterator[str]:
    """The constants of a module that are sentences."""
    for node in module.body:
        if isinstance(node, ast.Assign) and _is_sentence(node.value):
            yield from (name.id for name in node.targets if isinstance(name, ast.Name))


def _is_prose(node: ast.AST, errors: frozenset[str], constants: frozenset[str]) -> bool:
    """Whether an expression is a sentence for people: a field, an error's words, a constant."""
    if isinstance(node, ast.Attribute):
        return node.attr in WRITTEN or node.attr in constants
    if isinstance(node, ast.Name):
        return node.id in SPOKEN or node.id in constants
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str":
        return any(isinstance(arg, ast.Name) and arg.id in errors for arg in node.args)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _is_prose(node.func.value, errors, constants)
    return _is_sentence(node)


def _read(node: ast.AST) -> list[ast.expr]:
    """What an expression compares, searches or takes apart."""
    if isinstance(node, ast.Compare):
        told = all(isinstance(how, ast.Is | ast.IsNot) for how in node.ops)
        return [] if told else [node.left, *node.comparators]
    method = node.func if isinstance(node, ast.Call) else None
    if isinstance(node, ast.Call) and isinstance(method, ast.Attribute) and method.attr in READING:
        return [method.value, *node.args]
    return [node.subject] if isinstance(node, ast.Match) else []


def _branches(module: ast.Module, shared: frozenset[str] = frozenset()) -> Iterator[str]:
    errors, constants = _errors(module), shared.union(_sentences(module))
    for node in ast.walk(module):
        if any(_is_prose(one, errors, constants) for one in _read(node)):
            yield ast.unparse(node).partition("\n")[0]


def _searched() -> list[Path]:
    return [path for path in sources(*FOLDERS) if not shown(path).startswith(FOREIGN)]


def test_no_branch_reads_a_sentence() -> None:
    trees = {path: tree(path) for path in _searched()}
    named = {name for module in trees.values() for name in _sentences(module)}
    shared = frozenset(name for name in named if not name.startswith("_"))
    found = [
        f"{shown(path)}: {branch}"
        for path, module in trees.items()
        for branch in _branches(module, shared)
    ]
    assert set(found) == set(ALLOWED), "decide by a code; a sentence is for people"


@pytest.mark.parametrize(
    "branch",
    [
        'if "was used before" in given: pass',
        'name = "conflict" if ANOTHER in told else "refused"',
        "if answer.text == given: pass",
        "new += not posted.text.startswith(given)",
        'outcome = deed.why.partition(":")[0]',
        "try: pass\nexcept ValueError as error:\n    kind, _, rest = str(error).partition(':')",
        "try: pass\nexcept ValueError as error:\n    if given in str(error): pass",
        "if PATTERN.search(receipt.detail): pass",
        "if PATTERN.fullmatch(why): pass",
        "match answer.text:\n    case 'x': pass",
        "if task.title.lower() == given: pass",
    ],
)
def test_a_branch_that_reads_a_sentence_is_found(branch: str) -> None:
    module = ast.parse(f'ANOTHER = "was used before"\n{branch}')
    assert list(_branches(module))


@pytest.mark.parametrize(
    "value",
    ["answer.code == given", "given is None", 'kind == "conflict"', "answer.text or given"],
)
def test_a_branch_that_reads_a_value_is_left_alone(value: str) -> None:
    assert not list(_branches(ast.parse(f"if {value}: pass")))

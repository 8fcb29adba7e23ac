"""Where a case stands is put together in one module, and looked at by everybody else."""

import ast
from collections.abc import Iterator

from tests.architecture.project_files import PACKAGES, shown, sources, tree

STATE = "domain/decision/state.py"
MAKERS = {
    "fold": {STATE},
    "Ground": {STATE},
    "Facts": {STATE},
    "statement": {STATE},
    "calendar": {STATE},  # Policy.calendar
    "class_of": {STATE, "domain/briefing/briefing.py"},  # which explains the class, by all history
    "next_action": {STATE},
}
"""What a case's state is made of, and the modules that may make it."""


def _calls() -> Iterator[tuple[str, str]]:
    """Every function or method that is called in the packages, with the file that does."""
    for path in sources(*PACKAGES, "worker.py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func).rpartition(".")[2]
                yield called, shown(path)


def test_a_cases_state_is_put_together_in_one_module_only() -> None:
    found = {(name, file) for name, file in _calls() if name in MAKERS}
    assert not {(name, file) for name, file in found if file not in MAKERS[name]}
    assert {name for name, _ in found} == set(MAKERS), "a name that nobody calls guards nothing"

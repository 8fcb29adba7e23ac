"""The commands that the shells issue, in the order of their lines.

``python -m tests.replay.fingerprint`` keeps a change that was decided on; the test compares.
"""

import ast
import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).parent / "fingerprint.json"
COMMANDS = {
    "execute_activity",
    "execute_local_activity",
    "start_activity",
    "start_local_activity",
    "execute_child_workflow",
    "start_child_workflow",
    "wait_condition",
    "sleep",
    "upsert_search_attributes",
    "upsert_memo",
    "continue_as_new",
    "patched",
    "deprecate_patch",
    "uuid4",
    "random",
    "get_external_workflow_handle",
}


def taken() -> dict[str, list[str]]:
    """For each function of each workflow file, its commands with what they are called with."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "workflows").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[f"{path.stem}.{node.name}"] = _commands(node)
    return {name: commands for name, commands in found.items() if commands}


def _commands(function: ast.AST) -> list[str]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and _issues(node)]
    return [_words(call) for call in sorted(calls, key=lambda call: call.lineno)]


def _issues(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in COMMANDS


def _words(call: ast.Call) -> str:
    """The call without its words for people: those may change."""
    assert isinstance(call.func, ast.Attribute)
    given = [ast.unparse(arg) for arg in call.args if call.func.attr == "execute_activity"][:1]
    names = sorted(k.arg or "" for k in call.keywords if "summary" not in (k.arg or ""))
    return f"{call.func.attr}({', '.join(given + names)})"


if __name__ == "__main__":
    KEPT.write_text(json.dumps(taken(), indent=2) + "\n")

"""What must never be written anywhere, and what must never be renamed."""

import ast
import re

import pytest

from domain import message_types, names
from tests.architecture.project_files import functions, shown, sources, tracked, tree

MACHINE = re.compile(
    r"(?<![\w.])/(?:work|root|home/[a-z]+)/|/Users/\w|[A-Z]:\\\\Users"  # folders of one machine
)
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|--trusted-host|--find-links|https?://[^\s\"']*/simple/?(?=[\s\"']|$)"
)
TEXT = {".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".json", ".lock", ".cfg", ".ini", ""}


def test_no_file_names_a_machines_folder_or_a_package_registry() -> None:
    found = []
    for path in tracked():
        if path.suffix not in TEXT or "architecture" in path.parts:
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
            if MACHINE.search(line) or REGISTRY.search(line):
                found.append(f"{shown(path)}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_the_domain_knows_no_floats() -> None:
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in sources("domain")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and ast.unparse(node.func) in {"float", "round"})
    ]
    assert not found, "money is integers in minor units"


def test_wire_types_validate_nothing() -> None:
    (wire,) = [path for path in sources("domain") if path.name == "wire.py"]
    assert list(functions(wire)) == [], "a tightened wire type stops every case that holds it"
    fields = [node for node in ast.walk(tree(wire)) if isinstance(node, ast.AnnAssign)]
    bare = [ast.unparse(node.target) for node in fields if node.value is None]
    assert bare == ["kind", "body", "do", "case"], "a new field has a default"


PINNED = {
    "MessageType": "payment payment_reversed credit_note credit_note_cancelled promise "
    "dispute_opened "
    "dispute_settled pause resume write_off write_off_undone withdrawn agency_news "
    "handoff_approved call_result contact_news nudge",
    "ActionType": "remind confirm demand_letter call_task notify_sales hold_credit release_credit "
    "ask_person hand_off inform_agency recall close reopen wait",
    "Result": "done accepted unknown_closed rejected",
    "Outcome": "paid written_off withdrawn returned",
    "Stage": "before_due reminding promised disputed paused with_agency closed",
}


@pytest.mark.parametrize("name", PINNED)
def test_words_that_stand_in_histories_are_never_renamed(name: str) -> None:
    now = {word.value for word in getattr(message_types, name)}
    assert set(PINNED[name].split()) <= now, "histories and ledgers hold these words for years"


def test_names_that_other_programs_use_are_never_changed() -> None:
    assert names.TASK_QUEUE == "amicable"
    assert dict(names.TASK_QUEUES) == {
        "decide": "amicable",
        "send": "amicable-send",
        "background": "amicable-background",
    }
    assert names.INVOICE_WORKFLOW == "InvoiceWorkflow"
    assert names.PAYMENT_WORKFLOW == "PostPayment"
    assert names.RECONCILE_WORKFLOW == "Reconcile"
    assert dict(names.SEARCH_ATTRIBUTES) == {
        "Stage": "Keyword",
        "Creditor": "Keyword",
        "Customer": "Keyword",
        "Currency": "Keyword",
        "DueDate": "Datetime",
    }

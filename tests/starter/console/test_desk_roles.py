"""What each role may do at the desk: plans, acts on many, tasks, and letters before they leave."""

from typing import Any

import pytest

from domain.parties.console import COLLECTING, NOTING, ConsoleRole
from tests.starter.console.factories import Console, in_days

_MANY: dict[str, Any] = {"customer": ["C-1"], "act": "note", "value": "hello", "id": "m-1"}
_PLAN = {"number": "R-1", "kind": "propose", "count": "2", "first": in_days(9)}

DESK: dict[str, tuple[frozenset[ConsoleRole], dict[str, Any]]] = {
    "/plan": (COLLECTING, _PLAN),
    "/many/look": (COLLECTING, _MANY),
    "/many/do": (COLLECTING, _MANY),
    "/task/undo": (NOTING, {"key": "call/x"}),
    "/task/take": (NOTING, {"key": "call/x"}),
    "/task/done": (NOTING, {"key": "call/x"}),
    "/remittance": (COLLECTING, {"key": "x", "seen": "x", "case": ["x"]}),
    "/letter-change": (COLLECTING, {"number": "R-1", "passage": "Thank you.", "seen": "x"}),
    "/letter-undo": (COLLECTING, {"number": "R-1"}),
    "/letter-test": (COLLECTING, {"number": "R-1", "to": "ann@acme.example"}),
    "/letter-send": (COLLECTING, {"number": "R-1", "seen": "x"}),
}
"""Each address with who may, and a form that it reads."""


@pytest.mark.parametrize("role", ConsoleRole)
def test_a_role_does_at_the_desk_what_it_may(
    console: Console, creditor: str, role: ConsoleRole
) -> None:
    console.opened(creditor)
    visitor = console.visitor(creditor, role)
    allowed = {
        path for path, (_, form) in DESK.items() if visitor.post(path, **form).status_code != 403
    }

    assert allowed == {path for path, (roles, _) in DESK.items() if role in roles}
    assert visitor.get("/letter/R-1").status_code == 200


def test_an_auditor_is_offered_no_form_with_a_letter(console: Console, creditor: str) -> None:
    console.opened(creditor)

    assert "<textarea" not in console.visitor(creditor, "auditor").get("/letter/R-1").text
    assert "<textarea" in console.visitor(creditor, "collector").get("/letter/R-1").text

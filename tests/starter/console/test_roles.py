"""What each role may do, and that nobody sees another creditor's customers."""

from typing import Any

import pytest

from domain.parties.console import ConsoleRole
from starter.console.acts.case_acts import CASE_ACTS
from tests.starter.console.factories import Console, Visitor, in_days, words_of

ACTS: dict[str, Any] = {
    "/acts/promise": {"number": "R-1", "date": in_days(3)},
    "/acts/dispute": {"number": "R-1", "reason": "goods"},
    "/acts/write-off": {"number": "R-1", "reason": "goodwill", "amount": "1.00"},
    "/acts/skip": {"number": "R-1", "ref": "second", "reason": "met"},
    "/customer/note": {"customer": "C-1", "said": "hello"},
    "/customer/contact": {"customer": "C-1", "phone": "+442079460113"},
    "/customer/owner": {"customer": "C-1", "owner": ""},
    "/customer/flag": {"customer": "C-1", "flag": "vulnerable", "on": "yes", "why": "said so"},
    "/customer/credit": {"customer": "C-1", "after": "held", "why": "said so"},
    "/customer/limit": {"customer": "C-1", "currency": "EUR", "amount": "50", "why": "said so"},
    "/snooze": {"customer": "C-1", "until": in_days(3)},
}
PAGES = (
    *("/", "/customers/C-1", "/cases/R-1", "/tasks", "/search?q=canary", "/help", "/inbox"),
    *("/agreements", "/agreements?of=credit", "/operation", "/money", "/money?of=all", "/me"),
    *("/agencies", "/agencies/case/R-1"),
    *("/policies", "/policies/standard", "/operation/leaving", "/operation/programs"),
    "/operation/sender",
    *("/letters/R-1?step=polite", "/reports", "/reports?of=dso", "/reports.csv?of=ageing"),
)
MAY: dict[ConsoleRole, set[str]] = {
    ConsoleRole.AUDITOR: set(),
    ConsoleRole.SALES: {"/acts/dispute", "/customer/note", "/snooze"},
    ConsoleRole.COLLECTOR: set(ACTS) - {"/acts/write-off", "/customer/credit", "/customer/limit"},
    ConsoleRole.SUPERVISOR: set(ACTS),
    ConsoleRole.ADMIN: set(ACTS),
}


@pytest.mark.parametrize("role", ConsoleRole)
def test_a_role_does_what_it_may_and_sees_every_page(
    console: Console, creditor: str, role: ConsoleRole
) -> None:
    console.opened(creditor)
    visitor = console.visitor(creditor, role)
    looked = [visitor.get(page).status_code for page in PAGES]
    done = {
        path for path, fields in ACTS.items() if visitor.post(path, **fields).status_code == 303
    }

    assert set(looked) == {200}
    assert done == MAY[role]


def test_an_auditor_is_offered_no_form_and_told_why_an_act_is_refused(
    console: Console, creditor: str
) -> None:
    console.opened(creditor)
    auditor = console.visitor(creditor, "auditor")
    pages = [auditor.get(page).text for page in PAGES]
    refused = auditor.post("/acts/promise", number="R-1", date=in_days(3))

    assert not [page for page in pages if 'action="/acts/' in page or 'action="/customer/' in page]
    assert refused.status_code == 403
    assert "Your role does not allow this" in words_of(refused)


def test_another_creditors_customer_is_not_found_whatever_is_asked(
    console: Console, ann: Visitor
) -> None:
    case_id = console.opened(ann.creditor)
    stranger = console.visitor(f"{ann.creditor}-x")
    names = (
        "/customers/C-1",
        "/cases/R-1",
        "/letters/R-1",
        f"/cases/{case_id}",
        "/evidence/abc?number=R-1",
    )
    looked = [stranger.get(path) for path in names]
    asked = [stranger.post(path, **fields) for path, fields in ACTS.items()]
    found = [stranger.get(path) for path in ("/", "/tasks", "/search?q=canary", "/search?q=R-1")]

    assert {one.status_code for one in (*looked, *asked)} == {404}
    assert not [one for one in (*looked, *asked, *found) if "Canary" in one.text]
    assert case_id not in console.temporal.woken
    assert "Canary" in words_of(ann.get("/customers/C-1")), "it is there for its own people"


def test_without_a_session_every_address_leads_to_the_door(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    ann.client.cookies.clear()
    looked = [ann.get(page) for page in PAGES]
    asked = [ann.post(path, **fields) for path, fields in ACTS.items()]

    assert {one.headers.get("location") for one in (*looked, *asked)} == {"/sign-in"}
    assert not [one for one in (*looked, *asked) if "Canary" in one.text]


def test_every_act_of_a_case_has_roles_and_a_form_that_works_without_a_script(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    page = ann.get("/cases/R-1").text

    assert all(act.roles for act in CASE_ACTS.values())
    offered = {name for name in CASE_ACTS if f'<form method="post" action="/acts/{name}"' in page}
    assert {"outcome", "promise", "dispute", "pause", "write-off", "withdrawal"} <= offered
    assert not offered & {"resume", "plan-end", "settled", "write-off-undone", "agency"}

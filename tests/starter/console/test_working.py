"""A collector's pages: the order of customers, figures that are the letter's, acts that count."""

from datetime import datetime
from typing import Any

import pytest

from activities.ports.types import Task
from adapters.ledger.tasks.desk import put_task
from adapters.runtime.machine import machine_clock
from domain.money import Money
from domain.parties.people import Debtor
from domain.parties.tasks import TaskKind
from starter.console.shown.values import shown_money
from starter.views.looking import look_at_case
from tests.starter.console.factories import Console, Visitor, in_days, words_of


def test_customers_stand_in_the_order_of_points_whose_parts_are_shown(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor, "S-1", debtor=_known("Small"), minor=6000)
    console.opened(ann.creditor, "L-1", debtor=_known("Large"), minor=900_000)
    called = console.opened(ann.creditor, "K-1", debtor=_known("Called"), minor=6000)
    task = Task(
        key=f"call/{called}/1/call", kind=TaskKind.CALL, case=called, title="Call", due_at=_now()
    )
    put_task(console.application.engine, task)
    console.services.worklist.refresh(ann.creditor)
    page = words_of(ann.get("/"))

    assert page.index("Called") < page.index("Large") < page.index("Small")
    assert "40 work + 4 money + 6 lateness" in page
    by_money = words_of(ann.get("/?order=money"))
    assert by_money.index("Large") < by_money.index("Called")
    assert "Large" not in words_of(ann.get("/?view=to-do"))


def test_a_long_list_comes_page_by_page_and_each_customer_once(
    console: Console, ann: Visitor
) -> None:
    for number in range(30):
        debtor = Debtor(id=f"C-{number:02}", name=f"Customer {number:02}")
        console.opened(ann.creditor, f"P-{number}", debtor=debtor)
    first = ann.get("/")
    (cursor,) = {part.split('"')[0] for part in first.text.split("after=")[1:]}
    second = ann.get("/", params={"after": cursor})
    seen = [
        f"Customer {n:02}"
        for n in range(30)
        for page in (first, second)
        if f">Customer {n:02}<" in page.text
    ]

    assert sorted(seen) == [f"Customer {n:02}" for n in range(30)]
    assert "Next page" not in second.text
    assert ann.get("/", params={"after": "bm9uc2Vuc2U="}).status_code == 200


def test_figures_are_those_that_a_letter_of_now_would_ask_for(
    console: Console, ann: Visitor
) -> None:
    case_id = console.opened(ann.creditor, minor=123_456)
    file = console.application.cases.file(case_id)
    assert file
    asked = shown_money(look_at_case(file, _now()).state.statement.total)

    assert asked == "€1,234.56"
    assert f"To pay now {asked}" in words_of(ann.get("/cases/R-1"))
    assert f"To pay now {asked}" in words_of(ann.get("/customers/C-1"))


def test_a_promise_is_answered_with_its_check_and_plan_b_and_wakes_the_case(
    console: Console, ann: Visitor
) -> None:
    case_id = console.opened(ann.creditor)
    fields: dict[str, Any] = {
        "number": "R-1",
        "id": "form-1",
        "date": in_days(5),
        "channel": "phone",
    }
    answers = [ann.post("/acts/promise", **fields) for _ in range(2)]
    page = words_of(ann.get(answers[0].headers["location"]))
    file = console.application.cases.file(case_id)

    assert {one.status_code for one in answers} == {303}
    assert "Recorded." in page
    assert "Plan B: if it is not kept" in page
    assert file
    assert len(look_at_case(file, _now()).case.promises) == 1, "pressed twice it counts once"
    assert look_at_case(file, _now()).case.promises[0].by == "ann"
    assert case_id in console.told()
    assert "Canary" not in words_of(ann.get("/")), "nobody asks for what is promised"
    assert "Canary" in words_of(ann.get("/?view=done"))


def test_what_is_refused_says_why_and_keeps_what_was_written(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor)
    refused = ann.post("/acts/promise", number="R-1", date=in_days(-3), note="so they said")

    assert refused.status_code == 422
    assert "Not recorded." in words_of(refused)
    assert f'value="{in_days(-3)}"' in refused.text
    assert "so they said</textarea>" in refused.text


@pytest.mark.parametrize(
    ("written", "meant"), [("1,234.50", 123_450), ("1.234,50", 123_450), ("12,5", 1250)]
)
def test_amounts_may_be_written_as_people_write_them(
    console: Console, ann: Visitor, written: str, meant: int
) -> None:
    case_id = console.opened(ann.creditor, minor=500_000)
    told = ann.post("/acts/dispute", number="R-1", reason="price", amount=written)
    file = console.application.cases.file(case_id)

    assert told.status_code == 303
    assert file
    assert look_at_case(file, _now()).case.disputed == meant


def test_an_amount_that_could_mean_two_things_is_refused(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor, minor=500_000)

    assert (
        ann.post("/acts/dispute", number="R-1", reason="price", amount="1,234").status_code == 422
    )


def test_a_dispute_is_kept_with_its_photo_and_the_photo_is_only_saved_never_run(
    console: Console, ann: Visitor
) -> None:
    case_id = console.opened(ann.creditor)
    photo = ("broken box.html", b"<script>alert(1)</script>", "text/html")
    told = ann.post("/acts/dispute", number="R-1", reason="goods", files=[("files", photo)])
    (kept,) = console.application.evidence.list(case_id)
    given = ann.get(f"/evidence/{kept.sha256}?number=R-1")

    assert told.status_code == 303
    assert given.content == photo[1]
    assert given.headers["content-disposition"].startswith("attachment")
    assert given.headers["content-type"] == "application/octet-stream"


def test_notes_snoozes_and_owners_are_kept_and_shown(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    ann.post("/customer/note", customer="C-1", said="calls back at 4111 1111 1111 1111")
    page = words_of(ann.get("/customers/C-1"))
    ann.post("/snooze", customer="C-1", until=in_days(2))
    asleep, away = words_of(ann.get("/")), words_of(ann.get("/?view=snoozed"))
    ann.post("/snooze", customer="C-1", now="yes")

    assert "calls back at" in page
    assert "4111 1111" not in page, "no card number is ever kept"
    assert "Canary" not in asleep
    assert "Canary" in away
    assert "Canary" in words_of(ann.get("/"))


def test_mine_are_those_i_look_after_and_those_whose_tasks_i_have(
    console: Console, ann: Visitor
) -> None:
    for name in ("Owned", "Taken", "Neither"):
        console.opened(ann.creditor, f"R-{name}", debtor=_known(name))
    ann.post("/operation/team", name="ann", role="supervisor", what="add")
    ann.post("/customer/owner", customer="C-Owned", owner="ann")
    case = f"invoice/{ann.creditor}/R-Taken"
    task = Task(key=f"question/{case}", kind=TaskKind.QUESTION, case=case, title="?", owner="ann")
    put_task(console.application.engine, task)
    mine, unassigned = words_of(ann.get("/?view=mine")), words_of(ann.get("/?view=unassigned"))

    assert [name in mine for name in ("Owned", "Taken", "Neither")] == [True, True, False]
    assert "Owned" not in unassigned
    assert "Neither" in unassigned


def test_a_search_finds_parts_of_names_and_numbers_and_exact_amounts(
    console: Console, ann: Visitor
) -> None:
    console.opened(ann.creditor, "2026-0815", minor=123_450)
    for sought in ("anary", "0815", "1,234.50", "1234,50", "C-1"):
        assert "Canary &amp; Sons" in ann.get("/search", params={"q": sought}).text, sought
    for sought in ("nobody", "%", "_", "a", "9.99"):
        assert "Canary" not in ann.get("/search", params={"q": sought}).text, sought


def test_what_strangers_write_is_text_on_every_page(console: Console, ann: Visitor) -> None:
    evil = '"><script>alert(1)</script>\u202e'
    debtor = Debtor(id="C-<b>", name=evil, email="x@evil.example", sales_rep=evil)
    console.opened(ann.creditor, "R-<i>1", debtor=debtor)
    ann.post("/acts/dispute", number="R-<i>1", reason=evil, note=evil)
    ann.post("/customer/note", customer="C-<b>", said=evil)
    pages = [
        ann.get(path)
        for path in ("/", "/customers/C-%3Cb%3E", "/cases/R-%3Ci%3E1", "/tasks", "/search?q=alert")
    ]

    assert {page.status_code for page in pages} == {200}
    for page in pages:
        assert "<script>alert" not in page.text
        assert "\u202e" not in page.text
        assert "<i>1" not in page.text


def test_money_is_written_with_its_own_decimals() -> None:
    told = [shown_money(Money(1234, currency)) for currency in ("EUR", "JPY", "KWD")]

    assert told == ["€12.34", "JP¥1,234", "KWD1.234"]


def _now() -> datetime:
    return machine_clock()


def _known(name: str) -> Debtor:
    """A customer who can be reached, so that nobody is asked how."""
    return Debtor(id=f"C-{name}", name=name, email=f"{name.lower()}@canary.example")

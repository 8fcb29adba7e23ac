"""Money that nobody placed, letters before they leave, and reports to take away."""

import csv
import io
from typing import Any

import pytest

from adapters.runtime.machine import machine_clock
from domain.money import Money
from domain.parties.people import Debtor
from domain.payments.allocation import PaymentIn
from starter.console.pages.reporting.kinds import REPORTS
from starter.views.looking import look_at_case
from tests.starter.console.factories import Console, Visitor, in_days, words_of


def paid(console: Console, creditor: str, minor: int) -> None:
    """Post money that names an invoice which there is not: it lies on the account."""
    payment = PaymentIn(
        creditor=creditor,
        source="bank",
        id="B-1",
        customer="C-1",
        amount=Money(minor, "EUR"),
        at=machine_clock(),
        invoices=("R-unknown",),
    )
    console.application.desk.post(payment)


def test_money_on_an_account_is_allocated_by_hand_and_settles_the_invoice(
    console: Console, ann: Visitor
) -> None:
    case_id = console.opened(ann.creditor)
    console.opened(ann.creditor, "R-2", minor=5000)
    paid(console, ann.creditor, 15_000)
    before = words_of(ann.get("/money"))
    named: dict[str, Any] = {"source": "bank", "payment": "B-1", "id": "order-1"}
    answers = [ann.post("/money/allocate", number="R-1", **named) for _ in range(2)]
    file = console.application.cases.file(case_id)

    assert "€150.00 on the account" in before
    assert "R-2, €50.00 open" in before
    assert {one.status_code for one in answers} == {303}
    assert file
    assert look_at_case(file, machine_clock()).case.open == 0
    assert "€31.00 on the account" in words_of(ann.get("/money")), "pressed twice it counts once"
    assert "R-1 took €119.00" in words_of(ann.get("/money?of=all"))
    assert case_id in console.told()


def test_only_a_supervisor_says_that_money_was_given_back(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    paid(console, ann.creditor, 15_000)
    named: dict[str, Any] = {"source": "bank", "payment": "B-1", "amount": "10,00"}
    collector = console.visitor(ann.creditor, "collector", "bob")

    assert collector.post("/money/refund", **named).status_code == 403
    assert ann.post("/money/refund", **named).status_code == 303
    assert "€10.00 given back" in words_of(ann.get("/money"))
    assert ann.post("/money/allocate", **named).status_code == 422, "no invoice was chosen"


def test_a_letter_is_read_before_it_leaves_in_any_language_and_nothing_is_sent(
    console: Console, ann: Visitor
) -> None:
    case_id = console.opened(ann.creditor)
    english, german = (
        words_of(ann.get(f"/letters/R-1?step=second&language={language}"))
        for language in ("en", "de")
    )
    unknown = words_of(ann.get("/letters/R-1?step=never-heard-of"))

    assert "R-1" in english
    assert "Sehr geehrte Damen und Herren" in german
    assert "writes no letter" in unknown
    assert console.application.cases.contacts(case_id).attempts == ()


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_is_shown_and_taken_away_of_any_past_day(
    console: Console, ann: Visitor, name: str
) -> None:
    console.opened(ann.creditor)
    other = console.opened(f"{ann.creditor}-other", "X-1", minor=77_700)
    page = ann.get(f"/reports?of={name}&on={in_days(-3)}&currency=eur")
    file = ann.get(f"/reports.csv?of={name}&on={in_days(-3)}")
    ahead = ann.get(f"/reports?of={name}&on={in_days(3)}")

    assert page.status_code == 200
    assert " style=" not in page.text
    assert next(csv.reader(io.StringIO(file.text))) == list(REPORTS[name].columns)
    assert "777" not in page.text + file.text, f"{other} is another creditor's"
    assert ahead.status_code == 422


def test_no_cell_of_a_file_begins_as_a_formula_would(console: Console, creditor: str) -> None:
    evil = console.visitor(creditor, name="=HYPERLINK(1)")
    debtor = Debtor(id="C-1", name="x", email="x@y.example")
    console.opened(creditor, debtor=debtor)
    evil.post("/acts/promise", number="R-1", date=in_days(3))
    text = evil.get("/reports.csv?of=promises").text

    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text


def test_a_picture_says_its_words_in_the_readers_language(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor)
    page = ann.get("/reports", headers={"accept-language": "de"}).text
    picture = page.partition("<svg")[2].partition("</svg>")[0]

    assert "<title>Altersstruktur</title>" in picture
    assert "nicht fällig" in picture
    assert "frei zu mahnen" in picture
    assert "1-30 Tage" in picture
    assert "119,00" in picture
    assert ann.creditor not in picture
    assert "nicht fällig" in page.partition("</svg>")[2], "the table says the same"

"""Money in the bank that fits no invoice for certain: decided by one press, and undone."""

import pytest

from activities.ports.bank.store import EntryState
from domain.bank.statement import BankEntry, BankStatement
from domain.money import Money
from domain.parties.people import Debtor
from tests.counting import counted
from tests.ledger.bank.money_in_bank import entry, statement
from tests.starter.console.factories import Console, Visitor, words_of


def came_in(console: Console, creditor: str, *entries: BankEntry) -> str:
    """A statement of the creditor's bank; answers the id of its first entry that waits."""
    bank = console.application.bank
    taken: BankStatement = statement(*entries)
    bank.statements.take_in(creditor, [taken])
    rows = bank.entries.entries(creditor, (EntryState.OPEN, EntryState.BATCH))
    return rows[0].id


def state(console: Console, creditor: str, entry_id: str) -> EntryState:
    return console.application.bank.entries.show(creditor, entry_id).outcome.state


def left(console: Console, case: str) -> Money:
    row = console.application.cases.row(case)
    assert row
    return row.open


def test_a_proposal_is_shown_with_its_invoice_and_taken_by_one_press(
    console: Console, ann: Visitor
) -> None:
    case = console.opened(ann.creditor, "R-1001")
    found = came_in(console, ann.creditor, entry(10000, "R-1001", payer_name="Canary & Sons"))
    page = ann.get("/money/bank")
    done = ann.post("/money/bank/assign", entry=found, number=["R-1001"])

    assert "Canary &amp; Sons" in words_of(page)
    assert "R-1001, €119.00 open" in words_of(page)
    assert done.status_code == 303
    assert state(console, ann.creditor, found) is EntryState.POSTED
    assert left(console, case) == Money(1900, "EUR")
    assert case in console.told()
    assert "No money in the bank waits" in words_of(ann.get("/money/bank"))


def test_what_was_decided_is_undone(console: Console, ann: Visitor) -> None:
    case = console.opened(ann.creditor, "R-1001")
    found = came_in(console, ann.creditor, entry(10000, "R-1001"))
    ann.post("/money/bank/assign", entry=found, numbers="R-1001")
    ann.post("/money/bank/undo", entry=found)

    assert state(console, ann.creditor, found) is EntryState.OPEN
    assert left(console, case) == Money(11900, "EUR")


def test_the_names_of_all_customers_are_asked_for_at_once(console: Console, ann: Visitor) -> None:
    for name in ("Alder", "Birch", "Cedar"):
        debtor = Debtor(id=f"C-{name}", name=name, email="pay@canary.example")
        console.opened(ann.creditor, f"R-{name}", debtor=debtor)
        found = came_in(console, ann.creditor, entry(10000, f"for {name}", payer_name="Somebody"))
        ann.post("/money/bank/assign", entry=found, numbers=f"R-{name}")
    with counted(console.application.engine) as asked:
        page = words_of(ann.get("/money/bank"))

    assert all(name in page for name in ("Alder", "Birch", "Cedar"))
    assert len([text for text in asked.texts if "account.email" in text]) == 1


def test_money_of_no_customer_is_set_aside_with_a_word(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor, "R-1001")
    found = came_in(console, ann.creditor, entry(10000, "R-1001"))
    ann.post("/money/bank/dismiss", entry=found, note="a refund of our insurer")

    assert state(console, ann.creditor, found) is EntryState.DISMISSED
    assert "a refund of our insurer" in words_of(ann.get("/money/bank"))


def test_the_question_on_the_desk_leads_there(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor, "R-1001")
    came_in(console, ann.creditor, entry(10000, "R-1001"))

    assert 'href="/money/bank">€100.00' in ann.get("/tasks").text.replace("100.00 EUR", "€100.00")


@pytest.mark.parametrize("act", ["assign", "dismiss", "undo"])
def test_neither_another_creditor_nor_an_auditor_decides(
    console: Console, ann: Visitor, act: str
) -> None:
    console.opened(ann.creditor, "R-1001")
    found = came_in(console, ann.creditor, entry(10000, "R-1001"))
    auditor = console.visitor(ann.creditor, "auditor", "eve")
    stranger = console.visitor(f"{ann.creditor}-x")

    assert auditor.get("/money/bank").status_code == 200
    assert auditor.post(f"/money/bank/{act}", entry=found, number="R-1001").status_code == 403
    assert stranger.post(f"/money/bank/{act}", entry=found, number="R-1001").status_code == 404
    assert state(console, ann.creditor, found) is EntryState.OPEN


def test_nothing_is_posted_for_no_invoice(console: Console, ann: Visitor) -> None:
    console.opened(ann.creditor, "R-1001")
    found = came_in(console, ann.creditor, entry(10000, "R-1001"))

    assert ann.post("/money/bank/assign", entry=found, numbers=" , ").status_code == 422
    assert state(console, ann.creditor, found) is EntryState.OPEN

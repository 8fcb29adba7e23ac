"""Statements come in, in any order and however often: each payment is posted once."""

# One thing: what becomes of the money of one account's statements, and what is never done twice.

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from activities.ports.bank.store import EntryState
from activities.ports.stores.tasks import TaskFilter, TaskRow
from adapters.bank.mt940 import read_mt940
from adapters.ledger.customers import people
from adapters.ledger.queries import reads
from adapters.ledger.tasks.desk import find_tasks
from adapters.letters.paying.references import checked_reference
from domain.bank.statement import BankRef, BankStatement, StatementKind
from domain.errors import RefusedError
from domain.parties.people import Creditor
from tests.ledger.bank.money_in_bank import (
    DAY,
    IBAN,
    NOW,
    Bank,
    balance,
    bank_ref,
    entry,
    statement,
)

PAYER = "DE02120300000000202051"


@pytest.fixture
def bank(engine: Engine, creditor: str) -> Bank:
    return Bank(engine, creditor)


def test_money_that_names_its_invoice_and_its_sum_is_posted_once(bank: Bank) -> None:
    case = bank.owes("2026-0007", 11900)
    told = entry(11900, "Invoice 2026-0007, thank you")

    first, again = bank.takes(told), bank.takes(told)

    assert (dict(first.posted), first.asked, bank.open(case)) == ({"numbers": 1}, 0, 0)
    assert (again.entries, again.known, dict(again.posted)) == (1, 1, {})
    (row,) = bank.payments.payments(bank.creditor, "C-1", 10)
    assert (row.payment.source, row.payment.id) == ("bank", bank.only().id)
    assert bank.only().outcome.customer == "C-1"


def test_one_booking_in_three_kinds_of_messages_is_one_payment(bank: Bank) -> None:
    """camt.052 during the day, camt.054 with the details, camt.053 in the evening."""
    case = bank.owes("2026-0007", 11900)
    early = entry(11900, kind=StatementKind.REPORT)
    advice = entry(11900, "Invoice 2026-0007", kind=StatementKind.ADVICE, refs=bank_ref("B-1"))
    evening = entry(11900, "Invoice 2026-0007", refs=bank_ref("B-1"), end_to_end="E-1")
    for told in (early, advice, evening):
        bank.takes(told, kind=told.kind)

    assert len(bank.entries.entries(bank.creditor)) == 1
    assert len(bank.payments.payments(bank.creditor, "", 10)) == 1
    assert (bank.open(case), bank.only().entry.lines) == (0, ("Invoice 2026-0007",))


def test_two_alike_payments_of_one_statement_are_two_and_stay_two(bank: Bank) -> None:
    cases = [bank.owes(number, 5000) for number in ("2026-0001", "2026-0002")]
    alike = entry(5000, "for what I owe")
    bank.takes(alike, alike)
    bank.takes(alike, alike)
    rows = bank.waiting()
    assert len(rows) == 2

    bank.entries.assign(bank.creditor, rows[0].id, ["2026-0001"], "ann")
    bank.entries.assign(bank.creditor, rows[1].id, ["2026-0002"], "ann")
    assert [bank.open(case) for case in cases] == [0, 0]


def test_a_printed_reference_is_certain_whoever_pays_and_however_much(bank: Bank) -> None:
    case = bank.owes("2026-0007", 11900)
    company = Creditor(id=bank.creditor, name="Acme", reference="iso11649")
    people.upsert_creditor(bank.engine, company)
    reference, _ = checked_reference("2026-0007", "iso11649", "", is_taken=False)
    taken = bank.takes(entry(5000, references=(reference,), payer_name="Somebody Else"))
    assert (dict(taken.posted), bank.open(case)) == ({"reference": 1}, 6900)


def test_what_fits_nothing_for_certain_is_asked_and_holds_whoever_may_have_paid(
    bank: Bank,
) -> None:
    case = bank.owes("2026-0007", 11900, name="Hansen Maschinenbau GmbH")
    other = bank.owes("2026-0008", 11900, "C-2", "Petersen AG")
    taken = bank.takes(entry(5000, "part of what we owe", payer_name="HANSEN MASCHINENBAU"))

    (row,) = bank.waiting()
    assert (taken.asked, dict(taken.posted)) == (1, {})
    assert [(one.customer, one.reason) for one in row.proposals] == [("C-1", "known_name")]
    assert {found.case.invoice.case_id for found in taken.woken} == {case}
    held, free = (reads.file_of(bank.engine, one) for one in (case, other))
    assert held is not None
    assert free is not None
    assert (held.customer.unclear, free.customer.unclear) == ((("EUR", 5000),), ())
    (task,) = _questions(bank)
    assert row.id in task.task.title
    assert "HANSEN" not in task.task.title + task.task.detail

    _, woken = bank.entries.assign(bank.creditor, row.id, ["2026-0007"], "ann")
    held = reads.file_of(bank.engine, case)
    assert held is not None
    assert (bank.open(case), held.customer.unclear) == (6900, ())
    assert {found.case.invoice.case_id for found in woken} == {case}
    assert _questions(bank) == []


def _questions(bank: Bank) -> list[TaskRow]:
    found = find_tasks(bank.engine, TaskFilter(creditor=bank.creditor))
    return [row for row in found if row.task.key.startswith("bank/")]


def test_what_a_person_undoes_is_owed_again_and_never_done_again(bank: Bank) -> None:
    case = bank.owes("2026-0007", 11900)
    told = entry(11900, "2026-0007", payer_account=PAYER)
    bank.takes(told)
    assert bank.store.payers(bank.creditor)[0].account == PAYER

    row, _ = bank.entries.undo(bank.creditor, bank.only().id, "ann", "it was another's")
    again = bank.takes(told)

    assert (bank.open(case), row.outcome.state, dict(again.posted)) == (11900, "open", {})
    assert bank.store.payers(bank.creditor) == ()
    bank.entries.assign(bank.creditor, row.id, ["2026-0007"], "ann")
    assert bank.open(case) == 0
    names = {one.payment.id for one in bank.payments.payments(bank.creditor, "", 10)}
    assert names == {row.id, f"{row.id}-2"}


def test_a_return_reverses_the_payment_that_it_returns(bank: Bank) -> None:
    case = bank.owes("2026-0007", 11900)
    bank.takes(entry(11900, "2026-0007", end_to_end="E-1", payer_account=PAYER))
    back = entry(
        11900,
        is_credit=False,
        is_return=True,
        return_code="MD06",
        returned=("E-1",),
        booked=DAY + timedelta(days=2),
        valued=DAY + timedelta(days=2),
    )
    taken, again = bank.takes(back), bank.takes(back)

    assert (taken.reversed, again.reversed, bank.open(case)) == (1, 0, 11900)
    states = {one.outcome.state for one in bank.entries.entries(bank.creditor)}
    assert states == {EntryState.RETURNED, EntryState.REVERSAL}


def test_a_return_that_names_another_payment_takes_none_of_the_same_payer_back(bank: Bank) -> None:
    case = bank.owes("2026-0007", 11900)
    bank.takes(entry(11900, "2026-0007", end_to_end="E-1", payer_account=PAYER))
    later: dict[str, Any] = {"booked": DAY + timedelta(days=2), "valued": DAY + timedelta(days=2)}
    back = entry(11900, is_credit=False, is_return=True, payer_account=PAYER, **later)
    taken = bank.takes(replace(back, end_to_end="E-2"))
    assert (taken.reversed, taken.asked, bank.open(case)) == (0, 1, 0)


def test_a_return_of_what_is_not_known_is_asked(bank: Bank) -> None:
    taken = bank.takes(entry(100, is_credit=False, is_return=True, returned=("E-9",)))
    assert (taken.reversed, taken.asked) == (0, 1)


def test_a_payer_who_is_known_for_somebody_else_is_asked_about(bank: Bank) -> None:
    mine, theirs = bank.owes("2026-0007", 11900), bank.owes("2026-0008", 11900, "C-2")
    bank.takes(entry(11900, "2026-0007", payer_account=PAYER))
    taken = bank.takes(entry(11900, "2026-0008", payer_account=PAYER))

    assert (bank.open(mine), bank.open(theirs), taken.asked) == (0, 11900, 1)
    assert bank.waiting()[0].proposals[0].reason == "other_payer"


def test_money_that_came_before_its_invoice_finds_it_with_the_next_import(bank: Bank) -> None:
    bank.takes(entry(11900, "2026-0007"))
    case = bank.owes("2026-0007", 11900)
    taken = bank.statements.match_again(bank.creditor)
    assert (dict(taken.posted), bank.open(case), bank.waiting()) == ({"numbers": 1}, 0, ())


def test_a_crash_between_recording_and_posting_loses_nothing(bank: Bank) -> None:
    """Twice: nothing was posted yet, and it was posted but that was not kept."""
    case = bank.owes("2026-0007", 11900)
    told = entry(11900, "2026-0007")
    bank.takes(told)
    row = bank.only()
    new = replace(row.outcome, state=EntryState.NEW, payment="", customer="")
    bank.store.settle(bank.creditor, row.id, new)

    bank.takes(told)
    assert (bank.open(case), bank.only().outcome.state) == (0, EntryState.POSTED)
    assert len(bank.payments.payments(bank.creditor, "", 10)) == 1


def test_a_statement_that_does_not_add_up_is_refused_whole(bank: Bank) -> None:
    bank.owes("2026-0007", 11900)
    wrong = statement(entry(11900, "2026-0007"), opening=balance(0), closing=balance(12000))
    with pytest.raises(RefusedError, match=r"1\.00 EUR are missing"):
        bank.statements.take_in(bank.creditor, [wrong])
    assert bank.entries.entries(bank.creditor) == ()

    taken = bank.statements.take_in(bank.creditor, [wrong], unbalanced=True)
    assert dict(taken.posted) == {"numbers": 1}


def test_a_statement_without_its_end_is_refused(bank: Bank) -> None:
    """A file that is still being written, or was cut on its way."""
    bank.owes("2026-0007", 11900)
    begun = statement(entry(11900, "2026-0007"), opening=balance(0))
    with pytest.raises(RefusedError, match="ends without a closing balance"):
        bank.statements.take_in(bank.creditor, [begun])
    assert bank.entries.entries(bank.creditor) == ()

    taken = bank.statements.take_in(bank.creditor, [begun], unbalanced=True)
    assert dict(taken.posted) == {"numbers": 1}


def test_a_missing_statement_is_said(bank: Bank) -> None:
    bank.takes(entry(100), opening=balance(0), closing=balance(100))
    later = DAY + timedelta(days=3)
    told = statement(
        entry(100, booked=later, valued=later),
        opening=balance(700, later),
        closing=balance(800, later),
        first_day=later,
        last_day=later,
    )
    taken = bank.statements.take_in(bank.creditor, [told])

    assert [(gap.account, gap.money.minor) for gap in taken.gaps] == [(IBAN, 600)]
    (account,) = bank.entries.accounts(bank.creditor)
    assert (account.known_until, account.imported_at) == (later, NOW)
    wanted = f"between {DAY} and {later} 6.00 EUR moved and stand in none"
    assert _missing(bank) == [f"a bank statement of {IBAN} is missing: {wanted}"]


def test_what_is_missing_is_asked_for_until_it_came_in(bank: Bank) -> None:
    """One by one, as a folder takes them in, in whichever order."""
    days = [DAY + timedelta(days=n) for n in range(5)]
    told = [
        statement(
            entry(100, booked=day, valued=day),
            opening=balance(100 * n, day),
            closing=balance(100 * (n + 1), day),
            first_day=day,
            last_day=day,
        )
        for n, day in enumerate(days)
    ]
    left = []
    for number in (0, 4, 1, 3, 2):
        bank.statements.take_in(bank.creditor, [told[number]])
        left.append([one.rpartition("between ")[2][:40] for one in _missing(bank)])
    ends = [(days[0], days[4], 3), (days[1], days[4], 2), (days[1], days[3], 1)]
    assert left == [
        *([], *([f"{begin} and {end} {euro}.00 EUR moved"] for begin, end, euro in ends), []),
    ]


def test_a_missing_page_of_a_statement_is_asked_for(bank: Bank) -> None:
    """MT940 writes long statements in pages, all of one day and one number."""
    pages = [_page(number) for number in range(3)]
    taken = bank.statements.take_in(bank.creditor, [pages[0], pages[2]])
    assert [gap.money.plain for gap in taken.gaps] == ["1.00"]

    whole = bank.statements.take_in(bank.creditor, pages)
    assert (whole.gaps, _missing(bank)) == ([], [])


def _page(number: int) -> BankStatement:
    text = f"""\
:20:S
:25:{IBAN}
:28C:7/{number + 1}
:60{"M" if number else "F"}:C260302EUR{number},00
:61:2603020302C1,00NTRFE-{number}
:86:Page {number}
:62{"F" if number == 2 else "M"}:C260302EUR{number + 1},00
-"""
    (found,) = read_mt940(text)
    return found


def _missing(bank: Bank) -> list[str]:
    """The questions about statements that did not come in."""
    rows = find_tasks(bank.engine, TaskFilter(creditor=bank.creditor))
    return [row.task.title for row in rows if row.task.key.startswith("statement-gap/")]


def test_the_account_of_another_creditor_is_left_out(bank: Bank) -> None:
    """A bank puts the accounts of a group into one file; their invoices have the same numbers."""
    case = bank.owes("2026-0007", 11900)
    account = f"DE{abs(hash(bank.creditor)) % 10**20:020d}"
    spaced = f"{account[:4]} {account[4:]}"
    people.upsert_creditor(bank.engine, Creditor(id=f"{bank.creditor}-b", name="B", iban=spaced))
    other = statement(entry(11900, "2026-0007", account=account), account=account)

    taken = bank.statements.take_in(bank.creditor, [other, statement(entry(5000))])
    assert (taken.left_out, dict(taken.posted)) == ({account: f"{bank.creditor}-b"}, {})
    assert (bank.open(case), len(bank.entries.entries(bank.creditor))) == (11900, 1)
    with pytest.raises(RefusedError, match=f"{account} is {bank.creditor}-b's"):
        bank.statements.take_in(bank.creditor, [other])

    people.upsert_creditor(bank.engine, Creditor(id=bank.creditor, name="A", iban=account))
    assert dict(bank.statements.take_in(bank.creditor, [other]).posted) == {"numbers": 1}


def test_a_collective_booking_waits_for_what_it_is_made_of(bank: Bank) -> None:
    cases = [bank.owes(number, 5000) for number in ("2026-0001", "2026-0002")]
    whole = entry(10000, count=2, refs=(BankRef(sort="entry", value="C-1"),))
    bank.takes(whole)
    parts = [
        entry(5000, number, kind=StatementKind.ADVICE, refs=(BankRef(sort="entry", value="C-1"),))
        for number in ("2026-0001", "2026-0002")
    ]
    taken = bank.takes(*parts, kind=StatementKind.ADVICE)

    assert (dict(taken.posted), [bank.open(case) for case in cases]) == ({"numbers": 2}, [0, 0])
    assert bank.waiting() == ()
    again = bank.takes(whole)
    assert (again.asked, bank.waiting()) == (0, ())


def test_nothing_is_known_of_an_account_before_its_first_statement(bank: Bank) -> None:
    case = bank.owes("2026-0007", 11900)
    file = reads.file_of(bank.engine, case)
    assert file is not None
    assert file.customer.bank_day is None
    bank.takes(entry(100))
    bank.entries.set_active(bank.creditor, IBAN, on=True)

    file = reads.file_of(bank.engine, case)
    assert file is not None
    assert file.customer.bank_day == date(2026, 3, 2)
    bank.entries.set_active(bank.creditor, IBAN, on=False)
    file = reads.file_of(bank.engine, case)
    assert file is not None
    assert file.customer.bank_day is None

"""The stored figures are those of the fold, and the customer's history is made of them."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from adapters.ledger.account.account_repository import SqlAccount
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import people
from adapters.ledger.queries import reads
from domain.case.model import Message
from domain.message_types import ActionType, MessageType
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.classes import History
from domain.wire import Answer, Decision
from tests.ledger import factories


def _settle(account: SqlAccount, case: str, days: int) -> None:
    at = factories.NOON + timedelta(days=days)
    account.messages.add(case, factories.paid(f"P-{days}", at=at), "applied", "")
    factories.save(account, case)


def test_a_part_payment_a_credit_and_a_dispute_stand_in_the_row(
    ledger: SqlLedger, engine: Engine, case: str
) -> None:
    said = (
        factories.paid(minor=4000),
        Message(key="N", kind=MessageType.CREDIT_NOTE, at=factories.NOON, amount=Money(900, "EUR")),
        Message(
            key="D", kind=MessageType.DISPUTE_OPENED, at=factories.NOON, amount=Money(1000, "EUR")
        ),
    )
    with ledger.account_of(case) as account:
        for message in said:
            account.messages.add(case, message, "applied", "")
        factories.save(account, case)

    row = reads.case_row(engine, case)
    assert row is not None
    figures = (row.amount, row.paid, row.credited, row.written_off, row.open, row.disputed)
    assert [money.minor for money in figures] == [11900, 4000, 900, 0, 7000, 1000]
    assert row.settled_at is None


def test_too_much_money_is_a_surplus_and_nothing_is_open(
    ledger: SqlLedger, engine: Engine, case: str
) -> None:
    with ledger.account_of(case) as account:
        account.messages.add(case, factories.paid(minor=12000), "applied", "")
        factories.save(account, case)

    row = reads.case_row(engine, case)
    assert row is not None
    assert (row.paid.minor, row.open.minor, row.surplus.minor) == (11900, 0, 100)
    assert row.settled_at == factories.NOON


@pytest.mark.parametrize("change", ["paid = paid + 1", "open = -1, paid = amount + 1"])
def test_figures_that_do_not_add_up_are_refused(engine: Engine, case: str, change: str) -> None:
    with engine.begin() as connection, pytest.raises(IntegrityError, match="ck_case_file_money"):
        connection.execute(
            text(f"UPDATE case_file SET {change} WHERE case_id = :case"),  # noqa: S608
            {"case": case},
        )


def test_a_decision_is_kept_whole(ledger: SqlLedger, engine: Engine, case: str) -> None:
    decision = Decision(
        do="remind",
        at=factories.NOON,
        step="polite",
        why="due+1",
        stage="reminding",
        number=7,
        details="**119.00 EUR** open",
        answers={"P-1": Answer(accepted=True, text="noted", check_at=factories.NOON)},
    )
    with ledger.account_of(case) as account:
        factories.save(account, case, decision)
        assert factories.file_of(account, case).decision == decision

    row = reads.case_row(engine, case)
    assert row is not None
    assert (row.stage, row.next_do, row.next_step) == ("reminding", "remind", "polite")
    assert (row.next_at, row.next_why, row.outcome) == (factories.NOON, "due+1", "")


def test_saving_without_a_decision_keeps_the_last_one(ledger: SqlLedger, case: str) -> None:
    with ledger.account_of(case) as account:
        factories.save(account, case)
        account.messages.add(case, factories.paid(minor=100), "applied", "")
        factories.save(account, case, None)
        assert factories.file_of(account, case).decision == factories.WAIT


def test_a_customers_history_counts_all_their_invoices(ledger: SqlLedger, creditor: str) -> None:
    cases = [factories.opened(ledger, factories.invoice(creditor, f"R-{n}")) for n in range(5)]
    with ledger.account(creditor, "C-1") as account:
        _settle(account, cases[0], days=-9)
        _settle(account, cases[1], days=9)
        _settle(account, cases[2], days=1)
        account.cases.add_deed(cases[3], factories.deed("promise-broken-1"))
        account.cases.add_deed(cases[3], factories.deed("plan_b", ActionType.HAND_OFF))
        factories.save(account, cases[3])
        history = factories.later_history(account, cases[4])

    assert history == History(settled=3, late=2, days_late=12, broken_promises=1, handoffs=1)


def test_history_is_the_accounts_own(ledger: SqlLedger, creditor: str, case: str) -> None:
    other = factories.opened(ledger, factories.invoice(creditor, "R-9", customer="C-2"))
    with ledger.account_of(other) as account:
        _settle(account, other, days=5)
    with ledger.account_of(case) as account:
        assert factories.later_history(account, case) == History()


def test_a_credit_in_full_is_no_sign_of_a_good_customer(ledger: SqlLedger, case: str) -> None:
    credit = Message(
        key="N", kind=MessageType.CREDIT_NOTE, at=factories.NOON, amount=Money(11900, "EUR")
    )
    with ledger.account_of(case) as account:
        account.messages.add(case, credit, "applied", "")
        factories.save(account, case)
        assert factories.later_history(account, case) == History()


def test_a_reversal_takes_the_settlement_back_and_the_next_money_counts(
    ledger: SqlLedger, case: str
) -> None:
    back = Message(
        key="X", kind=MessageType.PAYMENT_REVERSED, at=factories.NOON, amount=Money(11900, "EUR")
    )
    with ledger.account_of(case) as account:
        _settle(account, case, days=-20)
        account.messages.add(case, back, "applied", "")
        factories.save(account, case)
        assert factories.later_history(account, case) == History()
        _settle(account, case, days=3)
        assert factories.later_history(account, case) == History(settled=1, late=1, days_late=4)


@pytest.mark.parametrize(("zone", "late"), [("UTC", 0), ("Asia/Tokyo", 1), ("America/Lima", 0)])
def test_late_is_a_matter_of_the_debtors_own_midnight(
    ledger: SqlLedger, engine: Engine, creditor: str, zone: str, late: int
) -> None:
    case = factories.opened(ledger, factories.invoice(creditor))
    people.upsert_debtor(engine, creditor, Debtor(id="C-1", zone=zone))
    due_day_evening = factories.NOON.replace(day=1, hour=18)
    with ledger.account_of(case) as account:
        account.messages.add(case, factories.paid(at=due_day_evening), "applied", "")
        factories.save(account, case)
        history = factories.later_history(account, case)

    assert history == History(settled=1, late=late, days_late=late)

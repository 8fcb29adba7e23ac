"""A customer's history for people, by the database: the same as by the pure fold (P31)."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine

from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.stores.cases import SqlCaseFiles
from adapters.ledger.stores.customers import SqlCustomerStore
from domain.calendar import Calendar
from domain.case.model import Message
from domain.case.money import Ground
from domain.fold.fold import fold
from domain.history.record import history_of, record_of
from domain.message_types import MessageType
from domain.policy.classes import History, Trend
from tests.ledger import factories

EARLY = factories.NOON - timedelta(days=1)
LATER = factories.NOON + timedelta(days=90)
LATE = (0, 2, 1, 9, 12, 3)
"""Days after the due date at which six invoices were paid, in this order."""

UNCONTESTED = sum(LATE[1::2])
"""Every other invoice was contested all the while: those days make nobody late."""


def test_the_database_and_the_fold_tell_the_same_history(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    calendar, records = Calendar("UTC"), []
    for at, days in enumerate(LATE):
        bill = factories.invoice(creditor, f"R-{at}", due=date(2026, 3, 2 + at * 2))
        case = factories.opened(ledger, bill)
        when = factories.NOON + timedelta(days=at * 2 + days)
        said = [
            Message(key="d", kind=MessageType.DISPUTE_OPENED, at=EARLY, reason="goods"),
            factories.paid(f"P-{at}", at=when),
        ][at % 2 :]
        with ledger.account_of(case) as account:
            for message in said:
                account.messages.add(case, message, "applied", "")
            factories.save(account, case)
        ground = Ground(factories.POLICY, calendar)
        records.append(record_of(fold(bill, said, (), ground).case, calendar))
    told = SqlCaseFiles(engine).history(creditor, "C-1", LATER)
    sums = SqlCustomerStore(engine).sums(creditor, "C-1", factories.NOON, LATER)

    assert told == history_of(records)
    assert (told.settled, told.days_late, told.recent, told.disputes) == (6, UNCONTESTED, 3, 3)
    assert told.trend is Trend.SLOWER
    assert sums
    assert sums.history == told


def test_nobody_has_no_history(engine: Engine, creditor: str) -> None:
    assert SqlCaseFiles(engine).history(creditor, "nobody", factories.NOON) == History()
    assert replace(History(), settled=0) == History()

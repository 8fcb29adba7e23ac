"""Cases that are read together: what is kept back counts at once, and goes down as it was said."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from activities.cases.session import Session
from activities.ports.types import CaseFile, ConflictError
from adapters.ledger.account.account_repository import SqlAccount
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.queries import reads, watch
from domain.case.model import Message
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.model import PerCurrency
from tests.counting import counted
from tests.ledger import factories

LATER = replace(factories.WAIT, number=2, why="later")
NOTHING: PerCurrency = ()


@pytest.fixture
def pair(ledger: SqlLedger, creditor: str) -> tuple[str, str]:
    """Two cases of one customer, both decided."""
    numbers = ("R-1", "R-2")
    one, two = (factories.opened(ledger, factories.invoice(creditor, n)) for n in numbers)
    with ledger.account(creditor, "C-1") as account:
        factories.save(account, one)
        factories.save(account, two)
    return one, two


def _pay(account: SqlAccount, case_id: str, key: str = "P-1", minor: int = 11900) -> Session:
    session = Session(account, case_id, factories.NOON)
    session.add(factories.paid(key, minor))
    session.keep()
    return session


def _pay_and_fail(account: SqlAccount, case_id: str) -> None:
    _pay(account, case_id)
    raise LookupError


def _stored(engine: Engine, case_id: str) -> CaseFile:
    found = reads.file_of(engine, case_id)
    assert found is not None
    return found


def test_two_cases_stand_as_if_each_had_been_written_by_itself(
    ledger: SqlLedger, engine: Engine, creditor: str, pair: tuple[str, str]
) -> None:
    with ledger.account(creditor, "C-1") as account, account.together(pair):
        for case in pair:
            _pay(account, case, minor=11000)
            account.cases.add_deed(case, factories.deed())
    alone = factories.opened(ledger, factories.invoice(creditor, "R-3"))
    with ledger.account_of(alone) as account:
        factories.save(account, alone)
        _pay(account, alone, minor=11000)
        account.cases.add_deed(alone, factories.deed())

    third = _stored(engine, alone)
    for case in pair:
        found = _stored(engine, case)
        assert (found.recorded, found.deeds) == (third.recorded, third.deeds)
        assert (found.decision, found.parked) == (third.decision, third.parked)
        row, twin = reads.case_row(engine, case), reads.case_row(engine, alone)
        assert row is not None
        assert twin is not None
        assert (row.open, row.paid) == (twin.open, twin.paid)
        assert (row.open.minor, row.paid.minor) == (900, 11000)


def test_whoever_asks_meanwhile_is_answered_with_what_is_kept_back(
    ledger: SqlLedger, creditor: str, pair: tuple[str, str]
) -> None:
    one, two = pair
    with ledger.account(creditor, "C-1") as account, account.together(pair):
        assert account.customer.standing(NOTHING).owing is True
        session = _pay(account, one)
        assert session.file.messages == ()
        assert factories.file_of(account, one).messages == (factories.paid(),)
        assert account.cases.open_invoices() == (two,)
        _pay(account, two)
        assert account.customer.standing(NOTHING).owing is False
        assert account.payments.claims(factories.NOON.date()) == ()


def test_a_message_that_came_after_the_decision_was_not_seen_by_it(
    ledger: SqlLedger, engine: Engine, creditor: str, pair: tuple[str, str]
) -> None:
    """Kept back together they would look as if the decision had known; nobody would be woken."""
    one, two = pair
    with ledger.account(creditor, "C-1") as account, account.together(pair):
        case = factories.file_of(account, one)
        known = Session(account, one, factories.NOON).case
        account.cases.save(known, LATER)
        account.messages.add(one, factories.said("N-1", MessageType.NUDGE), "applied", "")
        account.cases.save(known, None)
        assert case.decision == factories.WAIT

    assert _stored(engine, one).decision == LATER
    assert one in watch.unwoken(engine)
    assert two not in watch.unwoken(engine)


def test_the_same_message_again_is_known_and_another_under_its_key_a_conflict(
    ledger: SqlLedger, engine: Engine, creditor: str, pair: tuple[str, str]
) -> None:
    one, _ = pair
    with ledger.account(creditor, "C-1") as account, account.together(pair):
        assert account.messages.add(one, factories.paid(), "applied", "") is True
        assert account.messages.add(one, factories.paid(), "applied", "") is False
        with pytest.raises(ConflictError, match="used before with other content"):
            account.messages.add(one, factories.paid(minor=1), "applied", "")

    assert _stored(engine, one).messages == (factories.paid(),)


def test_what_a_failure_interrupts_is_not_written_down(
    ledger: SqlLedger, engine: Engine, creditor: str, pair: tuple[str, str]
) -> None:
    one, _ = pair
    with ledger.account(creditor, "C-1") as account:
        with pytest.raises(LookupError), account.together(pair):
            _pay_and_fail(account, one)
        assert factories.file_of(account, one).messages == ()

    assert _stored(engine, one).messages == ()


def test_a_corrected_case_may_be_among_them(
    ledger: SqlLedger, engine: Engine, creditor: str, pair: tuple[str, str]
) -> None:
    """What the invoice said at first stays beside what holds now."""
    one, two = pair
    less = Message(
        key="K-1",
        kind=MessageType.INVOICE_CORRECTED,
        at=factories.NOON,
        amount=Money(9000, "EUR"),
    )
    with ledger.account(creditor, "C-1") as account, account.together(pair):
        for case, told in ((one, less), (two, factories.paid(minor=100))):
            session = Session(account, case, factories.NOON)
            session.add(told)
            session.decide()

    assert _stored(engine, one).invoice.amount == Money(11900, "EUR")
    row, other = reads.case_row(engine, one), reads.case_row(engine, two)
    assert row is not None
    assert other is not None
    assert (row.amount.minor, row.open.minor, other.open.minor) == (9000, 9000, 11800)


def test_cases_are_read_together_once_at_a_time(
    ledger: SqlLedger, creditor: str, pair: tuple[str, str]
) -> None:
    with ledger.account(creditor, "C-1") as account, account.together(pair):
        with pytest.raises(RuntimeError, match="together already"), account.together(pair):
            pass
        _pay(account, pair[0])


def test_reading_many_together_asks_as_often_as_reading_two(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    cases = [factories.opened(ledger, factories.invoice(creditor, f"Q-{n}")) for n in range(30)]
    seen = []
    for some in (cases[:2], cases):
        with ledger.account(creditor, "C-1") as account, counted(engine) as asked:
            with account.together(some):
                found = [account.cases.read(case) for case in some]
            assert all(found)
            seen.append(len(asked.texts))
    assert seen[0] == seen[1]

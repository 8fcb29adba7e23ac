"""Which step brought the money: every cent is counted once, and only once it really stayed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from activities.ports.stores.reports import Period, RecoveryRow
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import people
from adapters.ledger.reports.recovery import AFTER_AGENCY, BY_ITSELF, recovery
from domain.case.model import Deed, Message
from domain.message_types import ActionType, MessageType, Result
from domain.money import Money
from domain.parties.people import Debtor
from domain.policy.classes import class_of
from tests.ledger import factories
from tests.ledger.reports.living import LIVES, live
from tests.properties.lives import Life, lives

ALWAYS = Period(first=date(2000, 1, 1), last=date(2099, 1, 1))
DAY = timedelta(days=1)


def _did(
    ledger: SqlLedger, case: str, *, said: tuple[Message, ...] = (), done: tuple[Deed, ...] = ()
) -> None:
    with ledger.account_of(case) as account:
        for message in said:
            account.messages.add(case, message, "applied", "")
        for deed in done:
            account.cases.add_deed(case, deed)
        factories.save(account, case)


def _rows(engine: Engine, creditor: str, period: Period = ALWAYS) -> list[RecoveryRow]:
    return list(recovery(engine, period, creditor))


@LIVES
@given(st.lists(lives, min_size=6, max_size=6))
def test_all_money_that_settled_something_is_counted_exactly_once(
    ledger: SqlLedger, engine: Engine, found: list[Life]
) -> None:
    creditor = f"money-{next(factories.NUMBERS)}"
    for number, life in enumerate(found):
        live(ledger, engine, creditor, life, number)
    with engine.connect() as connection:
        paid = connection.execute(
            text("SELECT sum(paid + costs_paid) FROM case_file WHERE creditor = :c"),
            {"c": creditor},
        ).scalar_one()
    assert sum(row.recovered.minor for row in _rows(engine, creditor)) == paid


def test_the_last_step_that_reached_the_customer_brought_the_money(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    """A rejected mail, a note to sales and a question to a colleague bring nothing."""
    at = factories.NOON
    done = (
        factories.deed("polite", at=at),
        factories.deed("sales", ActionType.NOTIFY_SALES, at + DAY),
        factories.deed("ask", ActionType.ASK_PERSON, at + 2 * DAY),
        Deed(step="lost", do=ActionType.REMIND, at=at + 2 * DAY, result=Result.REJECTED),
        factories.deed("call", ActionType.CALL_TASK, at + 5 * DAY),
    )
    said = (
        factories.paid("P-0", 900, at - DAY),
        factories.paid("P-1", 4000, at + 3 * DAY),
        factories.paid("P-2", 7000, at + 9 * DAY),
    )
    _did(ledger, case, said=said, done=done)

    told = {
        row.step: (row.do, row.recovered.minor, row.settled, row.days_median)
        for row in _rows(engine, creditor)
    }
    assert told == {
        BY_ITSELF: ("", 900, 0, None),
        "polite": ("remind", 4000, 0, 3),
        "call": ("call_task", 7000, 1, 4),
    }


def test_money_counts_in_the_period_of_the_debtors_own_days(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    """23:30 in Berlin on the last day of March is in March; half an hour later is April."""
    people.upsert_debtor(engine, creditor, Debtor(id="C-1", zone="Europe/Berlin"))
    case = factories.opened(ledger, factories.invoice(creditor))
    late = datetime(2026, 3, 31, 21, 30, tzinfo=UTC)
    said = (
        factories.paid("P-1", 100, late),
        factories.paid("P-2", 20, late + timedelta(minutes=30)),
    )
    _did(ledger, case, said=said)

    march = Period(first=date(2026, 3, 1), last=date(2026, 3, 31))
    april = Period(first=date(2026, 4, 1), last=date(2026, 4, 1))
    sums = [[row.recovered.minor for row in _rows(engine, creditor, p)] for p in (march, april)]
    assert sums == [[100], [20]]


@pytest.mark.parametrize("ref", ["P-1", "bank/P-1", ""])
def test_money_that_went_back_brought_nothing(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str, ref: str
) -> None:
    key = "payment/bank/P-1" if "/" in ref or not ref else "P-1"
    back = Message(
        key="X",
        kind=MessageType.PAYMENT_REVERSED,
        at=factories.NOON + 3 * DAY,
        ref=ref,
        amount=Money(6900, "EUR") if not ref else None,
    )
    said = (factories.paid(key, 6900), factories.paid("P-2", 5000, factories.NOON + DAY), back)
    _did(ledger, case, said=said)

    (row,) = _rows(engine, creditor)
    assert (row.recovered.minor, row.cases) == (5000, 1)


def test_what_the_agency_brought_stands_apart_until_it_gives_the_case_back(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    at = factories.NOON
    returned = Message(key="A", kind=MessageType.AGENCY_NEWS, at=at + 9 * DAY, reason="returned")
    said = (
        factories.paid("P-1", 100, at - DAY),
        factories.paid("P-2", 2000, at + 5 * DAY),
        returned,
        factories.paid("P-3", 30, at + 10 * DAY),
    )
    _did(ledger, case, said=said, done=(factories.deed("plan_b", ActionType.HAND_OFF, at),))

    told = {row.step: (row.do, row.recovered.minor) for row in _rows(engine, creditor)}
    assert told[BY_ITSELF] == ("", 100)
    assert told["plan_b"] == ("hand_off", 2000)
    assert told[AFTER_AGENCY][1] == 30


@LIVES
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-5, 60), st.integers(0, 2)), max_size=6))
def test_the_class_is_the_one_of_the_opening_day(
    ledger: SqlLedger, engine: Engine, past: list[tuple[int, int, int]]
) -> None:
    """The rule in SQL is the rule of the domain, for any history."""
    creditor, opened = f"class-{next(factories.NUMBERS)}", factories.NOON + 50 * DAY
    for number, (before, late, more) in enumerate(past):
        old = factories.opened(
            ledger, factories.invoice(creditor, f"O-{number}", opened_at=opened - DAY)
        )
        done = (
            factories.deed("promise-broken-1", at=opened - before * DAY),
            factories.deed("plan_b", ActionType.HAND_OFF, opened - before * DAY),
        )
        _did(ledger, old, said=(factories.paid(at=factories.NOON + late * DAY),), done=done[:more])
    case = factories.opened(ledger, factories.invoice(creditor, "NOW", opened_at=opened))
    _did(ledger, case, said=(factories.paid(minor=77, at=opened + 99 * DAY),))
    with ledger.account_of(case) as account:
        file = factories.file_of(account, case)

    late_ = Period(first=date(2026, 6, 1), last=date(2099, 1, 1))
    (row,) = [row for row in _rows(engine, creditor, late_) if row.recovered.minor == 77]
    assert row.customer_class == class_of(file.history, file.policy.classes)

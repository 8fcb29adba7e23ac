"""Forecasts from the ledger: whatever is open stands somewhere, and what was agreed on its day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from activities.ports.stores.reports import ForecastKind, ForecastRow, Period, ReportScope
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.reports.forecasts import backtest, forecasts
from adapters.ledger.reports.reports import ageing
from domain.case.model import Message
from domain.history.reports import AgeingBuckets
from domain.message_types import ActionType, MessageType
from domain.money import Money
from domain.policy.model import Policy
from tests.ledger import factories
from tests.ledger.reports.living import LIVES, live
from tests.properties.lives import Life, lives

DUE = date(2026, 3, 1)
TODAY = date(2026, 3, 2)  # a Monday
PATIENT = replace(factories.POLICY, name="patient")


def _told(
    engine: Engine, creditor: str, on: date = TODAY, weeks: int = 4
) -> dict[tuple[ForecastKind, date | None], ForecastRow]:
    rows = forecasts(engine, ReportScope(on=on, creditor=creditor), weeks)
    return {(row.kind, row.first): row for row in rows}


def _open(
    ledger: SqlLedger,
    creditor: str,
    number: str,
    *said: Message,
    policy: Policy = PATIENT,
    **changes: object,
) -> str:
    case = factories.opened(ledger, factories.invoice(creditor, number, **changes), policy)
    with ledger.account_of(case) as account:
        for message in said:
            account.messages.add(case, message, "applied", "")
        factories.save(account, case)
    return case


def _settled_so_late(ledger: SqlLedger, creditor: str, *late: int) -> None:
    """Invoices of long ago, one a month, each paid so many days after its due date."""
    for number, days in enumerate(late):
        due = date(2025, 1, 1) + timedelta(days=40 * number)
        at = factories.NOON.replace(year=due.year, month=due.month, day=due.day)
        _open(
            ledger,
            creditor,
            f"OLD-{number}",
            factories.paid(f"P-{number}", at=at + timedelta(days=days)),
            issued=due - timedelta(days=20),
            due=due,
            opened_at=at - timedelta(days=20),
        )


def test_an_invoice_is_expected_when_its_customer_pays_as_before(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    _settled_so_late(ledger, creditor, 9, 9, 9, 9, 9, 9)
    _open(ledger, creditor, "R-1")

    told = _told(engine, creditor)
    row = told[ForecastKind.WEEK, date(2026, 3, 9)]
    assert (row.last, row.expected, row.low, row.high) == (
        date(2026, 3, 15),
        *(Money(11900, "EUR"),) * 3,
    )
    others = [one.expected.minor for key, one in told.items() if key[1] != date(2026, 3, 9)]
    assert others == [0] * 7


def test_what_an_invoice_was_settled_for_in_vain_says_nothing(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    """A credit note over everything is no way of paying."""
    credit = Message(
        key="N", kind=MessageType.CREDIT_NOTE, at=factories.NOON, amount=Money(11900, "EUR")
    )
    for number in range(6):
        _open(ledger, creditor, f"C-{number}", replace(credit, key=f"N-{number}"))
    _open(ledger, creditor, "R-1")

    assert _told(engine, creditor, date(2026, 3, 3))[ForecastKind.UNTOLD, None].expected == Money(
        11900, "EUR"
    )


def test_a_promise_counts_on_its_day_and_what_is_contested_stands_apart(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    promise = Message(key="M", kind=MessageType.PROMISE, at=factories.NOON, day=date(2026, 3, 18))
    dispute = Message(
        key="D", kind=MessageType.DISPUTE_OPENED, at=factories.NOON, amount=Money(1900, "EUR")
    )
    _open(ledger, creditor, "R-1", promise)
    _open(ledger, creditor, "R-2", dispute, customer="C-1")

    told = _told(engine, creditor)
    promised = told[ForecastKind.WEEK, date(2026, 3, 16)]
    assert (promised.expected, promised.agreed) == (Money(11900, "EUR"), Money(11900, "EUR"))
    assert told[ForecastKind.CONTESTED, None].expected == Money(1900, "EUR")
    assert told[ForecastKind.UNTOLD, None].expected == Money(10000, "EUR")
    day_before = _told(engine, creditor, date(2026, 3, 1))
    assert day_before[ForecastKind.WEEK, date(2026, 3, 16)].agreed == Money(0, "EUR")


def test_what_the_agency_has_is_told_apart(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    case = _open(ledger, creditor, "R-1")
    with ledger.account_of(case) as account:
        account.cases.add_deed(case, factories.deed("plan_b", ActionType.HAND_OFF))
        factories.save(account, case)

    assert _told(engine, creditor)[ForecastKind.WITH_AGENCY, None].expected == Money(11900, "EUR")


@LIVES
@given(st.lists(lives, min_size=6, max_size=6), st.integers(0, 200))
def test_all_that_is_open_stands_somewhere(
    ledger: SqlLedger, engine: Engine, found: list[Life], after: int
) -> None:
    creditor = f"forecast-{next(factories.NUMBERS)}"
    for number, life in enumerate(found):
        live(ledger, engine, creditor, life, number)
    scope = ReportScope(on=date(2026, 1, 5) + timedelta(days=after), creditor=creditor)

    expected = sum(row.expected.minor for row in forecasts(engine, scope, 8))
    owed = sum(row.open.minor for row in ageing(engine, scope, AgeingBuckets()))
    assert expected == owed


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (date(2025, 4, 10), (3, 0, 0, None)),  # the fourth is issued the day after
        (date(2025, 4, 11), (4, 1, 1, Decimal("0.0"))),
        (date(2025, 6, 30), (5, 2, 2, Decimal("0.5"))),
    ],
)
def test_a_backtest_compares_what_was_expected_with_what_came(
    ledger: SqlLedger, engine: Engine, creditor: str, last: date, told: tuple[object, ...]
) -> None:
    _settled_so_late(ledger, creditor, 9, 9, 9, 9, 10)
    scope = ReportScope(on=TODAY, creditor=creditor)
    (row,) = backtest(engine, scope, Period(first=date(2024, 1, 1), last=last))

    assert (row.invoices, row.told, row.own_habit, row.error) == told

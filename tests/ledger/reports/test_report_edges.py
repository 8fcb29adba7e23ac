"""The edges of a day, a handoff, a write-off and a class, one by one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from activities.ports.stores.reports import Period, ReportScope
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import people
from adapters.ledger.reports.recovery import recovery
from adapters.ledger.reports.reports import ageing
from domain.case.model import Deed, Message
from domain.history.reports import AgeingBuckets
from domain.message_types import ActionType, MessageType
from domain.money import Money
from domain.parties.people import Debtor
from tests.ledger import factories

DAY = timedelta(days=1)
ALWAYS = Period(first=date(2000, 1, 1), last=date(2099, 1, 1))


def _did(ledger: SqlLedger, case: str, *messages: Message, done: tuple[Deed, ...] = ()) -> None:
    with ledger.account_of(case) as account:
        for message in messages:
            account.messages.add(case, message, "applied", "")
        for deed in done:
            account.cases.add_deed(case, deed)
        factories.save(account, case)


def _sums(engine: Engine, creditor: str, on: date) -> tuple[int, int]:
    """What is open, and what of it an agency has."""
    rows = ageing(engine, ReportScope(on=on, creditor=creditor), AgeingBuckets())
    return sum(r.open.minor for r in rows), sum(r.with_agency.minor for r in rows)


@pytest.mark.parametrize(
    ("at", "open_"),
    [("2026-03-31T21:59:59", 0), ("2026-03-31T22:00:00", 11900), ("2026-03-31T22:00:01", 11900)],
)
def test_a_day_ends_at_the_debtors_midnight(
    ledger: SqlLedger, engine: Engine, creditor: str, at: str, open_: int
) -> None:
    """In Berlin 1 April begins at 22:00 UTC; what comes at that instant belongs to April."""
    people.upsert_debtor(engine, creditor, Debtor(id="C-1", zone="Europe/Berlin"))
    case = factories.opened(ledger, factories.invoice(creditor))
    _did(ledger, case, factories.paid(at=datetime.fromisoformat(at).replace(tzinfo=UTC)))
    assert _sums(engine, creditor, date(2026, 3, 31))[0] == open_
    assert _sums(engine, creditor, date(2026, 4, 1))[0] == 0


def test_the_agency_has_a_case_until_it_is_recalled_or_given_back(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    other = factories.opened(ledger, factories.invoice(creditor, "R-2", amount=Money(100, "EUR")))
    gone = factories.deed("plan_b", ActionType.HAND_OFF, factories.NOON)
    _did(
        ledger,
        case,
        done=(gone, factories.deed("recall", ActionType.RECALL, factories.NOON + 5 * DAY)),
    )
    back = Message(
        key="A", kind=MessageType.AGENCY_NEWS, at=factories.NOON + 7 * DAY, reason="returned"
    )
    _did(ledger, other, back, done=(gone,))

    on = date(2026, 3, 2)
    had = [_sums(engine, creditor, on + days * DAY)[1] for days in (-1, 0, 4, 5, 6, 7)]
    assert had == [0, 12000, 12000, 100, 100, 0]


def test_a_write_off_that_was_undone_is_told_for_the_days_between(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    given_up = Message(
        key="W", kind=MessageType.WRITE_OFF, at=factories.NOON, amount=Money(900, "EUR")
    )
    undone = Message(key="U", kind=MessageType.WRITE_OFF_UNDONE, at=factories.NOON + 5 * DAY)
    _did(ledger, case, given_up, undone)
    on = date(2026, 3, 2)
    told = [_sums(engine, creditor, on + days * DAY)[0] for days in (-1, 0, 4, 5)]
    assert told == [11900, 11000, 11000, 11900]


@pytest.mark.parametrize(
    ("settled", "name"), [(-1, "late_payer"), (0, "new"), (1, "new")], ids=["before", "at", "after"]
)
def test_only_what_was_settled_before_a_case_was_opened_makes_its_class(
    ledger: SqlLedger, engine: Engine, creditor: str, settled: int, name: str
) -> None:
    opened = factories.NOON + 60 * DAY
    old = factories.opened(ledger, factories.invoice(creditor, "OLD"))
    _did(ledger, old, factories.paid(at=opened + timedelta(seconds=settled)))
    case = factories.opened(ledger, factories.invoice(creditor, "NOW", opened_at=opened))
    _did(ledger, case, factories.paid(minor=77, at=opened + 9 * DAY))
    told = {row.recovered.minor: row.customer_class for row in recovery(engine, ALWAYS, creditor)}
    assert told.get(77, told.get(11977)) == name


@pytest.mark.parametrize(("late", "name"), [(9, "good"), (10, "late_payer"), (11, "late_payer")])
def test_the_mean_of_the_days_late_makes_a_late_payer_from_its_threshold_on(
    ledger: SqlLedger, engine: Engine, creditor: str, late: int, name: str
) -> None:
    """One of five was late, by five times the threshold less, exactly, and more than a day."""
    mean = factories.POLICY.classes.late_from_mean_days
    days = 5 * mean + (late - 10)
    for number in range(5):
        old = factories.opened(ledger, factories.invoice(creditor, f"O-{number}"))
        at = factories.NOON + (days - 1 if number == 0 else -9) * DAY
        _did(ledger, old, factories.paid(at=at))
    opened = factories.NOON + 400 * DAY
    case = factories.opened(ledger, factories.invoice(creditor, "NOW", opened_at=opened))
    _did(ledger, case, factories.paid(minor=77, at=opened + DAY))
    late_ = Period(first=(opened - DAY).date(), last=date(2099, 1, 1))
    (row,) = recovery(engine, late_, creditor)
    assert row.customer_class == name

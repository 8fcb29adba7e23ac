"""Reports from the ledger: as of any day what the fold says, bucket by bucket, never mixed up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from activities.ports.stores.reports import Period, ReportScope
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.reports.promises import promises
from adapters.ledger.reports.reports import ageing, dso
from adapters.ledger.reports.standing import STANDING, standing_on
from domain.case.model import Deed, Message
from domain.case.money import Ground
from domain.decision.sharing import spare
from domain.fold.fold import fold
from domain.history.reports import AgeingBuckets
from domain.message_types import ActionType, MessageType, Outcome
from domain.money import Money
from tests.ledger import factories
from tests.ledger.reports.living import LIVES, live
from tests.properties.lives import Life, Witness, lives

LATER = datetime(2026, 5, 1, 8, tzinfo=UTC)
EACH = text(f"WITH {STANDING} SELECT * FROM standing ORDER BY case_id")  # noqa: S608 - constant
MAY = Period(first=date(2026, 5, 1), last=date(2026, 5, 1))


def _as_it_was(world: Witness, on: date) -> tuple[int, int, int, bool, bool]:
    """What the fold says of a day's end: open, disputed, spare, withdrawn, with the agency."""
    end = world.calendar.end_of(on)
    case = fold(
        world.invoice,
        [message for message in world.messages if message.at < end],
        [deed for deed in world.deeds if deed.at < end],
        Ground(world.policy, world.calendar),
    ).case
    withdrawn = case.outcome is Outcome.WITHDRAWN
    return case.open, case.disputed, spare(case), withdrawn, case.with_agency


@LIVES
@given(st.lists(lives, min_size=6, max_size=6), st.lists(st.integers(0, 200), max_size=4))
def test_as_of_any_day_every_case_stands_as_the_fold_says(
    ledger: SqlLedger, engine: Engine, found: list[Life], after: list[int]
) -> None:
    creditor = f"fold-{next(factories.NUMBERS)}"
    worlds = [live(ledger, engine, creditor, life, n) for n, life in enumerate(found)]
    for days in (*after, 2000):
        on = date(2026, 1, 5) + timedelta(days=days)
        with standing_on(engine, ReportScope(on=on, creditor=creditor)) as (connection, asked):
            rows = connection.execute(EACH, asked).all()
        told = [(r.open, r.disputed, r.spare, r.withdrawn, r.with_agency) for r in rows]
        assert told == [_as_it_was(world, on) for world in worlds], on


def _said(ledger: SqlLedger, case: str, *messages: Message, done: tuple[Deed, ...] = ()) -> None:
    with ledger.account_of(case) as account:
        for message in messages:
            account.messages.add(case, message, "applied", "")
        for deed in done:
            account.cases.add_deed(case, deed)
        factories.save(account, case)


def _ages(engine: Engine, creditor: str, on: date) -> dict[str, tuple[int, int]]:
    rows = ageing(engine, ReportScope(on=on, creditor=creditor), AgeingBuckets())
    return {row.bucket: (row.invoices, row.open.minor) for row in rows if row.invoices}


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(-1, "not due"), (0, "not due"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"),
     (61, "61-90"), (90, "61-90"), (91, ">90")],
)  # fmt: skip
def test_an_invoice_moves_on_the_day_after_its_bucket_ends(
    engine: Engine, creditor: str, case: str, days: int, bucket: str
) -> None:
    on = date(2026, 3, 1) + timedelta(days=days)
    assert _ages(engine, creditor, on) == {bucket: (1, 11900)}


def test_an_invoice_is_owed_from_its_issue_date_on(
    engine: Engine, creditor: str, case: str
) -> None:
    """Although it was opened here only a month later."""
    assert _ages(engine, creditor, date(2026, 1, 31)) == {}
    assert _ages(engine, creditor, date(2026, 2, 1)) == {"not due": (1, 11900)}


def test_a_payment_counts_from_its_value_date_whenever_it_was_recorded(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    _said(
        ledger,
        case,
        factories.paid(minor=900, at=factories.NOON),
        factories.paid("P-2", 11000, LATER),
    )
    days = (date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 30), date(2026, 5, 1))
    assert [sum(open_ for _, open_ in _ages(engine, creditor, on).values()) for on in days] == [
        11900,
        11000,
        11000,
        0,
    ]


def test_currencies_and_creditors_never_add_up(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    dollars = factories.invoice(creditor, "R-2", amount=Money(500, "USD"))
    factories.opened(ledger, dollars)
    factories.opened(ledger, factories.invoice(f"{creditor}-too"))

    on = date(2026, 3, 2)
    mine = ageing(engine, ReportScope(on=on, creditor=creditor), AgeingBuckets((45,)))
    assert [(row.currency, row.bucket, row.open.minor) for row in mine if row.invoices] == [
        ("EUR", "1-45", 11900),
        ("USD", "1-45", 500),
    ]
    only = ageing(engine, ReportScope(on=on, creditor=creditor, currency="USD"), AgeingBuckets())
    assert {row.currency for row in only} == {"USD"}
    everyone = {row.creditor for row in ageing(engine, ReportScope(on=on), AgeingBuckets())}
    assert {creditor, f"{creditor}-too"} <= everyone


def test_what_is_contested_or_with_the_agency_stands_apart_also_for_a_past_day(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    contested = Message(
        key="D", kind=MessageType.DISPUTE_OPENED, at=factories.NOON, amount=Money(1000, "EUR")
    )
    gone = factories.deed("plan_b", ActionType.HAND_OFF, factories.NOON + timedelta(days=9))
    _said(ledger, case, contested, factories.paid(at=LATER), done=(gone,))

    told = {}
    for day in (date(2026, 3, 1), date(2026, 3, 10), date(2026, 3, 11), date(2026, 5, 2)):
        rows = ageing(engine, ReportScope(on=day, creditor=creditor), AgeingBuckets())
        told[day.isoformat()] = [
            sum(getattr(row, name).minor for row in rows)
            for name in ("open", "disputed", "with_agency")
        ]
    assert told == {
        "2026-03-01": [11900, 0, 0],
        "2026-03-10": [11900, 1000, 0],
        "2026-03-11": [11900, 1000, 11900],
        "2026-05-02": [0, 0, 0],
    }


def test_hardship_that_was_told_on_a_call_contests_from_that_day_to_the_agreement(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    call, promise = MessageType.CALL_RESULT, MessageType.PROMISE
    told = Message(key="H", kind=call, at=factories.NOON, reason="hardship")
    agreed = Message(key="P", kind=promise, at=LATER, day=date(2026, 5, 20))
    _said(ledger, case, told, agreed)

    contested = {}
    for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 30), date(2026, 5, 1)):
        rows = ageing(engine, ReportScope(on=day, creditor=creditor), AgeingBuckets())
        contested[day.isoformat()] = sum(row.disputed.minor for row in rows)
    assert list(contested.values()) == [0, 11900, 11900, 0], contested


def test_dso_is_worked_out_from_the_ledger(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    """The worked example of docs/reports.md: sales of 700, 800 and 1,000; 2,120 are still open."""
    for month, minor in ((1, 70_000), (2, 80_000), (3, 100_000)):
        issued = date(2026, month, 1)
        due = issued + timedelta(days=30)
        money = Money(minor, "EUR")
        of = factories.invoice(creditor, f"R-{month}", issued=issued, due=due, amount=money)
        case = factories.opened(ledger, of)
        if month == 1:
            _said(ledger, case, factories.paid(minor=38_000, at=factories.NOON))

    march = Period(first=date(2026, 3, 1), last=date(2026, 3, 31))
    (row,) = dso(engine, ReportScope(on=march.last, creditor=creditor), 90, march)
    assert (row.receivables.minor, row.overdue.minor, row.sales.minor) == (
        212_000,
        112_000,
        250_000,
    )
    assert (row.dso, row.dso_complete) == (Decimal("73.2"), True)  # 31 + 28 + 31 · 320/700
    assert (row.dso_simple, row.best_possible) == (Decimal("76.3"), Decimal("36.0"))
    assert row.delinquent == Decimal("40.3")
    assert row.cei == Decimal("25.3")  # (1,500 + 1,000 - 2,120) / (1,500 + 1,000 - 1,000)


def test_what_was_credited_was_never_sold(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    credit = Message(key="N", kind=MessageType.CREDIT_NOTE, at=LATER, amount=Money(1900, "EUR"))
    _said(ledger, case, credit)
    sold = {}
    for day in (date(2026, 4, 30), date(2026, 5, 1)):
        (row,) = dso(
            engine, ReportScope(on=day, creditor=creditor), 100, Period(first=day, last=day)
        )
        sold[day.day] = row.sales.minor
    assert sold == {30: 11900, 1: 10000}


def test_a_withdrawn_invoice_is_neither_owed_nor_sold(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    _said(ledger, case, Message(key="X", kind=MessageType.WITHDRAWN, at=LATER))
    assert _ages(engine, creditor, date(2026, 4, 30)) != {}
    assert _ages(engine, creditor, date(2026, 5, 1)) == {}
    assert dso(engine, ReportScope(on=date(2026, 5, 1), creditor=creditor), 90, MAY) == ()


def test_promises_are_told_by_who_recorded_them_as_of_any_day(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    """Kept in time, late, in part, not at all; and all were still running the day before."""
    came = {"ann": (11900, 4), "bob": (11900, 8), "cem": (500, 4), "dan": (0, 0)}
    for number, (by, (minor, days)) in enumerate(came.items()):
        case = factories.opened(ledger, factories.invoice(creditor, f"R-{number}"))
        day = date(2026, 3, 6)
        said = [Message(key="V", kind=MessageType.PROMISE, at=factories.NOON, day=day, by=by)]
        if minor:
            said.append(factories.paid(minor=minor, at=factories.NOON + timedelta(days=days)))
        _said(ledger, case, *said)

    def told(on: date) -> dict[str, tuple[int, ...]]:
        rows = promises(engine, ReportScope(on=on, creditor=creditor))
        return {r.collector: (r.kept, r.late, r.part, r.broken, r.running) for r in rows}

    running = (0, 0, 0, 0, 1)
    assert told(date(2026, 3, 1)) == {}
    assert told(date(2026, 3, 5)) == dict.fromkeys(came, running)
    assert told(date(2026, 3, 6)) == {
        "ann": (1, 0, 0, 0, 0),
        "bob": (0, 0, 0, 1, 0),
        "cem": (0, 0, 1, 0, 0),
        "dan": (0, 0, 0, 1, 0),
    }
    assert told(date(2026, 3, 10))["bob"] == (0, 1, 0, 0, 0)
    (ann, *_) = promises(engine, ReportScope(on=date(2026, 3, 10), creditor=creditor))
    assert (ann.made, ann.kept_percent) == (1, Decimal("100.0"))

"""What works here: whom each step reached, who paid after it, and whether it may be chance."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from activities.ports.stores.reports import BenchmarkCount, Period
from activities.services.experiments.benchmarks import compared
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import people
from adapters.ledger.reports.benchmarks import benchmarks
from domain.case.model import Deed, Message
from domain.message_types import ActionType, Result
from domain.money import Money
from domain.parties.people import Debtor
from tests.ledger import factories

ALWAYS = Period(first=date(2000, 1, 1), last=date(2099, 1, 1))
DAY = timedelta(days=1)


def _case(ledger: SqlLedger, creditor: str, customer: str, *facts: Message | Deed) -> None:
    """A case of a customer, with what was said and done."""
    number = f"B-{next(factories.NUMBERS)}"
    invoice = factories.invoice(creditor, number, customer=customer)
    case = factories.opened(ledger, invoice)
    with ledger.account_of(case) as account:
        for fact in facts:
            if isinstance(fact, Message):
                account.messages.add(case, fact, "applied", "")
            else:
                account.cases.add_deed(case, fact)
        factories.save(account, case)


def _mail(step: str, day: int, result: Result = Result.ACCEPTED) -> Deed:
    at = factories.NOON + day * DAY
    return Deed(step=step, do=ActionType.REMIND, at=at, result=result, channel="email")


def _found(
    engine: Engine, creditor: str, period: Period = ALWAYS
) -> dict[str, tuple[int, int, int]]:
    rows = benchmarks(engine, period, creditor)
    return {f"{r.kind} {r.value}": (r.tried, r.paid, r.recovered.minor) for r in rows}


def test_money_belongs_to_the_last_step_within_two_weeks_and_a_customer_counts_once(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    paid = factories.paid
    _case(ledger, creditor, "A", _mail("polite", 0), paid("P-1", 11900, factories.NOON + DAY))
    _case(ledger, creditor, "A", _mail("polite", 0), _mail("second", 5))
    _case(ledger, creditor, "B", _mail("polite", 0), _mail("second", 5),
          paid("P-2", 5000, factories.NOON + 6 * DAY))  # fmt: skip
    _case(ledger, creditor, "C", _mail("polite", 0), paid("P-3", 11900, factories.NOON + 15 * DAY))
    _case(ledger, creditor, "D", _mail("polite", 0, Result.REJECTED))

    found = _found(engine, creditor)
    assert found["step polite"] == (3, 1, 11900)
    assert found["step second"] == (2, 1, 5000)
    assert found["channel email"] == (3, 2, 16900)
    assert sum(tried for name, (tried, _, _) in found.items() if name.startswith("hour")) == 3


def test_the_hour_is_the_customers_own_and_the_tone_that_of_the_policy(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    people.upsert_debtor(engine, creditor, Debtor(id="A", zone="Asia/Tokyo"))
    _case(ledger, creditor, "A", _mail("polite", 0))
    hour = (factories.NOON + timedelta(hours=9)).hour

    found = _found(engine, creditor)
    assert found[f"hour {hour:02}"] == (1, 0, 0)
    assert [name for name in found if name.startswith("tone")]


def test_what_was_done_in_the_last_two_weeks_is_not_over_yet(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    _case(ledger, creditor, "A", _mail("polite", 0), _mail("second", 10))
    day = factories.NOON.date()
    ends = Period(first=day, last=day + timedelta(days=15))

    assert "step polite" in _found(engine, creditor, ends)
    assert "step second" not in _found(engine, creditor, ends)


def test_nothing_is_told_of_another_creditor(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    _case(ledger, f"{creditor}-x", "A", _mail("polite", 0))
    assert _found(engine, creditor) == {}


def count(value: str, tried: int, paid: int, creditor: str = "acme") -> BenchmarkCount:
    return BenchmarkCount(
        creditor=creditor,
        currency="EUR",
        kind="channel",
        value=value,
        tried=tried,
        paid=paid,
        recovered=Money(paid * 100, "EUR"),
    )


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([count("email", 40, 30)], "nothing to compare"),
        ([count("email", 40, 30), count("sms", 400, 100)], "too few"),
        ([count("email", 100, 52), count("sms", 100, 50)], "may be chance"),
        ([count("email", 500, 300), count("sms", 500, 200)], "more paid"),
        ([count("email", 500, 200), count("sms", 500, 300)], "fewer paid"),
        ([count("email", 500, 300), count("sms", 500, 200, "other")], "nothing to compare"),
    ],
)
def test_the_sentence_says_whether_it_may_be_chance(
    counts: list[BenchmarkCount], words: str
) -> None:
    first = compared(counts)[0]
    assert words in first.chance
    assert first.share == Decimal(counts[0].paid * 100) / counts[0].tried

"""A credit check: a score that is the sum of its facts, and limits that are passed exactly."""

from datetime import UTC, date, datetime

import pytest

from domain.credit.check import SCORE_AT_MOST, risk_facts, score_of
from domain.credit.limits import (
    BureauReport,
    CreditLimit,
    check_limit,
    check_report,
    exposures,
    read_order,
)
from domain.errors import DomainError
from domain.money import Money
from domain.policy.classes import History

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def limit(minor: int | None, currency: str = "EUR", why: str = "bank reference") -> CreditLimit:
    amount = None if minor is None else Money(minor, currency)
    return CreditLimit(currency=currency, amount=amount, at=NOON, why=why, by="ann")


def test_without_history_there_is_no_score() -> None:
    assert score_of(History()) is None
    assert score_of(History(disputes=3, promises_made=1)) is None
    assert score_of(History(settled=1)) == 0
    assert score_of(History(handoffs=1)) == 20


@pytest.mark.parametrize(
    ("history", "points"),
    [
        (History(settled=2, late=1, days_late=9), (5, 0, 0, 0)),
        (History(settled=20, late=9, days_late=89), (4, 0, 0, 0)),
        (History(settled=4, late=4, days_late=400, disputes=9), (30, 0, 0, 0)),
        (History(settled=1, broken_promises=1, handoffs=1), (0, 15, 20, 0)),
        (
            History(settled=1, late=1, days_late=99, broken_promises=9, handoffs=9),
            (30, 30, 40, 0),
        ),
    ],
)
def test_the_score_is_the_sum_of_its_facts(history: History, points: tuple[int, ...]) -> None:
    assert tuple(fact.points for fact in risk_facts(history)) == points
    assert score_of(history) == sum(points) <= SCORE_AT_MOST == 100


@pytest.mark.parametrize(
    ("minor", "left", "passed"), [(30000, "-0.01", True), (30001, "0.00", False)]
)
def test_a_limit_is_passed_by_one_cent_more(minor: int, left: str, passed: bool) -> None:
    (one,) = exposures((Money(10001, "EUR"),), (limit(minor),), Money(20000, "EUR"))
    assert one.left is not None
    assert (one.left.plain, one.is_passed, one.total.plain) == (left, passed, "300.01")


def test_currencies_never_add_up() -> None:
    eur, jpy, usd = exposures(
        (Money(500, "JPY"), Money(100, "EUR")), (limit(400, "JPY"), limit(None)), Money(1, "USD")
    )
    assert (eur.limit, eur.left, eur.is_passed) == (None, None, False)
    assert (jpy.left, jpy.is_passed) == (Money(-100, "JPY"), True)
    assert (usd.open, usd.total) == (Money(0, "USD"), Money(1, "USD"))
    assert jpy.words == "500 JPY open: 100 JPY more than the limit of 400 JPY"
    assert "no limit is set" in eur.words


def test_an_order_is_an_exact_amount_above_zero() -> None:
    assert read_order("1200", "eur") == Money(120000, "EUR")
    assert read_order("", "") is None
    for amount, currency in (("1.234", "EUR"), ("0", "EUR"), ("-5", "EUR"), ("5", ""), ("", "EUR")):
        with pytest.raises(DomainError):
            read_order(amount, currency)


def test_a_limit_has_a_reason_and_a_report_its_source_and_a_day_that_was() -> None:
    for wrong in (limit(1, why=" "), limit(-1), limit(1, why="x" * 1001)):
        with pytest.raises(DomainError):
            check_limit(wrong)
    check_limit(limit(0))
    told = {"source": "Example Bureau", "day": NOON.date(), "limit": None, "said": "grade B"}
    wrong_ones: tuple[dict[str, object], ...] = (
        {"source": ""},
        {"said": " "},
        {"day": date(2026, 3, 3)},
        {"said": "", "limit": Money(-1, "EUR")},
    )
    check_report(BureauReport(**told, by="ann", at=NOON), NOON.date())  # type: ignore[arg-type]
    for change in wrong_ones:
        with pytest.raises(DomainError):
            check_report(BureauReport(**(told | change), by="ann", at=NOON), NOON.date())  # type: ignore[arg-type]

"""Ageing, DSO, collection effectiveness and kept promises: exact, at every boundary."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.history.reports import (
    AgeingBuckets,
    Countback,
    Fate,
    Sales,
    collection_effectiveness,
    countback,
    fates_of,
    kept_percent,
    months_back,
    parse_buckets,
    percent,
    simple_dso,
    tenths,
)
from domain.message_types import MessageType
from tests.properties.lives import QUICK
from tests.stories.story import Story

MONTHS = (Sales(minor=100_000, days=30), Sales(minor=80_000, days=30), Sales(minor=70_000, days=30))
sums = st.integers(0, 10**12)
months = st.lists(st.builds(Sales, minor=sums, days=st.integers(1, 31)), max_size=15)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(-400, 0), (-1, 0), (0, 0), (1, 1), (2, 1), (29, 1), (30, 1), (31, 2), (60, 2), (61, 3),
     (90, 3), (91, 4), (4000, 4)],
)  # fmt: skip
def test_an_invoice_is_overdue_from_the_day_after_and_moves_on_after_30_60_90(
    days: int, bucket: int
) -> None:
    assert AgeingBuckets().of(days) == bucket


def test_buckets_are_called_by_their_days() -> None:
    assert AgeingBuckets().names == ("not due", "1-30", "31-60", "61-90", ">90")
    assert parse_buckets(" 1, 7,30 ").names == ("not due", "1", "2-7", "8-30", ">30")
    assert parse_buckets("45").names == ("not due", "1-45", ">45")


@pytest.mark.parametrize(
    "text", ["", "30,", "60,30", "30,30", "0,30", "-1", "x", "1.5", "²", "4000"]
)
def test_edges_that_do_not_rise_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_buckets(text)
    assert refused.value.field == "buckets"


@given(st.sets(st.integers(1, 3660), min_size=1, max_size=12), st.integers(-5000, 5000))
def test_every_day_lies_in_exactly_the_bucket_that_names_it(edges: set[int], day: int) -> None:
    buckets = parse_buckets(",".join(map(str, sorted(edges))))
    number = buckets.of(day)
    assert 0 <= number < len(buckets.names) == len(edges) + 2
    assert (number == 0) == (day <= 0)
    assert number == sum(day >= first for first in buckets.starts)


@pytest.mark.parametrize(
    ("receivables", "days", "complete"),
    [
        (0, "0.0", True),
        (1, "0.0", True),
        (99_999, "30.0", True),
        (100_000, "30.0", True),
        (140_000, "45.0", True),
        (180_000, "60.0", True),
        (212_000, "73.7", True),  # 60 + 30 · 32/70
        (250_000, "90.0", True),
        (250_001, "90.0", False),
    ],
)
def test_countback_takes_whole_months_off_and_a_share_of_the_last(
    receivables: int, days: str, complete: bool
) -> None:
    assert countback(receivables, MONTHS) == Countback(Decimal(days), complete)


def test_a_month_without_sales_counts_its_days_while_something_is_left() -> None:
    gap = (Sales(minor=100, days=30), Sales(minor=0, days=31), Sales(minor=100, days=28))
    assert countback(100, gap).days == 30
    assert countback(150, gap).days == 30 + 31 + 14
    assert countback(1, ()) == Countback(Decimal("0.0"), complete=False)


@QUICK
@given(months, sums, sums)
def test_more_receivables_never_make_the_countback_shorter(
    sales: list[Sales], less: int, more: int
) -> None:
    small, large = sorted((less, more))
    one, other = countback(small, sales), countback(large, sales)
    assert one.days <= other.days <= sum(month.days for month in sales)
    assert one.complete or not other.complete


@QUICK
@given(months.filter(bool), st.data())
def test_the_sales_of_the_last_months_stand_for_their_days(
    sales: list[Sales], data: st.DataObject
) -> None:
    known = [Sales(minor=month.minor + 1, days=month.days) for month in sales]
    count = data.draw(st.integers(0, len(known)))
    answer = countback(sum(month.minor for month in known[:count]), known)
    assert answer == Countback(tenths(Fraction(sum(m.days for m in known[:count]))), complete=True)


@QUICK
@given(sums.filter(bool), st.integers(1, 31), sums)
def test_within_one_month_countback_is_the_simple_formula(sales: int, days: int, owed: int) -> None:
    owed = min(owed, sales)
    assert countback(owed, [Sales(minor=sales, days=days)]).days == simple_dso(owed, sales, days)


def test_simple_dso_divides_by_sales() -> None:
    assert simple_dso(500_000, 750_000, 30) == Decimal("20.0")
    assert simple_dso(150_000, 1_800_000, 365) == Decimal("30.4")
    assert simple_dso(1, 0, 90) is None


def test_cei_is_what_was_collected_of_what_could_have_been() -> None:
    year = {"beginning": 100_000, "sales": 1_000_000}
    assert collection_effectiveness(**year, ending=120_000, ending_current=100_000) == 98
    all_paid = collection_effectiveness(**year, ending=100_000, ending_current=100_000)
    assert all_paid == Decimal("100.0")
    assert collection_effectiveness(beginning=50, sales=0, ending=50, ending_current=0) == 0
    assert collection_effectiveness(beginning=0, sales=9, ending=9, ending_current=9) is None


@QUICK
@given(sums, sums, sums, sums)
def test_cei_lies_between_nothing_and_all(opened: int, sales: int, owed: int, due: int) -> None:
    ending = min(owed, opened + sales)
    cei = collection_effectiveness(
        beginning=opened, sales=sales, ending=ending, ending_current=min(due, ending)
    )
    assert cei is None or 0 <= cei <= 100


def test_only_promises_whose_day_has_come_are_rated() -> None:
    assert kept_percent(kept=2, late=1, part=0, broken=1) == 50
    assert kept_percent(kept=0, late=0, part=0, broken=0) is None
    assert percent(1, 3) == Decimal("33.3")


@pytest.mark.parametrize(
    ("value", "told"),
    [((1, 20), "0.1"), ((-1, 20), "-0.1"), ((49, 1000), "0.0"), ((2, 3), "0.7"), ((7, 1), "7.0")],
)
def test_figures_are_rounded_once_half_away_from_zero(value: tuple[int, int], told: str) -> None:
    assert str(tenths(Fraction(*value))) == told


@given(st.fractions())
def test_rounding_never_moves_a_figure_by_more_than_half_a_tenth(value: Fraction) -> None:
    assert abs(Fraction(tenths(value)) - value) <= Fraction(1, 20)


def test_months_are_counted_back_from_the_day_itself() -> None:
    assert months_back(date(2026, 3, 15), date(2026, 1, 20)) == (
        (date(2026, 3, 1), 15),
        (date(2026, 2, 1), 28),
        (date(2026, 1, 1), 31),
    )
    assert months_back(date(2026, 3, 1), date(2026, 3, 1)) == ((date(2026, 3, 1), 1),)
    assert months_back(date(2026, 2, 28), date(2026, 3, 1)) == ()


@pytest.mark.parametrize(
    ("money", "fate"),
    [
        ([("2026-02-15", "1000.00")], Fate.KEPT),
        ([("2026-02-20 23:59", "1000.00")], Fate.KEPT),
        ([("2026-02-21", "1000.00")], Fate.LATE),
        ([("2026-02-15", "999.50")], Fate.PART),
        ([("2026-02-15", "400.00"), ("2026-02-25", "600.00")], Fate.LATE),
        ([], Fate.BROKEN),
    ],
)
def test_a_promise_is_kept_late_in_part_or_broken(money: list[tuple[str, str]], fate: Fate) -> None:
    """P51: the promise of all of it by 20 February, looked at a month later and on its last day."""
    world = Story()
    world.says("2026-02-10", MessageType.PROMISE, day="2026-02-20")
    (running,) = fates_of(world.case, world.at("2026-02-20 23:59"))
    for when, amount in money:
        world.says(when, MessageType.PAYMENT, amount)
    assert running[1] is Fate.RUNNING
    assert [found for _, found in fates_of(world.case, world.at("2026-03-20"))] == [fate]


@pytest.mark.parametrize(
    ("second", "first"), [("2026-02-19", Fate.REPLACED), ("2026-02-20 23:59", Fate.REPLACED)]
)
def test_a_promise_that_another_replaced_is_neither_kept_nor_broken(
    second: str, first: Fate
) -> None:
    world = Story()
    world.says("2026-02-10", MessageType.PROMISE, day="2026-02-20")
    world.says(second, MessageType.PROMISE, day="2026-02-28")
    world.says("2026-02-27", MessageType.PAYMENT, "1000.00")
    found = [fate for _, fate in fates_of(world.case, world.at("2026-03-20"))]
    assert found == [first, Fate.KEPT]

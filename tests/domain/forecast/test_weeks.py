"""Open amounts over the weeks to come: nothing is lost, agreed money on its day, with bands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.forecast.habits import PaymentHabits, SettledInvoice, learn_habits
from domain.forecast.weeks import ExpectedWeek, OpenAmount, forecast

MONDAY = date(2026, 3, 2)
WEDNESDAY = MONDAY + timedelta(days=2)
DAYS = st.dates(date(2025, 1, 1), date(2027, 1, 1))


def _habits(*late: int, customer: str = "A") -> PaymentHabits:
    """A customer who paid so many days late, again and again, long ago."""
    begin = date(2024, 1, 1)
    return learn_habits(
        SettledInvoice(
            customer=customer,
            issued=begin + timedelta(days=40 * number),
            due=begin + timedelta(days=40 * number + 30),
            settled=begin + timedelta(days=40 * number + 30 + days),
        )
        for number, days in enumerate(late)
    )


def test_weeks_are_those_of_the_calendar_from_tomorrow_on() -> None:
    weeks = forecast([], PaymentHabits(), WEDNESDAY, 3).weeks
    assert [(week.first, week.last) for week in weeks] == [
        (date(2026, 3, 5), date(2026, 3, 8)),
        (date(2026, 3, 9), date(2026, 3, 15)),
        (date(2026, 3, 16), date(2026, 3, 22)),
    ]


def test_who_always_pays_five_days_late_is_expected_then() -> None:
    amount = OpenAmount(customer="A", due=MONDAY + timedelta(days=14), minor=100_00)
    found = forecast([amount], _habits(5, 5, 5, 5, 5), MONDAY, 4)

    assert [week.expected for week in found.weeks] == [0, 0, 100_00, 0]
    assert [week.band for week in found.weeks] == [(0, 0), (0, 0), (100_00, 100_00), (0, 0)]
    assert (found.later, found.untold) == (0, 0)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 3, 1), 0),  # promised for a day that has passed, its check still to come
        (date(2026, 3, 8), 0),
        (date(2026, 3, 9), 1),
        (date(2026, 3, 15), 1),
        (date(2026, 3, 16), None),
    ],
)
def test_what_was_agreed_counts_on_its_day(day: date, week: int | None) -> None:
    amount = OpenAmount(customer="A", due=date(2026, 1, 1), minor=50_00, agreed=day)
    found = forecast([amount], _habits(5, 5, 5, 5), WEDNESDAY, 2)

    expected = [50_00 if number == week else 0 for number in range(2)]
    assert [one.expected for one in found.weeks] == [one.agreed for one in found.weeks] == expected
    assert found.later == (50_00 if week is None else 0)
    assert all(one.spread == 0 for one in found.weeks)


def test_of_whoever_is_later_than_anybody_ever_was_no_day_is_told() -> None:
    habits = _habits(5, 5, 5, 9, 5)  # once four days later than expected
    due = WEDNESDAY - timedelta(days=9)
    last_chance = OpenAmount(customer="A", due=due + timedelta(days=1), minor=10_00)
    too_late = OpenAmount(customer="A", due=due, minor=1_00)

    found = forecast([last_chance, too_late], habits, WEDNESDAY, 2)
    assert found.weeks[0].expected == 10_00
    assert found.untold == 1_00


def test_of_whom_nobody_knows_anything_no_day_is_told() -> None:
    found = forecast([OpenAmount(customer="A", due=MONDAY, minor=7)], PaymentHabits(), MONDAY, 2)
    assert found.untold == 7


def test_money_of_customers_with_little_history_is_told_apart() -> None:
    habits = _habits(5, 5, 5, 5, 5)
    for _ in range(3):
        habits.learn(
            SettledInvoice(customer="B", issued=MONDAY, due=MONDAY, settled=MONDAY), 0, own=False
        )
    both = [OpenAmount(customer=name, due=MONDAY, minor=10_00) for name in ("A", "new")]
    found = forecast(both, habits, MONDAY, 4)

    assert sum(week.little_history for week in found.weeks) + found.untold == 10_00


@pytest.mark.parametrize(
    ("spread", "band"),
    [
        (0, (100_00, 100_00)),
        (10_00**2, (100_00 - 12_81, 100_00 + 12_81)),
        (90_00**2, (0, 100_00 + 115_34)),
    ],
)
def test_a_band_is_as_wide_as_the_spread_and_never_below_nothing(
    spread: int, band: tuple[int, int]
) -> None:
    week = ExpectedWeek(first=MONDAY, last=MONDAY, expected=100_00, spread=spread)
    assert week.band == band


@given(
    late=st.lists(st.integers(-20, 60), max_size=30),
    amounts=st.lists(
        st.builds(
            OpenAmount,
            customer=st.sampled_from("AB"),
            due=DAYS,
            minor=st.integers(1, 10**9),
            agreed=st.none() | DAYS,
        ),
        max_size=8,
    ),
    weeks=st.integers(1, 20),
    today=DAYS,
)
def test_every_cent_that_is_open_stands_somewhere(
    late: list[int], amounts: list[OpenAmount], weeks: int, today: date
) -> None:
    found = forecast(amounts, _habits(*late), today, weeks)

    told = sum(week.expected for week in found.weeks)
    assert told + found.later + found.untold == sum(amount.minor for amount in amounts)
    for week in found.weeks:
        low, high = week.band
        assert 0 <= low <= week.expected <= high
        assert 0 <= week.agreed + week.little_history <= week.expected

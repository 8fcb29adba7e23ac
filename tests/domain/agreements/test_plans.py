"""Instalments by the calendar, exact to the cent, and what a plan may be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agreements.schedules import MOST_PARTS, is_schedule, spread
from domain.case.invoice import InvoicePart
from domain.errors import RefusedError
from domain.intake.reading import ReadingGround, read_message
from domain.message_types import MessageType
from domain.money import Money
from tests.properties.lives import QUICK
from tests.stories.story import Story


@pytest.mark.parametrize(
    ("words", "first", "days"),
    [
        ("3 monthly", "2026-01-31", ["2026-01-31", "2026-02-28", "2026-03-31"]),
        ("3 monthly", "2028-01-31", ["2028-01-31", "2028-02-29", "2028-03-31"]),  # a leap year
        ("3 monthly", "2026-11-30", ["2026-11-30", "2026-12-30", "2027-01-30"]),
        ("2 monthly", "2028-02-29", ["2028-02-29", "2028-03-29"]),
        ("3 weekly", "2026-12-24", ["2026-12-24", "2026-12-31", "2027-01-07"]),
        ("1 weekly", "2026-12-24", ["2026-12-24"]),
    ],
)
def test_instalments_fall_on_the_firsts_day_or_the_months_last(
    words: str, first: str, days: list[str]
) -> None:
    parts = spread(words, date.fromisoformat(first), 10000, None)

    assert [part.day.isoformat() for part in parts] == days


@pytest.mark.parametrize(
    ("words", "each", "sums"),
    [
        ("3 monthly", None, [33333, 33333, 33334]),  # the last one takes what is left
        ("4 monthly", 25000, [25000, 25000, 25000, 25000]),
        ("4 monthly", 30000, [30000, 30000, 30000, 10000]),
        ("monthly", 30000, [30000, 30000, 30000, 10000]),
        ("monthly", 100000, [100000]),
    ],
)
def test_equal_parts_or_an_amount_each(words: str, each: int | None, sums: list[int]) -> None:
    assert [part.minor for part in spread(words, date(2026, 1, 1), 100000, each)] == sums


@QUICK
@given(
    st.integers(1, 10**9),
    st.integers(1, MOST_PARTS),
    st.sampled_from(["weekly", "monthly"]),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
)
def test_the_parts_of_a_plan_add_up_and_follow_each_other(
    total: int, count: int, every: str, first: date
) -> None:
    if total < count:
        with pytest.raises(RefusedError):
            spread(f"{count} {every}", first, total, None)
        return
    parts = spread(f"{count} {every}", first, total, None)

    assert sum(part.minor for part in parts) == total
    assert len(parts) == count
    assert [part.day for part in parts] == sorted({part.day for part in parts})
    assert max(part.minor for part in parts) - min(part.minor for part in parts) < count


@pytest.mark.parametrize("words", ["", "monthly 3", "3 daily", "-1 weekly", "by phone"])
def test_other_words_are_no_schedule(words: str) -> None:
    assert not is_schedule(words)


@pytest.mark.parametrize("words", ["0 weekly", "121 weekly", "weekly"])
def test_a_plan_has_some_instalments_but_not_any_number(words: str) -> None:
    with pytest.raises(RefusedError):
        spread(words, date(2026, 1, 1), 100000, None)


@pytest.mark.parametrize(
    ("day", "reason", "amount", "refusal"),
    [
        ("2026-02-05", "3 monthly", "", "2026-02-05 is already past; a plan looks ahead"),
        ("2026-02-06", "3 monthly", "", ""),
        ("", "3 monthly", "", "a plan needs the date of its first instalment"),
        ("2026-02-06", "12 monthly", "", ""),
        (
            "2026-03-31",
            "13 monthly",
            "",
            "an instalment on 2027-03-31 is more than 366 days away; agree on fewer",
        ),
        ("9999-12-31", "3 monthly", "", "an instalment on 9999-12-31 is more than 366 days away"),
        (
            "2026-02-06",
            "5 weekly",
            "150.00",
            "the instalments make 750.00 EUR, 250.00 EUR less than the 1000.00 EUR that are open",
        ),
        (
            "2026-02-06",
            "5 weekly",
            "300.00",
            "the instalments make 1500.00 EUR, 500.00 EUR more than the 1000.00 EUR that are open",
        ),
        ("2026-02-06", "", "", 'a plan needs instalments, or "every" and "count"'),
    ],
)
def test_what_plan_may_be_agreed(day: str, reason: str, amount: str, refusal: str) -> None:
    said = Story().says("2026-02-06 23:30", MessageType.PLAN_PROPOSED, amount, day, reason=reason)

    assert said.startswith(refusal) if refusal else said == ""


def test_a_promise_waits_until_a_running_plan_is_ended() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.PLAN_AGREED, day="2026-02-27", reason="2 monthly")
    refusal = world.says("2026-02-07", MessageType.PROMISE, day="2026-02-10")

    assert refusal == "an instalment plan runs; end it (plan_ended) or agree on another one"
    world.says("2026-02-07 09:00", MessageType.PLAN_ENDED)
    assert world.says("2026-02-07 09:01", MessageType.PROMISE, day="2026-02-10") == ""


def test_nobody_accepts_what_was_never_proposed_or_is_past() -> None:
    world = Story()
    assert "no proposed plan" in world.says("2026-02-06", MessageType.PLAN_AGREED, ref="x")
    world.says(
        "2026-02-06", MessageType.PLAN_PROPOSED, day="2026-02-10", reason="2 weekly", key="p"
    )
    refusal = world.says("2026-02-11", MessageType.PLAN_AGREED, ref="p")

    assert refusal == "its first instalment of 2026-02-10 is past; propose it anew"


def test_a_written_acceptance_makes_a_proposed_plan_run() -> None:
    """P50."""
    world = Story()
    world.says(
        "2026-02-06", MessageType.PLAN_PROPOSED, day="2026-02-10", reason="2 weekly", key="p"
    )
    world.says("2026-02-07 09:00", MessageType.AGREEMENT_CONFIRMED, ref="p", channel="email")
    plan = world.case.plans[0]

    assert plan.accepted_at == plan.confirmed_at == world.at("2026-02-07 09:00")


def read(**body: object) -> list[tuple[str, int]]:
    world = Story()
    ground = ReadingGround(world.calendar, "EUR")
    message = read_message("plan_agreed", body, key="k", heard_at=world.now, ground=ground)
    return [(part.day.isoformat(), part.minor) for part in message.parts] or [(message.reason, 0)]


def test_a_plan_is_read_part_by_part_or_by_the_calendar() -> None:
    written = [{"date": "2026-03-01", "amount": "400.00"}, {"date": "2026-04-01", "amount": "600"}]

    assert read(instalments=written) == [("2026-03-01", 40000), ("2026-04-01", 60000)]
    assert read(every="month", count=3, date="2026-03-01") == [("3 monthly", 0)]
    assert read(every="week", count="10", date="2026-03-01") == [("10 weekly", 0)]
    assert read(every="week", amount="50.00", date="2026-03-01") == [("weekly", 0)]


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"every": "day", "count": 2}, 'write "week" or "month"'),
        ({"count": 2}, "say how often"),
        ({"every": "week", "count": "two"}, "is no number of instalments"),
        ({"every": "week", "count": True}, "is no number of instalments"),
        ({"instalments": "3"}, "write a list"),
        ({"instalments": [{"date": "2026-03-01"}]}, "instalment 1 must be like"),
        ({"instalments": [{"date": "", "amount": "1"}]}, "instalment 1 needs a date"),
        ({"instalments": [{"date": "2026-03-01", "amount": 1.5}]}, "write the amount as text"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused_with_the_way_out(
    body: dict[str, object], refusal: str
) -> None:
    with pytest.raises(RefusedError, match=refusal):
        read(**body)


def test_a_plans_sum_is_what_is_open_when_it_is_agreed_on() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.PAYMENT, "100.01")
    world.says("2026-02-07", MessageType.PLAN_AGREED, day="2026-02-27", reason="2 monthly")

    total = sum(part.minor for part in world.case.plans[0].parts)
    assert Money(total, "EUR") == world.case.open_money


@pytest.mark.parametrize(("minor", "is_one"), [(-1, False), (0, False), (1, True)])
def test_an_instalment_is_at_least_a_cent(minor: int, is_one: bool) -> None:
    small = InvoicePart(day=date(2026, 2, 10), minor=minor)
    parts = (small, InvoicePart(day=date(2026, 2, 20), minor=1000_00 - minor))
    said = Story().says("2026-02-06", MessageType.PLAN_AGREED, parts=parts, approved_by="eva")
    assert (said == "an instalment of nothing is none") is not is_one

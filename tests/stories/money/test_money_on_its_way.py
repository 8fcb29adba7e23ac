"""Money is on its way (a direct debit, a card): it is not chased until it should be here."""

from dataclasses import replace

import pytest

from domain.message_types import ActionType, MessageType, Outcome
from domain.policy.model import MoneyRules, Policy
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story


def messages(world: Story) -> list[str]:
    """The days on which the customer was written to."""
    days = (world.calendar.local_date(d.at) for d in world.deeds if d.is_message)
    return [str(day) for day in days if str(day) >= "2026-02-05"]


def test_money_on_its_way_is_waited_for_to_the_end_of_its_day() -> None:
    """A reminder is due on the 5th; a debit should come by the 10th: it goes on the 11th."""
    world = Story()
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT, day="2026-02-10")
    world.until("2026-02-10")
    assert messages(world) == []

    world.until("2026-02-11")

    assert messages(world) == ["2026-02-11"]


@pytest.mark.parametrize(
    ("paid", "amount", "key", "awaited"),
    [
        ("2026-02-02 23:59", "400.00", "payment/bank/DD-7", True),  # another day's money
        ("2026-02-03 00:00", "400.00", "payment/bank/9", False),  # the sum
        ("2026-02-03 00:00", "300.00", "payment/bank/DD-7", False),  # the name
        ("2026-02-03 00:00", "300.00", "payment/bank/9", True),  # neither
    ],
)
def test_money_that_was_here_before_it_was_announced_is_not_waited_for(
    paid: str, amount: str, key: str, *, awaited: bool
) -> None:
    """The bank was quicker than the word of it: of the same day, by its sum or by its name."""
    world = Story()
    world.says(paid, MessageType.PAYMENT, amount, key=key)
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT, "400.00", day="2026-02-10", ref="DD-7")

    assert bool(world.case.pending_payments) is awaited


def test_without_a_date_it_may_take_as_long_as_the_policy_says() -> None:
    """Five days from the 3rd: the 8th is a Sunday, so it may come on Monday the 9th."""
    world = Story()
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT)
    world.until("2026-02-28")

    assert messages(world)[0] == "2026-02-10"


def test_the_payment_that_arrives_ends_the_wait() -> None:
    """600 of 1,000 come by debit as announced: the rest is chased at once, not after the 13th."""
    world = Story()
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT, day="2026-02-13", ref="DD-7")
    world.says("2026-02-06 08:00", MessageType.PAYMENT, "600.00", key="payment/bank/DD-7")
    world.until("2026-02-06")

    assert messages(world) == ["2026-02-06"]


@pytest.mark.parametrize(
    ("key", "ref", "amount", "pending_payments"),
    [
        ("payment/bank/DD-7", "", "10.00", 0),
        ("payment/bank/9", "DD-7", "10.00", 0),
        ("payment/bank/9", "", "400.00", 0),
        ("payment/bank/9", "", "400.01", 0),
        ("payment/bank/9", "", "399.99", 1),
    ],
)
def test_a_payment_ends_a_flight_by_name_by_amount_or_by_covering_it(
    key: str, ref: str, amount: str, pending_payments: int
) -> None:
    world = Story()
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT, "400.00", "2026-02-10", key="DD-7")
    world.says("2026-02-05 08:00", MessageType.PAYMENT, amount, key=key, ref=ref)

    assert len(world.case.pending_payments) == pending_payments


def test_a_debit_that_fails_is_chased_at_once_where_the_ladder_stood() -> None:
    world = Story().until("2026-02-05")
    world.says("2026-02-06 10:00", MessageType.IN_FLIGHT, day="2026-02-20", key="DD-7")
    world.says("2026-02-12 10:00", MessageType.IN_FLIGHT_FAILED, ref="DD-7")
    world.until("2026-02-12")

    assert world.since("2026-02-06") == ["2026-02-12 remind second"]


def test_what_is_not_on_its_way_cannot_fail() -> None:
    assert "no money named DD-8 is on its way" in Story().says(
        "2026-02-12", MessageType.IN_FLIGHT_FAILED, ref="DD-8"
    )


@pytest.mark.parametrize(
    ("coming", "chased"),
    [("999.50", ["2026-02-05"]), ("999.51", ["2026-02-11"]), ("1000.00", ["2026-02-11"])],
)
def test_beside_part_of_the_money_only_a_rest_worth_a_message_is_chased(
    coming: str, chased: list[str]
) -> None:
    """0.50 is the smallest sum that is chased: beside 999.51 only 0.49 are left."""
    world = Story()
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT, coming, "2026-02-10")
    world.until("2026-02-05") if chased == ["2026-02-05"] else world.until("2026-02-11")

    assert messages(world) == chased


def test_a_returned_debit_does_not_come_to_life_again() -> None:
    """The debit arrived and was returned: what had been on its way holds nothing any more."""
    world = Story()
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT, day="2026-03-13", key="DD-7")
    world.says("2026-02-05 08:00", MessageType.PAYMENT, "1000.00", key="payment/bank/DD-7")
    world.says("2026-02-09 08:00", MessageType.PAYMENT_REVERSED, ref="DD-7")
    world.until("2026-02-12")

    assert messages(world) == ["2026-02-12"]


def test_a_payment_booked_with_the_days_date_ends_a_flight_announced_that_day() -> None:
    """Order must not matter: the bare value date is before the instant of the announcement."""
    world = Story()
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT, "400.00", "2026-02-28")
    world.hears(world.at("2026-02-03"), MessageType.PAYMENT, "400.00")

    assert world.case.pending_payments == ()


@pytest.mark.parametrize(
    ("day", "refused"), [("2026-02-02", True), ("2026-02-03", False), ("2026-04-04", False)]
)
def test_money_on_its_way_is_still_to_come(day: str, refused: bool) -> None:
    reason = Story().says("2026-02-03 10:00", MessageType.IN_FLIGHT, day=day)

    assert bool(reason) is refused


def test_silence_ends_however_often_money_was_announced() -> None:
    """Three debits that never come hold the ladder to the last day, and then it goes to its end."""
    world = Story()
    for day in ("2026-02-03", "2026-02-10", "2026-02-17"):
        world.says(f"{day} 10:00", MessageType.IN_FLIGHT, day=f"{day[:8]}{int(day[8:]) + 6:02}")
    world.until("2026-12-31")

    assert world.deeds[-1].do in (ActionType.HAND_OFF, ActionType.ASK_PERSON)
    assert any(deed.do is ActionType.HAND_OFF for deed in world.deeds)
    assert Outcome.PAID is not world.outcome


def flight_days(days: int) -> Policy:
    return replace(standard_policy(), money=replace(MoneyRules(), flight_days=days))


@pytest.mark.parametrize(("days", "first"), [(2, "2026-02-06"), (3, "2026-02-09")])
def test_the_policy_says_how_long_it_may_take(days: int, first: str) -> None:
    """From Tuesday the 3rd two days end with Thursday; three with Friday, and Monday follows."""
    world = Story(policy=flight_days(days))
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT)
    world.until("2026-02-28")

    assert messages(world)[0] == first

"""Offers that expire: paid in time the rest is let go, else all of it is owed again."""

import pytest

from domain.message_types import ActionType, MessageType, Outcome
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story


def offered(amount: str = "700.00", day: str = "2026-02-20") -> Story:
    """EUR 700 settle the EUR 1,000, if they come by 20 February."""
    world = Story()
    assert world.says("2026-02-06 11:00", MessageType.SETTLEMENT, amount, day) == ""
    return world


@pytest.mark.parametrize("paid_at", ["2026-02-06 11:00", "2026-02-19", "2026-02-20 23:59"])
def test_an_offer_paid_in_time_settles_it_all(paid_at: str) -> None:
    """The rest is written off; the customer kept to what was agreed, so the case ends as paid."""
    world = offered()
    world.says(paid_at, MessageType.PAYMENT, "700.00")
    world.until("2026-12-31")

    assert world.outcome is Outcome.PAID
    assert (world.case.paid, world.case.written_off, world.case.open) == (70000, 30000, 0)
    assert {deed.do for deed in world.deeds[1:]} <= {
        ActionType.REMIND,
        ActionType.ACKNOWLEDGE,
        ActionType.CLOSE,
    }


def test_nothing_is_chased_while_an_offer_stands_and_it_is_put_in_writing() -> None:
    world = offered().until("2026-02-20")

    assert world.since("2026-02-06") == ["2026-02-06 acknowledge agreement-1-confirmed"]


@pytest.mark.parametrize(
    ("paid_at", "amount"), [("2026-02-21 00:00", "700.00"), ("2026-02-20", "699.50")]
)
def test_a_minute_late_or_half_a_euro_short_is_a_part_payment(paid_at: str, amount: str) -> None:
    world = offered()
    world.says(paid_at, MessageType.PAYMENT, amount)
    world.until("2026-02-24")

    assert world.case.written_off == 0
    assert world.outcome is None
    assert "2026-02-23 remind second" in world.diary


def test_money_that_was_there_before_the_offer_does_not_pay_it() -> None:
    """A down payment in the morning, an offer before noon: the rest is still to come."""
    world = Story()
    world.says("2026-02-06 09:00", MessageType.PAYMENT, "300.00")
    world.says("2026-02-06 11:00", MessageType.SETTLEMENT, "250.00", "2026-02-20")
    assert world.case.open == 70000

    world.says("2026-02-18", MessageType.PAYMENT, "250.00")
    assert world.case.open == 0
    assert world.case.written_off == 45000


def test_money_of_the_same_day_that_is_booked_later_pays_it() -> None:
    world = offered()
    world.hears(world.at("2026-02-06"), MessageType.PAYMENT, "700.00")

    assert world.case.outcome is Outcome.PAID


def test_a_returned_payment_takes_the_settlement_with_it() -> None:
    """The case opens again with all that is owed, and its original age."""
    world = offered()
    world.says("2026-02-18", MessageType.PAYMENT, "700.00")
    world.says("2026-03-02 12:00", MessageType.PAYMENT_REVERSED)
    world.until("2026-03-03")

    assert world.case.open == 100000
    assert world.outcome is None
    assert world.case.episode == 2


def test_a_later_offer_takes_the_place_of_an_earlier_one() -> None:
    world = offered()
    world.says("2026-02-10", MessageType.SETTLEMENT, "800.00", "2026-02-27")
    world.says("2026-02-12", MessageType.PAYMENT, "700.00")

    assert world.case.open == 30000
    world.says("2026-02-13", MessageType.PAYMENT, "100.00")
    assert world.case.outcome is Outcome.PAID


def test_an_offer_takes_the_place_of_a_promise() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-10")
    world.says("2026-02-09", MessageType.SETTLEMENT, "700.00", "2026-02-20")
    world.until("2026-02-20")

    assert not [deed for deed in world.deeds if deed.step.startswith("promise-broken")]


@pytest.mark.parametrize(
    ("amount", "day", "reason", "refusal"),
    [
        ("700.00", "2026-02-05", "", "2026-02-05 is already past; an offer looks ahead"),
        ("700.00", "2026-02-06", "", ""),
        ("700.00", "2026-03-08", "", ""),
        ("700.00", "2026-03-09", "", "2026-03-09 is more than 30 days away; make it shorter"),
        ("700.00", "", "", "an offer needs the last day on which it stands"),
        ("999.99", "2026-02-20", "", ""),
        (
            "1000.00",
            "2026-02-20",
            "",
            "1000.00 EUR are open; an offer asks for less than that",
        ),
        ("", "2026-02-20", "costs", ""),
        (
            "",
            "2026-02-20",
            "",
            "an offer needs the amount that settles it all, or the reason costs",
        ),
    ],
)
def test_what_may_be_offered(amount: str, day: str, reason: str, refusal: str) -> None:
    world = Story()

    assert (
        world.says("2026-02-06 12:00", MessageType.SETTLEMENT, amount, day, reason=reason)
        == refusal
    )


FEES = """
name = "fees"
charges = { leftover = "chase", asked_from = "late" }
calendar = { working_days_only = false }
[[step]]
id = "late"
on = "due+1"
do = "fee"
amount = { EUR = "10.00" }
[[step]]
id = "polite"
on = "due+10"
do = "remind"
"""


@pytest.mark.parametrize(("paid_at", "left"), [("2026-02-20", 0), ("2026-02-21", 1000)])
def test_an_offer_to_waive_the_costs_lets_them_go_if_the_invoice_is_paid_in_time(
    paid_at: str, left: int
) -> None:
    world = Story(policy=parse_policy(FEES)).until("2026-02-05")
    assert [deed.charged for deed in world.deeds] == [1000]
    assert world.says("2026-02-06", MessageType.SETTLEMENT, "", "2026-02-20", reason="costs") == ""
    world.says(paid_at, MessageType.PAYMENT, "1000.00")

    assert world.case.to_chase == left


def test_an_offer_that_the_customer_accepted_in_writing_stands() -> None:
    """P50: nothing takes it away before its day is over; and nobody accepts what was replaced."""
    world = Story().until("2026-02-06")
    offer = {"day": "2026-02-20"}
    assert world.says("2026-02-07 10:00", MessageType.SETTLEMENT, "450.00", key="s1", **offer) == ""
    assert world.says("2026-02-07 11:00", MessageType.SETTLEMENT, "500.00", key="s2", **offer) == ""
    gone = world.says("2026-02-07 12:00", MessageType.AGREEMENT_CONFIRMED, ref="s1")
    assert "taken the place" in gone
    assert world.says("2026-02-08 10:00", MessageType.AGREEMENT_CONFIRMED, ref="s2") == ""
    again = world.says("2026-02-09 10:00", MessageType.SETTLEMENT, "600.00", key="s3", **offer)

    assert "accepted the offer that stands until 2026-02-20" in again
    world.says("2026-02-19 10:00", MessageType.PAYMENT, "500.00")
    assert world.case.open == 0


@pytest.mark.parametrize(("paid", "left"), [("700.00", 30000), ("700.01", 29999)])
def test_what_an_offer_lets_go_was_left_by_money_all_the_same(paid: str, left: int) -> None:
    """What was left on a day is what money and credit had left: the offer paid nothing."""
    world = offered()
    world.says("2026-02-10", MessageType.PAYMENT, paid)

    assert world.case.left_at(world.at("2026-02-10")) == 100000
    assert world.case.left_at(world.at("2026-02-11")) == left

"""Whoever has paid is thanked where the policy wants it, once, and then the case is closed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.message_types import MessageType, Outcome
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

REMINDED = replace(standard_policy(), thank_you="reminded")
ALWAYS = replace(standard_policy(), thank_you="always")


def test_a_customer_who_paid_after_a_reminder_is_thanked_and_the_case_closes() -> None:
    """Due 4 February; the second mail goes on the 9th; the money comes on a Friday evening."""
    world = Story(policy=REMINDED)
    world.says("2026-02-13 19:30", MessageType.PAYMENT, "1000.00")
    world.until("2026-03-31")

    assert world.since("2026-02-13") == [
        "2026-02-16 acknowledge thanks",
        "2026-02-16 close close",
    ]
    assert world.outcome is Outcome.PAID
    assert world.deeds[-2].why == "the invoice is paid: a word of thanks"


@pytest.mark.parametrize(("policy", "thanked"), [(REMINDED, False), (ALWAYS, True)])
def test_who_paid_before_any_word_from_us_is_thanked_only_if_everybody_is(
    policy: Policy, thanked: bool
) -> None:
    world = Story(policy=policy)
    world.says("2026-01-06 12:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-02-28")

    assert ("2026-01-06 acknowledge thanks" in world.diary) is thanked
    assert world.outcome is Outcome.PAID


def test_who_never_got_our_reminders_was_not_reminded() -> None:
    world = Story(policy=REMINDED, reach=())
    world.says("2026-02-13 12:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-03-31")

    assert "2026-02-09 remind second (reached nobody)" in world.diary
    assert world.since("2026-02-13") == ["2026-02-13 close close"]


def test_the_standard_policy_thanks_nobody_by_itself() -> None:
    world = Story()
    world.says("2026-02-13 12:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-03-31")

    assert world.since("2026-02-13") == ["2026-02-13 close close"]


def test_money_that_goes_back_before_the_thanks_is_not_thanked_for() -> None:
    world = Story(policy=REMINDED)
    world.says("2026-02-13 19:30", MessageType.PAYMENT, "1000.00", key="p")
    world.says("2026-02-14 10:00", MessageType.PAYMENT_REVERSED, ref="p")
    world.until("2026-02-20")

    assert not [line for line in world.diary if "thanks" in line]
    assert "2026-02-17 remind renewed-money-back-1" in world.diary


def test_a_part_of_the_money_is_not_thanked_for() -> None:
    world = Story(policy=ALWAYS)
    world.says("2026-02-13 12:00", MessageType.PAYMENT, "999.00")
    world.until("2026-02-18")

    assert not [line for line in world.diary if "thanks" in line]


def test_an_invoice_that_was_credited_or_written_off_was_not_paid() -> None:
    for kind in (MessageType.CREDIT_NOTE, MessageType.WRITE_OFF):
        world = Story(policy=ALWAYS)
        world.says("2026-02-13 12:00", kind, "1000.00")
        world.until("2026-02-28")

        assert not [line for line in world.diary if "thanks" in line]
        assert world.outcome


def test_more_money_than_was_owed_is_thanked_for_once() -> None:
    world = Story(policy=REMINDED)
    world.says("2026-02-13 19:30", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-14 12:00", MessageType.PAYMENT, "30.00")
    world.says("2026-02-17 12:00", MessageType.PAYMENT, "30.00")
    world.until("2026-03-31")

    assert world.since("2026-02-13") == ["2026-02-16 acknowledge thanks", "2026-02-16 close close"]


def test_what_the_agency_has_goes_back_without_thanks_from_us_before() -> None:
    """P73: the agency stops first; what follows is between us and the customer again."""
    world = Story(policy=ALWAYS, reach=("email", "sms"))
    world.until("2026-03-20")
    assert world.case.with_agency
    world.says("2026-03-23 19:30", MessageType.PAYMENT, "1000.00")
    world.until("2026-04-30")

    assert world.since("2026-03-23") == [
        "2026-03-23 recall recall",
        "2026-03-23 release_credit release_credit",
        "2026-03-24 acknowledge thanks",
        "2026-03-24 close close",
    ]


def test_who_cannot_be_reached_is_not_looked_for_in_order_to_be_thanked() -> None:
    world = Story(policy=ALWAYS, reach=())
    world.says("2026-01-06 12:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-02-28")

    assert world.diary[-2:] == [
        "2026-01-06 acknowledge thanks (reached nobody)",
        "2026-01-06 close close",
    ]


def test_a_case_that_opens_again_and_is_paid_again_is_thanked_once_more() -> None:
    world = Story(policy=REMINDED)
    world.says("2026-02-13 12:00", MessageType.PAYMENT, "1000.00", key="p")
    world.says("2026-02-17 12:00", MessageType.PAYMENT_REVERSED, ref="p")
    world.until("2026-02-20")
    world.says("2026-03-02 12:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-03-31")

    assert [line[-6:] for line in world.diary].count("thanks") == 2
    assert world.outcome is Outcome.PAID


def test_thanks_do_not_stand_for_the_confirmation_of_an_agreement() -> None:
    """P50: promised and paid on a Saturday; the money goes back; the promise holds as before."""
    world = Story(policy=REMINDED)
    world.says("2026-02-14 10:00", MessageType.PROMISE, "1000.00", "2026-02-27")
    world.says("2026-02-14 12:00", MessageType.PAYMENT, "1000.00", key="p")
    world.says("2026-02-17 12:00", MessageType.PAYMENT_REVERSED, ref="p")
    world.until("2026-02-20")

    assert world.since("2026-02-14") == [
        "2026-02-16 acknowledge thanks",
        "2026-02-16 close close",
        "2026-02-17 reopen reopen",
        "2026-02-17 acknowledge agreement-1-confirmed",
    ]


def test_after_thanks_a_case_that_opens_again_is_reminded_as_if_nothing_had_been_said() -> None:
    """Thanks ask for nothing: the gap counts from the last reminder, of 9 February."""
    thanked, silent = Story(policy=REMINDED), Story()
    for world in (thanked, silent):
        world.says("2026-02-16 12:00", MessageType.PAYMENT, "1000.00", key="p")
        world.says("2026-02-17 08:00", MessageType.PAYMENT_REVERSED, ref="p")
        world.until("2026-04-30")

    assert "2026-02-16 acknowledge thanks" in thanked.diary
    assert [line for line in thanked.diary if "thanks" not in line] == silent.diary

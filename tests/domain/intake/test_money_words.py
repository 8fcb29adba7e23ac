"""What the sender of a message about money is told beside what is open."""

from dataclasses import replace

import pytest

from domain.intake.money_words import about_money
from domain.message_types import MessageType
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

STANDARD = standard_policy()
ROUNDING = replace(STANDARD, money=replace(STANDARD.money, write_off_below=(("EUR", 100),)))


TOO_MUCH = "are too much: allocate or refund them"


def told(world: Story) -> str:
    """What is answered to the last message."""
    return about_money(world.case, world.messages[-1], world.calendar)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("999.99", ""),
        ("1000.00", ""),
        ("1000.01", f"0.01 EUR {TOO_MUCH}"),
    ],
)
def test_what_is_too_much_is_named_to_the_cent(amount: str, expected: str) -> None:
    world = Story()
    world.says("2026-02-10 12:00", MessageType.PAYMENT, amount)

    assert told(world) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("998.99", ""),
        ("999.00", "the rest of 1.00 EUR is written off: too small to keep"),
        ("1000.00", ""),
    ],
)
def test_a_rest_that_is_written_off_is_named(amount: str, expected: str) -> None:
    world = Story(policy=ROUNDING)
    world.says("2026-02-10 12:00", MessageType.PAYMENT, amount)

    assert told(world) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("999.99", ""),
        ("1000.00", ""),
        ("1000.01", "1000.01 EUR is more than was open: 1000.00 EUR are written off"),
        ("", ""),
    ],
)
def test_a_write_off_of_more_than_is_open_is_told(amount: str, expected: str) -> None:
    world = Story()
    world.says("2026-02-10 12:00", MessageType.WRITE_OFF, amount)

    assert told(world) == expected


def test_a_correction_is_told_with_the_invoice_as_it_is_now_and_what_came_too_much() -> None:
    world = Story()
    world.says("2026-02-05 12:00", MessageType.PAYMENT, "800.00")
    world.says("2026-02-10 12:00", MessageType.INVOICE_CORRECTED, "700.00", day="2026-02-20")

    assert told(world) == (f"the invoice is 700.00 EUR now, due 2026-02-20; 100.00 EUR {TOO_MUCH}")


@pytest.mark.parametrize(
    ("amount", "answer"),
    [
        ("", "nobody is chased before 2026-02-11, unless it fails"),
        ("1000.00", "nobody is chased before 2026-02-11, unless it fails"),
        ("999.51", "nobody is chased before 2026-02-11, unless it fails"),
        ("999.50", "999.50 EUR are waited for until 2026-02-10; the rest is asked for as before"),
        ("400.00", "400.00 EUR are waited for until 2026-02-10; the rest is asked for as before"),
    ],
)
def test_money_on_its_way_says_until_when_it_is_waited_for(amount: str, answer: str) -> None:
    """What it leaves open is asked for, from the smallest sum that is worth a word (0.50).

    Days are those of the debtor's calendar: 11 February begins at 23:00 UTC.
    """
    world = Story()
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT, amount, day="2026-02-10")

    assert told(world) == answer


def test_money_on_its_way_beside_more_that_comes_sooner_covers_only_its_own_part() -> None:
    """All is covered until the 6th, but what comes by the 10th leaves a rest."""
    world = Story()
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT, "1000.00", day="2026-02-06")
    world.says("2026-02-03 11:00", MessageType.IN_FLIGHT, "400.00", day="2026-02-10")

    answer = "400.00 EUR are waited for until 2026-02-10; the rest is asked for as before"
    assert told(world) == answer


def test_money_that_is_here_is_not_awaited() -> None:
    world = Story()
    world.says("2026-02-03 09:00", MessageType.PAYMENT, "400.00")
    world.says("2026-02-03 10:00", MessageType.IN_FLIGHT, "400.00", day="2026-02-10")

    assert told(world) == "its payment is here already"


def test_money_for_an_invoice_that_is_settled_is_not_awaited() -> None:
    world = Story()
    world.says("2026-02-03 09:00", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-09 10:00", MessageType.IN_FLIGHT, "400.00", day="2026-02-10")

    assert told(world) == "nothing is left to pay, so nothing is waited for"


@pytest.mark.parametrize("kind", [MessageType.PAYMENT_REVERSED, MessageType.REFUND])
def test_after_money_went_back_it_is_told_from_when_somebody_is_chased(kind: MessageType) -> None:
    world = Story()
    world.says("2026-02-03 09:00", MessageType.PAYMENT, "1000.00", key="p1")
    world.says("2026-02-12 10:00", kind, "1000.00", ref="p1")

    assert told(world) == "nobody is chased before 2026-02-15"

"""An invoice is put right while it is chased: what was sent stays, the ladder goes on."""

from itertools import pairwise

import pytest

from domain.fold.fold import money_adds_up
from domain.message_types import MessageType, Outcome
from tests.stories.story import Story


def test_a_lower_amount_is_chased_from_now_on_and_what_was_sent_stays() -> None:
    """The polite mail spoke of 1,000; the next one speaks of 800, on the day it was due anyway."""
    world = Story().until("2026-02-05")
    assert world.says("2026-02-06", MessageType.INVOICE_CORRECTED, "800.00") == ""
    world.until("2026-02-09")

    assert [(deed.step, deed.open) for deed in world.deeds[-2:]] == [
        ("polite", 100000),
        ("second", 80000),
    ]


def test_a_later_due_date_moves_the_ladder_and_repeats_nothing() -> None:
    """Due on 4 March instead of 4 February: the polite mail went out, the second follows anew."""
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.INVOICE_CORRECTED, day="2026-03-04")
    world.until("2026-03-09")

    assert world.since("2026-02-06") == [
        "2026-02-06 reopen new-due-date",
        "2026-03-02 remind gentle",
        "2026-03-05 remind polite",
        "2026-03-09 remind second",
    ]


def test_an_earlier_due_date_is_caught_up_one_message_at_a_time() -> None:
    """Due on 12 January, put right on 3 February: never two messages on one day (P82)."""
    world = Story(due="2026-03-04")
    world.says("2026-02-03 10:00", MessageType.INVOICE_CORRECTED, day="2026-01-12")
    world.until("2026-02-20")
    days = [world.calendar.local_date(deed.at) for deed in world.deeds if deed.is_message]

    assert len(days) == len(set(days)) > 1
    assert all((b - a).days >= world.policy.minimum_gap_days for a, b in pairwise(days))


def test_corrected_below_what_was_paid_leaves_a_surplus() -> None:
    world = Story()
    world.says("2026-01-20", MessageType.PAYMENT, "900.00")
    world.says("2026-01-22", MessageType.INVOICE_CORRECTED, "850.00")
    case = world.until("2026-12-31").case

    assert (case.open, case.paid, case.surplus) == (0, 85000, 5000)
    assert world.outcome is Outcome.PAID
    assert money_adds_up(case)


def test_a_paid_invoice_that_is_corrected_upwards_opens_again() -> None:
    world = Story()
    world.says("2026-02-05 12:00", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-20 12:00", MessageType.INVOICE_CORRECTED, "1100.00")
    world.until("2026-02-20")

    assert (world.case.open, world.case.episode) == (10000, 2)


@pytest.mark.parametrize(
    ("amount", "day", "why"),
    [
        ("", "", "needs the new amount"),
        ("", "2026-01-04", "lies before issued"),
        ("", "2037-01-05", "ten years"),
        ("99.99", "", "credit notes of 100.00 EUR are more"),
        ("0.00", "", "more than zero"),
    ],
)
def test_what_cannot_be_is_refused_in_words(amount: str, day: str, why: str) -> None:
    world = Story()
    world.says("2026-01-10", MessageType.CREDIT_NOTE, "100.00")

    assert why in world.says("2026-01-20", MessageType.INVOICE_CORRECTED, amount, day)


@pytest.mark.parametrize("day", ["2026-01-05", "2036-01-12"])
def test_the_first_and_the_last_day_on_which_it_may_fall_due(day: str) -> None:
    """On the day of the invoice itself, and 3,660 days after it."""
    world = Story()
    assert world.says("2026-01-20", MessageType.INVOICE_CORRECTED, day=day) == ""
    assert str(world.case.printed_due) == day


def test_corrected_down_to_its_credit_notes_it_is_settled() -> None:
    world = Story()
    world.says("2026-01-10", MessageType.CREDIT_NOTE, "100.00")

    assert world.says("2026-01-20", MessageType.INVOICE_CORRECTED, "100.00") == ""
    assert world.case.open == 0

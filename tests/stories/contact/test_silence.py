"""Nobody answers: what a case does by itself, from the first day to the agency and after it."""

import pytest

from domain.message_types import ActionType, MessageType, Outcome
from tests.stories.story import Story

SILENT_LIFE = [
    "2026-01-08 confirm confirm-receipt",
    "2026-02-02 remind gentle",
    "2026-02-05 remind polite",
    "2026-02-09 remind second",
    "2026-02-12 call_task call",
    "2026-02-12 notify_sales sales",
    "2026-02-19 demand_letter formal",
    "2026-02-19 hold_credit credit-hold",
    "2026-03-06 demand_letter final",
    "2026-03-17 hand_off plan-b",
]


def test_a_silent_customer_hears_from_us_until_the_agency_takes_over() -> None:
    """P02 P04 P10 P11 P12 P13 P15 P16 P17: issued 5 January, due 4 February, never a word."""
    world = Story().until("2026-05-31")

    assert world.diary == SILENT_LIFE
    assert world.case.with_agency


def test_every_step_of_a_silent_life_says_why() -> None:
    """P19: a date and a reason for each."""
    world = Story().until("2026-03-31")

    assert [deed.why for deed in world.deeds][-3:] == [
        "due+15 is 2026-02-19",
        "due+30 is 2026-03-06",
        "the deadline of 2026-03-16 passed with 1000.00 EUR open",
    ]
    assert [str(deed.deadline) for deed in world.deeds if deed.deadline] == [
        "2026-03-01",
        "2026-03-16",
    ]


def test_a_known_late_payer_gets_two_short_texts_instead_of_the_gentle_mail() -> None:
    """P04: seven days and one day before the due date, by SMS."""
    world = Story(customer_class="late_payer").until("2026-05-31")

    assert world.diary[:4] == [
        "2026-01-08 confirm confirm-receipt",
        "2026-01-28 remind sms-week-before",
        "2026-02-03 remind sms-day-before",
        "2026-02-05 remind polite",
    ]
    assert world.diary[4:] == SILENT_LIFE[3:]
    assert [deed.channel for deed in world.deeds[:4]] == ["email", "sms", "sms", "email"]


def test_a_person_is_asked_about_a_case_that_the_agency_keeps_too_long() -> None:
    """P19 P72: after 90 days, then at growing distances, never forgotten."""
    world = Story().until("2027-01-31")

    assert world.since("2026-03-18") == [
        "2026-06-15 ask_person review-1",
        "2026-12-14 ask_person review-2",
    ]


def test_what_is_less_than_the_tolerance_is_let_be() -> None:
    """Chasing 49 cents costs the customer."""
    world = Story()
    world.says("2026-02-06", MessageType.PAYMENT, "999.51")
    world.until("2027-12-31")

    assert world.since("2026-02-06") == ["2026-02-06 ask_person small-rest"]
    assert world.next.do is ActionType.WAIT
    assert world.next.why == "0.49 EUR is less than is chased"


def test_what_is_exactly_the_tolerance_is_chased() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.PAYMENT, "999.50")
    world.until("2026-02-10")

    assert world.since("2026-02-06") == ["2026-02-09 remind second"]


def test_a_few_cents_do_not_keep_deliveries_back() -> None:
    """P60: the hold is lifted as soon as the account is cured, and 49 cents are."""
    world = Story().until("2026-02-19")
    world.says("2026-02-20 10:00", MessageType.PAYMENT, "999.51")
    world.until("2026-12-31")

    assert world.since("2026-02-20") == [
        "2026-02-20 release_credit release_credit",
        "2026-02-20 ask_person small-rest",
    ]


def test_what_is_still_chased_keeps_deliveries_back() -> None:
    world = Story().until("2026-02-19")
    world.says("2026-02-20 10:00", MessageType.PAYMENT, "999.50")

    assert world.until("2026-02-20").case.credit_held


def test_a_policy_without_an_agency_asks_a_person_again_and_again() -> None:
    """Silence always ends with somebody who knows."""
    world = Story()
    world.says("2026-01-06", MessageType.DISPUTE_OPENED)
    world.until("2026-12-31")

    assert world.diary == [
        "2026-01-21 ask_person dispute-1-overdue",
        "2026-02-04 ask_person dispute-1-supervisor",
        "2026-03-06 ask_person review-1",
        "2026-05-05 ask_person review-2",
        "2026-09-02 ask_person review-3",
    ]


@pytest.mark.parametrize(("paid", "open_"), [("1000.00", 0), ("1200.00", 0)])
def test_an_invoice_paid_before_anything_was_said_is_closed_without_a_word(
    paid: str, open_: int
) -> None:
    world = Story()
    world.says("2026-01-06", MessageType.PAYMENT, paid)
    world.until("2026-12-31")

    assert world.diary == ["2026-01-06 close close"]
    assert (world.outcome, world.case.open) == (Outcome.PAID, open_)

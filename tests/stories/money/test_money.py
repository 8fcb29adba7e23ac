"""Money comes, in part, in full, too much; goes back; or is credited."""

import pytest

from domain.fold.fold import money_adds_up
from domain.message_types import MessageType, Outcome
from tests.stories.story import Story


def test_payment_before_the_due_date_ends_the_story() -> None:
    world = Story()
    world.says("2026-02-03 11:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-12-31")

    assert world.since("2026-02-03") == ["2026-02-03 close close"]
    assert world.outcome is Outcome.PAID


def test_after_a_part_payment_the_rest_is_chased_on_the_same_dates() -> None:
    """The clock is not set back, and the letters speak of what is still open."""
    world = Story()
    world.says("2026-02-06 15:00", MessageType.PAYMENT, "400.00")
    world.until("2026-02-19")

    assert world.since("2026-02-06")[0] == "2026-02-09 remind second"
    assert world.deeds[-1].open == 60000


def test_the_second_half_closes_the_case_and_lifts_the_hold() -> None:
    """P60: deliveries go on as soon as the account is cured."""
    world = Story()
    world.says("2026-02-06", MessageType.PAYMENT, "400.00")
    world.says("2026-02-24 10:00", MessageType.PAYMENT, "600.00")
    world.until("2026-12-31")

    assert world.since("2026-02-20") == [
        "2026-02-24 release_credit release_credit",
        "2026-02-24 close close",
    ]


def test_what_is_paid_too_much_is_a_bucket_of_its_own() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.PAYMENT, "1000.01")
    case = world.until("2026-02-06").case

    assert (case.open, case.paid, case.surplus) == (0, 100000, 1)
    assert money_adds_up(case)


def test_money_with_an_earlier_value_date_stops_what_comes_next() -> None:
    """The bank tells us on the 10th what came on the 7th: the mail of the 9th had gone out."""
    world = Story().until("2026-02-09")
    world.says("2026-02-10 08:00", MessageType.NUDGE)
    world.hears(world.at("2026-02-07"), MessageType.PAYMENT, "1000.00")
    world.until("2026-12-31")

    assert world.since("2026-02-10") == ["2026-02-10 close close"]


def test_a_returned_payment_opens_the_next_episode_with_the_original_age() -> None:
    """The firmest word is said once more, then the ladder goes on; no step is lost or doubled."""
    world = Story()
    world.says("2026-02-10 12:00", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-24 12:00", MessageType.PAYMENT_REVERSED, "1000.00")
    world.until("2026-03-31")

    assert world.since("2026-02-09") == [
        "2026-02-09 remind second",
        "2026-02-10 close close",
        "2026-02-24 reopen reopen",
        "2026-02-27 remind renewed-money-back-1",
        "2026-03-09 call_task call",
        "2026-03-09 notify_sales sales",
        "2026-03-09 demand_letter formal",
        "2026-03-11 hold_credit credit-hold",
        "2026-03-20 demand_letter final",
        "2026-03-31 hand_off plan-b",
    ]
    assert {deed.episode for deed in world.deeds} == {1, 2}


def test_a_payment_that_is_returned_before_the_due_date_leaves_the_dates_alone() -> None:
    world = Story()
    world.says("2026-01-20", MessageType.PAYMENT, "1000.00")
    world.says("2026-01-26 10:00", MessageType.PAYMENT_REVERSED)
    world.until("2026-02-05")

    assert world.since("2026-01-21") == [
        "2026-01-26 reopen reopen",
        "2026-02-02 remind gentle",
        "2026-02-05 remind polite",
    ]


def test_after_a_returned_payment_the_last_letter_and_its_deadline_are_given_again() -> None:
    """Also where a broken promise was the last thing said: the Plan B needs a deadline."""
    world = Story().until("2026-03-06")
    world.says("2026-03-09", MessageType.PROMISE, day="2026-03-11")
    world.says("2026-03-13 12:00", MessageType.PAYMENT, "1000.00")
    world.says("2026-03-27 12:00", MessageType.PAYMENT_REVERSED)
    world.until("2026-04-30")

    assert world.since("2026-03-12") == [
        "2026-03-12 call_task agreement-1-call",
        "2026-03-12 remind promise-broken-1",
        "2026-03-13 release_credit release_credit",
        "2026-03-13 close close",
        "2026-03-27 reopen reopen",
        "2026-03-30 remind renewed-money-back-1",
        "2026-04-08 hold_credit credit-hold",  # its deadline is Easter Monday
        "2026-04-08 hand_off plan-b",
    ]


def test_a_reversal_names_its_payment_or_means_the_last_one() -> None:
    """A credit note in between is no payment."""
    world = Story()
    world.says("2026-02-06", MessageType.PAYMENT, "300.00", key="payment/bank/1")
    world.says("2026-02-07", MessageType.PAYMENT, "200.00", key="payment/bank/2")
    world.says("2026-02-08", MessageType.CREDIT_NOTE, "50.00")

    assert world.says("2026-02-09", MessageType.PAYMENT_REVERSED, ref="1") == ""
    assert world.case.received == 20000
    assert world.says("2026-02-10", MessageType.PAYMENT_REVERSED) == ""
    assert world.case.received == 0
    assert "no payment" in world.says("2026-02-11", MessageType.PAYMENT_REVERSED)


def test_a_credit_note_over_all_of_it_closes_the_case() -> None:
    world = Story()
    world.says("2026-02-10", MessageType.CREDIT_NOTE, "1000.00")
    world.until("2026-12-31")

    assert world.since("2026-02-10") == ["2026-02-10 close close"]
    assert world.case.credited == 100000


def test_a_credit_note_in_part_leaves_the_rest_to_be_chased() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.CREDIT_NOTE, "250.00")
    world.until("2026-02-09")

    assert world.diary[-1] == "2026-02-09 remind second"
    assert world.deeds[-1].open == 75000


def test_a_cancelled_credit_note_opens_the_case_again() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.CREDIT_NOTE, "1000.00")
    world.says("2026-02-11 10:00", MessageType.CREDIT_NOTE_CANCELLED, "1000.00")
    world.until("2026-02-13")

    assert world.since("2026-02-11") == [
        "2026-02-11 reopen reopen",
        "2026-02-11 remind renewed-reopened-1",
    ]


def test_a_written_off_invoice_is_left_alone_and_comes_back_where_it_would_stand() -> None:
    """KB-12: undone, it is at the level that its age has reached meanwhile."""
    world = Story().until("2026-01-31")
    world.says("2026-02-04", MessageType.WRITE_OFF)
    world.says("2026-02-10 10:00", MessageType.WRITE_OFF_UNDONE)
    world.until("2026-02-12")

    assert world.since("2026-02-04") == [
        "2026-02-04 close close",
        "2026-02-10 reopen reopen",
        "2026-02-10 remind polite",
        "2026-02-12 remind second",
    ]


def test_writing_off_a_part_leaves_the_rest_to_be_chased() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.WRITE_OFF, "100.00")
    world.until("2026-02-09")

    assert world.deeds[-1].open == 90000


def test_nothing_can_be_written_off_where_nothing_is_open() -> None:
    """Else a payment that bounces later would be given up without anybody's word."""
    world = Story()
    world.says("2026-02-06", MessageType.PAYMENT, "1000.00")

    assert "nothing is open" in world.says("2026-02-07", MessageType.WRITE_OFF)
    world.says("2026-02-10", MessageType.PAYMENT_REVERSED)
    assert world.case.open == 100000


def test_a_write_off_does_not_lift_the_hold() -> None:
    """P60: a debt that was given up cures nothing."""
    world = Story().until("2026-02-20")
    world.says("2026-02-23", MessageType.WRITE_OFF)
    world.until("2026-12-31")

    assert world.since("2026-02-20") == ["2026-02-23 close close"]
    assert world.case.credit_held
    assert world.outcome is Outcome.WRITTEN_OFF


@pytest.mark.parametrize("day", ["2026-01-20", "2026-02-10", "2026-03-10", "2026-04-10"])
def test_a_withdrawn_invoice_is_never_mentioned_again(day: str) -> None:
    world = Story()
    world.says(day, MessageType.WITHDRAWN)
    world.until("2027-12-31")

    assert world.since(day)[-1] == f"{day} close close"
    assert not [line for line in world.since(day) if " remind " in line or "demand" in line]
    assert world.outcome is Outcome.WITHDRAWN

"""Disputes and pauses: the ladder stands still, and goes on where it stood (P41)."""

from domain.message_types import MessageType
from tests.stories.story import Story


def test_while_all_of_it_is_disputed_nothing_is_chased() -> None:
    """P41 P19: but a person is asked before it is forgotten."""
    world = Story().until("2026-02-05")
    world.says("2026-02-06 12:00", MessageType.DISPUTE_OPENED, reason="goods damaged")
    world.until("2026-04-30")

    assert world.since("2026-02-06") == [
        "2026-02-23 ask_person dispute-1-overdue",
        "2026-03-09 ask_person dispute-1-supervisor",
        "2026-04-08 ask_person review-1",
    ]


def test_a_settled_dispute_lets_the_ladder_go_on_where_it_stood() -> None:
    """P41: not from level 1, and no burst: each message at least two days after the one before."""
    world = Story().until("2026-02-05")
    world.says("2026-02-06 12:00", MessageType.DISPUTE_OPENED)
    world.says("2026-03-04 12:00", MessageType.DISPUTE_SETTLED)
    world.until("2026-04-30")

    assert world.since("2026-02-06") == [
        "2026-02-23 ask_person dispute-1-overdue",
        "2026-03-04 remind second",
        "2026-03-12 call_task call",
        "2026-03-12 notify_sales sales",
        "2026-03-12 demand_letter formal",
        "2026-03-16 hold_credit credit-hold",
        "2026-03-24 demand_letter final",  # the formal one's deadline is Sunday the 22nd
        "2026-04-08 hand_off plan-b",  # this one's is Good Friday
    ]


def test_the_undisputed_rest_stays_due() -> None:
    """P41: 300 of 1,000 are contested; the letters go on, the agency waits for the answer."""
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.DISPUTE_OPENED, "300.00")
    assert world.case.undisputed == 70000
    world.until("2026-03-31")

    assert "2026-03-06 demand_letter final" in world.diary
    assert not [line for line in world.diary if "hand_off" in line]


def test_when_the_undisputed_rest_is_paid_the_chasing_stops() -> None:
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.DISPUTE_OPENED, "300.00")
    world.says("2026-02-07", MessageType.PAYMENT, "700.00")
    world.until("2026-03-08")

    assert world.since("2026-02-06") == ["2026-02-23 ask_person dispute-1-overdue"]


def test_a_dispute_settled_by_a_credit_note_leaves_what_is_owed() -> None:
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.DISPUTE_OPENED, "300.00", key="d1")
    world.says("2026-02-10 09:00", MessageType.CREDIT_NOTE, "300.00")
    world.says("2026-02-10 09:00", MessageType.DISPUTE_SETTLED, ref="d1")
    world.until("2026-02-19")

    assert world.deeds[-1].open == 70000
    assert world.diary[-2] == "2026-02-19 demand_letter formal"


def test_of_two_disputes_one_is_settled_and_the_other_holds() -> None:
    world = Story()
    world.says("2026-01-06", MessageType.DISPUTE_OPENED, key="d1")
    world.says("2026-01-07", MessageType.DISPUTE_OPENED, key="d2")
    assert world.says("2026-01-08", MessageType.DISPUTE_SETTLED, ref="d1") == ""
    world.until("2026-02-05")

    assert [dispute.key for dispute in world.case.disputes] == ["d2"]
    assert "no open dispute" in world.says("2026-02-06", MessageType.DISPUTE_SETTLED, ref="d1")


def test_a_pause_lasts_to_the_end_of_its_last_day() -> None:
    """Until 10 February means: on the 11th at nine we go on, and with the message that was next."""
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.PAUSE, day="2026-02-10")
    world.until("2026-02-12")

    assert world.since("2026-02-06") == ["2026-02-11 remind second"]


def test_a_pause_without_an_end_lasts_until_somebody_ends_it() -> None:
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.PAUSE)
    world.until("2026-03-31")
    assert world.since("2026-02-06") == ["2026-03-09 ask_person review-1"]

    world.says("2026-04-01 14:00", MessageType.RESUME)
    world.until("2026-04-03")

    assert world.since("2026-04-01") == ["2026-04-01 remind second"]


def test_a_later_pause_takes_the_place_of_an_earlier_one() -> None:
    world = Story().until("2026-02-05")
    world.says("2026-02-06", MessageType.PAUSE, day="2026-03-31")
    world.says("2026-02-07", MessageType.PAUSE, day="2026-02-09")
    world.until("2026-02-10")

    assert world.since("2026-02-06") == ["2026-02-10 remind second"]


def test_a_message_that_reached_nobody_goes_to_a_person_and_the_agency_waits() -> None:
    """P14: the last demand has bounced; a Plan B needs a demand that somebody got."""
    world = Story().until("2026-03-05")
    world.reach = frozenset()
    world.until("2026-04-04")

    assert world.since("2026-03-05") == [
        "2026-03-06 demand_letter final (reached nobody)",
        "2026-03-06 ask_person unreached",
    ]
    world.says("2026-04-05", MessageType.HANDOFF_APPROVED, by="m.weber")
    world.until("2026-04-30")

    assert world.since("2026-04-05") == ["2026-04-07 hand_off plan-b-approved"]


def test_a_customer_nobody_can_reach_gets_to_a_person_not_to_the_agency() -> None:
    world = Story(reach=()).until("2026-06-30")

    assert "2026-03-06 ask_person unreached" in world.diary
    assert "2026-04-07 ask_person review-1" in world.diary  # Easter Monday is the 6th
    assert not [line for line in world.diary if "hand_off" in line]


def test_an_early_message_that_reached_nobody_stops_nothing() -> None:
    world = Story(reach=()).until("2026-02-05")
    world.reach = frozenset({"email"})
    world.until("2026-03-31")

    assert world.diary[-1] == "2026-03-17 hand_off plan-b"

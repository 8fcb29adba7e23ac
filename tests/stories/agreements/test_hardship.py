"""Who cannot pay gets an offer, not pressure (P42); and what calls tell."""

from domain.case.agreement_types import HARDSHIP
from domain.message_types import MessageType
from tests.stories.disputes.test_disputes import contested
from tests.stories.story import Story


def test_hardship_is_met_with_an_offer_and_no_pressure() -> None:
    """P42: even a part stops the whole; no task and no letter, but the question what to offer."""
    world = contested("100.00", HARDSHIP).until("2026-05-31")

    assert {line.split()[1] for line in world.since("2026-02-06")} == {"ask_person"}
    assert "offer an extension or a plan" in world.deeds[-1].why


def test_an_agreement_is_what_hardship_asked_for_and_it_is_watched_again() -> None:
    """P42 P52: the extension is kept or broken like any promise."""
    world = contested("", HARDSHIP)
    assert world.says("2026-02-10 10:00", MessageType.PROMISE, day="2026-02-27") == ""
    assert not world.case.in_hardship
    world.until("2026-03-02")

    late = world.since("2026-02-27")
    assert "2026-03-02 remind promise-broken-1" in late


def test_a_call_that_hears_of_hardship_stops_the_pressure() -> None:
    world = Story().until("2026-02-05")
    world.says("2026-02-06 12:00", MessageType.CALL_RESULT, reason="hardship")
    world.says("2026-02-06 13:00", MessageType.CALL_RESULT, reason="hardship")
    world.until("2026-03-05")

    assert world.since("2026-02-06") == ["2026-02-23 ask_person dispute-1-overdue"]
    assert len(world.case.disputes) == 1


def test_who_says_that_it_is_paid_is_left_alone_for_two_working_days_once() -> None:
    """Said on Friday: the reminder that was due on Monday comes on Tuesday at nine."""
    world = Story().until("2026-02-05")
    world.says("2026-02-06 12:00", MessageType.CALL_RESULT, reason="paid_claim")
    world.until("2026-02-10")
    assert world.since("2026-02-06") == ["2026-02-10 remind second"]
    assert world.case.open == 100000

    world.says("2026-02-11 12:00", MessageType.CALL_RESULT, reason="paid_claim")
    world.until("2026-02-12")
    assert "2026-02-12 call_task call" in world.diary


def test_a_plan_that_the_customer_accepts_in_writing_settles_the_hardship() -> None:
    """P42, P50: from then on each instalment is watched by itself, as of any plan."""
    world = Story()
    world.says("2026-02-10", MessageType.DISPUTE_OPENED, reason="hardship")
    world.says("2026-02-11", MessageType.PLAN_PROPOSED, day="2026-02-20", reason="2 weekly")
    assert world.case.in_hardship

    world.says("2026-02-12", MessageType.AGREEMENT_CONFIRMED)
    assert not world.case.in_hardship

    world.until("2026-02-23")
    assert "instalment-1-1-missed" in {deed.step for deed in world.deeds}

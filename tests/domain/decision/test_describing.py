"""What an operator sees of a case is true when it is read, and short however much is contested."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.case.agreement_types import Dispute
from domain.case.facts import Action
from domain.decision.describing import LONGEST_DETAILS, case_details, who_has
from domain.message_types import ActionType, MessageType
from tests.domain.calls.test_call_meaning import BERLIN, CASE, FRIDAY
from tests.stories.story import Story

WAIT = Action(do=ActionType.WAIT, at=None, why="nothing is due")


@pytest.mark.parametrize("count", [1, 2000])
def test_the_page_of_a_case_that_is_contested_so_often_is_not_longer_than_a_page(
    count: int,
) -> None:
    one = Dispute(key="d", opened_at=FRIDAY, amount=1)
    page = case_details(replace(CASE, disputes=(one,) * count), WAIT, BERLIN, FRIDAY)

    assert "why: nothing is due" in page
    assert "0.01 EUR" in page
    assert len(page) <= LONGEST_DETAILS


PROMISED_FOR = "2026-12-18"


def page(world: Story) -> str:
    return case_details(world.case, world.next, world.calendar, world.now)


def promised() -> Story:
    """An invoice due on 4 November 2026, promised on the 27th for the 18th of December."""
    world = Story(issued="2026-10-05", due="2026-11-04")
    world.says("2026-11-27 10:00", MessageType.PROMISE, day=PROMISED_FOR)
    return world.until("2026-11-27")


@pytest.mark.parametrize(
    ("read_on", "why"),
    [
        ("2026-11-29 12:00", f"if the money promised for {PROMISED_FOR} has not come by then"),
        ("2026-12-18 12:00", f"if the money promised for {PROMISED_FOR} has not come by then"),
        ("2026-12-21 08:59", f"if the money promised for {PROMISED_FOR} has not come by then"),
        ("2026-12-21 09:00", f"the money promised for {PROMISED_FOR} has not come"),
    ],
)
def test_the_page_says_of_a_promise_only_what_is_true_when_it_is_read(
    read_on: str, why: str
) -> None:
    """F10, P52: the next deed is no fact before its instant; its reason is one afterwards."""
    world = promised()
    lines = case_details(world.case, world.next, world.calendar, world.at(read_on)).splitlines()

    assert f"- why: {why}" in lines


def _planned() -> Story:
    world = Story(issued="2026-10-05", due="2026-11-04")
    world.says("2026-11-10 10:00", MessageType.PLAN_AGREED, day="2026-12-01", reason="2 monthly")
    return world.until("2026-11-10")


def _contested() -> Story:
    world = Story(issued="2026-10-05", due="2026-11-04")
    world.says("2026-11-10 10:00", MessageType.DISPUTE_OPENED, reason="goods")
    return world.until("2026-11-10")


def _paused() -> Story:
    world = Story(issued="2026-10-05", due="2026-11-04").until("2026-11-25")
    world.says("2026-11-26 10:00", MessageType.PAUSE, day="2026-12-15")
    return world.until("2026-11-26")


def _after_the_last_letter() -> Story:
    return Story(issued="2026-10-05", due="2026-11-04").until("2026-12-07")


@pytest.mark.parametrize(
    ("world", "ahead"),
    [
        (_planned, "if the instalment of 2026-12-01 has not come by then"),
        (_contested, "if the dispute about all of it, due on 2026-11-24, is not settled: "),
        (_paused, "if the case goes on then: what is owed now is asked for anew"),
        (_after_the_last_letter, "if 1000.00 EUR are still open by then (after the deadline of "),
    ],
)
def test_what_may_turn_out_otherwise_is_said_as_a_condition(
    world: Callable[[], Story], ahead: str
) -> None:
    """F10: for every kind of deed that hangs on something which has not happened yet."""
    told = world()

    assert f"- why: {ahead}" in page(told)
    assert told.next.why != told.next.ahead


def test_the_record_states_it_as_a_fact() -> None:
    done = next(d for d in promised().until("2026-12-22").deeds if d.step == "agreement-1-call")

    assert done.why == f"the money promised for {PROMISED_FOR} has not come"


def test_a_case_is_in_somebodys_hands_until_it_is_closed() -> None:
    world = Story(issued="2026-10-05", due="2026-11-04").until("2026-11-05")
    assert who_has(world.case, world.calendar) == "we"

    world.says("2026-11-06 12:00", MessageType.PAYMENT, "1000.00")
    paid = world.case
    assert paid.outcome
    assert who_has(replace(paid, closed=False), world.calendar) == "we"
    world.until("2026-11-10")
    assert who_has(world.case, world.calendar) == "nobody: it is closed (paid)"


def test_a_case_that_the_agency_has_says_since_when() -> None:
    world = Story(issued="2026-01-05", due="2026-02-04").until("2026-06-30")
    gone = next(deed.at for deed in world.deeds if deed.step == "plan-b")
    assert who_has(world.case, world.calendar) == (
        f"the agency, since {world.calendar.local_date(gone)}"
    )


def test_the_page_begins_with_what_comes_next_and_names_no_sum_that_is_nothing() -> None:
    """The next step and its reason come first, at the debtor's own time; zeros are left out."""
    world = Story(issued="2026-10-05", due="2026-11-04")
    lines = page(world).splitlines()

    assert lines[2].startswith("- next: **confirm")
    assert "CEST (2026-" in lines[2]
    assert lines[3].startswith("- why: ")
    assert not any(line.startswith(("- paid", "- credited", "- written off")) for line in lines)

    world.says("2026-11-10 10:00", MessageType.PAYMENT, "100.00")
    assert "- paid 100.00 EUR" in page(world)
    assert "- credited" not in page(world)

"""What was agreed makes nothing due sooner than the invoice itself, and nobody writes twice."""

import pytest

from domain.agreements.promises import PromiseState, state_of
from domain.case.model import Deed
from domain.message_types import ActionType, MessageType, Result
from tests.stories.story import Story


@pytest.mark.parametrize(
    ("day", "then"),
    [
        ("2026-01-20", "2026-02-05"),
        ("2026-02-03", "2026-02-05"),
        ("2026-02-04", "2026-02-05"),
        ("2026-02-05", "2026-02-06"),
    ],
)
def test_whoever_promises_to_pay_before_the_due_date_is_late_after_the_due_date(
    day: str, then: str
) -> None:
    """Due on 4 February: nobody calls or holds deliveries back for what is not due yet."""
    world = Story()
    world.says("2026-01-12 10:00", MessageType.PROMISE, day=day)
    assert world.case.promises[0].plan_b.check_at == world.at(then)
    world.until("2026-02-10")

    assert world.since("2026-01-13") == [
        f"{then} call_task agreement-1-call",
        f"{then} hold_credit cash-only",
        f"{then} remind promise-broken-1",
    ]


def test_a_promise_over_which_the_due_date_moved_out_is_spoken_of_after_the_new_one() -> None:
    """A8: promised for the 12th; on the 11th the invoice becomes due on Friday the 20th."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.PROMISE, day="2026-02-12")
    world.says("2026-02-11", MessageType.INVOICE_CORRECTED, day="2026-02-20")
    world.until("2026-02-23")

    assert world.since("2026-02-12") == [
        "2026-02-23 call_task agreement-1-call",
        "2026-02-23 hold_credit cash-only",
        "2026-02-23 remind promise-broken-1",
    ]


@pytest.mark.parametrize(
    ("paid_at", "state"),
    [
        ("2026-02-12 10:00", PromiseState.KEPT),
        ("2026-02-20 23:59", PromiseState.KEPT),
        ("2026-02-21 00:00", PromiseState.KEPT_LATE),
    ],
)
def test_who_was_given_more_time_and_pays_in_it_broke_no_promise(
    paid_at: str, state: PromiseState
) -> None:
    """A8: promised for the 12th; on the 11th the invoice becomes due on Friday the 20th."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.PROMISE, day="2026-02-12")
    world.says("2026-02-11", MessageType.INVOICE_CORRECTED, day="2026-02-20")
    world.says(paid_at, MessageType.PAYMENT, "1000.00")
    world.until("2026-02-25")

    assert state_of(world.case, world.case.promises[0], world.now) is state
    assert not [line for line in world.diary if "broken" in line]


@pytest.mark.parametrize(("moved", "kept"), [("2026-02-12 23:59", True), ("2026-02-13", False)])
def test_a_promise_that_was_broken_already_stays_so_when_the_due_date_moves(
    moved: str, *, kept: bool
) -> None:
    """Just before the promised day is over, and just as it is."""
    world = Story()
    world.says("2026-02-06 10:00", MessageType.PROMISE, day="2026-02-12")
    world.says(moved, MessageType.INVOICE_CORRECTED, day="2026-02-20")
    world.says("2026-02-20 10:00", MessageType.PAYMENT, "1000.00")
    promise = world.until("2026-02-20").case.promises[0]

    state = PromiseState.KEPT if kept else PromiseState.KEPT_LATE
    assert state_of(world.case, promise, world.now) is state


@pytest.mark.parametrize(
    ("written", "then"), [("2026-02-12 23:59", True), ("2026-02-13 00:00", False)]
)
def test_whoever_wrote_since_the_promise_was_broken_need_not_write_again(
    written: str, *, then: bool
) -> None:
    """A collector's own letter, just before the promise is over and just as it is."""
    world = Story()
    world.says("2026-02-06 11:00", MessageType.PROMISE, day="2026-02-12")
    world.live(world.at("2026-02-12 23:00"))
    own = Deed(step="by-hand", do=ActionType.REMIND, at=world.at(written), result=Result.ACCEPTED)
    world.did(own)
    world.until("2026-02-20")

    assert ("promise-broken-1" in {deed.step for deed in world.deeds}) is then


@pytest.mark.parametrize(
    ("day", "missed", "over"),
    [
        ("2026-01-20", "2026-01-21", "2026-02-05"),
        ("2026-01-28", "2026-01-29", "2026-02-05"),  # its cure ends on the due date
        ("2026-01-29", "2026-01-30", "2026-02-06"),
    ],
)
def test_an_instalment_before_the_due_date_makes_nothing_else_due_before_it(
    day: str, missed: str, over: str
) -> None:
    """Due on 4 February: a word about the instalment, but no call, hold or whole balance yet."""
    world = Story()
    world.says("2026-01-12 10:00", MessageType.PLAN_AGREED, day=day, reason="3 monthly")
    world.until("2026-02-10")

    assert [line for line in world.since("2026-01-13") if "second" not in line] == [
        f"{missed} remind instalment-1-1-missed",
        f"{over} call_task instalment-1-1-call",
        f"{over} hold_credit cash-only",
        f"{over} remind instalment-1-1-over",
    ]

"""Faults that fresh eyes found, each as a story that must not come back."""

import pytest

from domain.agreements.promises import PromiseState, state_of
from domain.message_types import MessageType
from tests.stories.story import Story


def test_a_named_reversal_never_takes_more_than_its_own_payment() -> None:
    world = Story()
    world.says("2026-01-20", MessageType.PAYMENT, "300.00", key="A")
    world.says("2026-01-21", MessageType.PAYMENT, "200.00", key="B")

    refused = world.says("2026-01-22", MessageType.PAYMENT_REVERSED, "400.00", ref="B")

    assert refused == "payment B is 200.00 EUR, and no more"
    assert world.case.paid == 50000


def test_a_cancelled_credit_note_is_the_one_that_is_named() -> None:
    world = Story()
    world.says("2026-01-20", MessageType.CREDIT_NOTE, "90.00", key="A")
    world.says("2026-01-21", MessageType.CREDIT_NOTE, "50.00", key="B")

    assert world.says("2026-01-22", MessageType.CREDIT_NOTE_CANCELLED, ref="C")
    assert world.says("2026-01-22", MessageType.CREDIT_NOTE_CANCELLED, ref="B") == ""
    assert world.case.credited == 9000


def test_money_after_the_check_does_not_keep_a_promise() -> None:
    """P51: it was decided on its day; what comes later is late."""
    world = Story().until("2026-02-10")
    world.says("2026-02-11 10:00", MessageType.PROMISE, day="2026-02-13")
    world.until("2026-02-16")
    world.says("2026-02-17 10:00", MessageType.PAYMENT, "1000.00")
    promise = world.case.running_promise

    assert promise is not None
    assert state_of(world.case, promise, promise.plan_b.check_at) is PromiseState.BROKEN


def test_a_later_reversal_does_not_break_a_promise_that_was_kept() -> None:
    world = Story().until("2026-02-10")
    world.says("2026-02-11 10:00", MessageType.PROMISE, day="2026-02-13")
    world.says("2026-02-12 10:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-02-20")
    world.says("2026-02-23 10:00", MessageType.PAYMENT_REVERSED)
    promise = world.case.running_promise

    assert promise is not None
    assert state_of(world.case, promise, promise.plan_b.check_at) is PromiseState.KEPT


def test_a_paid_invoice_cannot_be_withdrawn() -> None:
    world = Story()
    world.says("2026-01-20", MessageType.PAYMENT, "1000.00")

    assert "is paid" in (world.says("2026-01-22", MessageType.WITHDRAWN) or "")


@pytest.mark.parametrize("opened", ["2026-02-05", "2026-02-20"])
def test_nobody_is_asked_whether_an_invoice_arrived_that_is_already_due(opened: str) -> None:
    """P02 belongs before the due date."""
    world = Story(opened=opened).until("2026-03-10")

    assert [line for line in world.diary if "confirm" in line] == []


def test_a_review_tells_the_true_age_of_a_standstill() -> None:
    world = Story().until("2026-03-20")
    reviews = [deed.why for deed in world.foresee(4) if deed.step.startswith("review")]

    assert reviews[0].startswith("the agency has had the case for 9")
    assert reviews[1].startswith("the agency has had the case for 27")

"""Agreements that were kept stay kept, whatever is put right about the invoice afterwards."""

from dataclasses import replace

from activities.cases.announcing import of_agreements
from domain.agreements.plans import PlanState, plan_state
from domain.agreements.promises import PromiseState, check_promise, state_of
from domain.history.record import record_of
from domain.message_types import MessageType, Outcome
from domain.payments.discounts import discount_of
from tests.stories.story import Story


def steps_after(world: Story, day: str) -> set[str]:
    """The names of all that was done from a day on."""
    return {deed.step for deed in world.deeds if deed.at >= world.at(day)}


def test_a_kept_promise_stays_kept_when_the_invoice_is_corrected_upwards() -> None:
    """1,000 promised for the 10th and paid on the 9th; on the 20th it turns out to be 1,200."""
    world = Story()
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-10")
    world.says("2026-02-09", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-20", MessageType.INVOICE_CORRECTED, "1200.00")
    world.until("2026-03-31")

    after = steps_after(world, "2026-02-20")
    assert not {step for step in after if step.startswith(("promise-broken", "agreement-"))}
    assert "cash-only" not in after
    assert after  # the ladder goes on for the 200 that are open
    assert record_of(world.case, world.calendar).promises_kept == 1


def test_a_promise_of_the_old_sum_is_kept_by_the_old_sum() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-10")
    world.says("2026-02-08", MessageType.INVOICE_CORRECTED, "1200.00")
    world.says("2026-02-09", MessageType.PAYMENT, "1000.00")
    world.until("2026-02-12")

    assert not [step for step in steps_after(world, "2026-02-09") if "broken" in step]


def test_a_promise_of_all_of_it_is_not_kept_by_less_than_was_asked_for() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-10")
    world.says("2026-02-08", MessageType.INVOICE_CORRECTED, "1200.00")
    world.says("2026-02-09", MessageType.PAYMENT, "999.50")
    world.until("2026-02-12")

    assert "promise-broken-1" in steps_after(world, "2026-02-09")


def test_paid_instalments_stay_paid_when_the_invoice_is_corrected_upwards() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.PLAN_AGREED, day="2026-02-13", reason="2 weekly")
    world.says("2026-02-13", MessageType.PAYMENT, "500.00")
    world.says("2026-02-16", MessageType.INVOICE_CORRECTED, "1200.00")
    world.says("2026-02-20", MessageType.PAYMENT, "500.00")
    world.until("2026-03-31")

    assert not {step for step in steps_after(world, "2026-02-16") if "instalment" in step}
    assert plan_state(world.case, world.case.plans[0], world.now) is PlanState.KEPT
    assert world.case.open == 20000


def test_a_promise_that_was_kept_with_the_discount_counts_as_kept() -> None:
    """P07: 980 in time settle 1,000, so nothing of what was promised is missing."""
    world = Story(issued="2026-01-26")
    terms = discount_of("2", "14", None, world.invoice.issued, world.invoice.amount)
    world.invoice = replace(world.invoice, discount=terms)
    world.says("2026-02-05", MessageType.PROMISE, day="2026-02-09")
    world.says("2026-02-06", MessageType.PAYMENT, "980.00")
    world.until("2026-03-01")

    assert world.outcome is Outcome.PAID
    assert state_of(world.case, world.case.promises[0], world.now) is PromiseState.KEPT
    assert record_of(world.case, world.calendar).promises_kept == 1


def test_a_promise_whose_place_a_plan_took_is_neither_kept_nor_broken() -> None:
    """Not even when the plan is given up later: the ladder goes on, and nobody speaks of it."""
    world = Story()
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-12")
    world.says("2026-02-10", MessageType.PLAN_AGREED, day="2026-02-20", reason="3 monthly")
    world.until("2026-02-16")
    assert list(check_promise(world.case, world.now)) == []
    assert [event.kind for event in of_agreements(world.case, world.now)] == []

    world.says("2026-02-17", MessageType.PLAN_ENDED)
    world.until("2026-04-30")
    assert not {step for step in steps_after(world, "2026-02-10") if "broken" in step}
    assert "cash-only" not in steps_after(world, "2026-02-10")


def test_a_promise_whose_place_an_offer_took_is_neither_kept_nor_broken() -> None:
    world = Story()
    world.says("2026-02-06", MessageType.PROMISE, day="2026-02-12")
    world.says("2026-02-10", MessageType.SETTLEMENT, "700.00", day="2026-02-27")
    world.until("2026-04-30")

    assert list(check_promise(world.case, world.now)) == []
    assert [event.kind for event in of_agreements(world.case, world.now)] == []

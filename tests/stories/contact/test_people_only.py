"""Customers whom nothing automatic may reach: a person is asked, and nobody else."""

import pytest

from domain.decision.deeds import IN_THE_WINDOW
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, MessageType
from domain.parties.customer import Customer
from domain.policy.model import Anchor, Base, PlanB, Policy, Step
from tests.stories.story import Story

VULNERABLE = Customer(vulnerable=True)
LEFT_ALONE = Customer(do_not_contact=True)
POLICY = Policy(
    name="hard",
    steps=(
        Step(id="before", on=Anchor(Base.DUE, -3), do=ActionType.REMIND, channels=("email",)),
        Step(id="polite", on=Anchor(Base.DUE, 1), do=ActionType.REMIND, channels=("email",)),
        Step(id="call", on=Anchor(Base.DUE, 4), do=ActionType.CALL_TASK),
    ),
    plan_b=PlanB(on=Anchor(Base.DUE, 10), do=ActionType.HAND_OFF),
    working_days_only=False,
)


def guarded(customer: Customer = VULNERABLE) -> Story:
    """A customer who may carry flags that change as the story goes on."""
    return Story(policy=POLICY, customer=customer)


@pytest.mark.parametrize("customer", [VULNERABLE, LEFT_ALONE])
def test_a_person_is_asked_when_it_is_overdue_and_again_at_reviews(customer: Customer) -> None:
    """No message, no call, no handoff, for months."""
    world = guarded(customer).until("2026-05-20")

    assert world.diary == [
        "2026-02-05 ask_person human-only",
        "2026-03-07 ask_person review-1",
        "2026-05-06 ask_person review-2",
    ]
    assert not {deed.do for deed in world.deeds} & (MESSAGES_TO_DEBTOR | IN_THE_WINDOW)


def test_an_approved_handoff_does_not_reach_a_vulnerable_customer() -> None:
    """D1."""
    world = guarded()
    world.says("2026-02-10", MessageType.HANDOFF_APPROVED, by="ann")
    world.until("2026-03-10")

    assert ActionType.HAND_OFF not in {deed.do for deed in world.deeds}


def test_the_ladder_goes_on_when_the_flag_is_taken_away() -> None:
    world = guarded().until("2026-02-06")
    world.home.customer = Customer()
    world.until("2026-02-08")

    assert world.diary == [
        "2026-02-05 ask_person human-only",
        "2026-02-07 remind polite",
        "2026-02-08 call_task call",
    ]


def test_what_the_agency_has_is_a_persons_question_and_it_hears_what_changes() -> None:
    world = guarded(Customer()).until("2026-02-20")
    assert world.case.with_agency
    world.home.customer = VULNERABLE
    world.says("2026-02-26 10:00", MessageType.PAYMENT, "100.00")
    world.until("2026-02-26")

    assert world.since("2026-02-21") == [
        "2026-02-21 ask_person human-only",
        "2026-02-26 inform_agency inform-1",
    ]


def test_a_paid_invoice_closes_without_any_question() -> None:
    world = guarded()
    world.says("2026-02-01", MessageType.PAYMENT, "1000.00")
    world.until("2026-03-01")

    assert world.diary == ["2026-02-01 close close"]

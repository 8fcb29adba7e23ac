"""A Plan B that was a question comes again when the case went on and its new deadline passed."""

from __future__ import annotations

import pytest

from domain.message_types import MessageType
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story

LADDER = """
name = "two reminders"
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[[step]]
id = "second"
on = "due+6"
do = "remind"
deadline_days = 7
[plan_b]
on = "deadline+1"
do = "{plan_b}"
"""
AGENCY, PERSON = (parse_policy(LADDER.format(plan_b=do)) for do in ("hand_off", "ask_person"))
"""Asked on the 5th and the 10th; the deadline is the 17th, and Plan B comes on the 18th."""

MINOR = {"reason": "invoice_error", "key": "d"}


@pytest.mark.parametrize(
    ("settled", "done"),
    [
        (  # before the deadline: it is asked for anew, and nobody need decide
            "2026-02-16 10:00",
            ["2026-02-16 remind renewed-dispute-settled-1", "2026-02-24 hand_off plan-b"],
        ),
        (
            "2026-02-17 23:59",
            [
                "2026-02-18 remind renewed-dispute-settled-1",
                "2026-02-26 hand_off plan-b",
            ],
        ),
        (
            "2026-02-20 10:00",
            [
                "2026-02-18 ask_person plan-b",
                "2026-02-20 remind renewed-dispute-settled-1",
                "2026-03-02 hand_off plan-b-2",
            ],
        ),
    ],
)
def test_what_was_not_right_with_the_invoice_is_settled_and_told_before_the_agency(
    settled: str, done: list[str]
) -> None:
    """A1 B1: a minor reason stops no clock; its end is no silence, and no handoff in a second."""
    world = Story(policy=AGENCY)
    world.says("2026-02-12 10:00", MessageType.DISPUTE_OPENED, **MINOR)
    assert world.says(settled, MessageType.DISPUTE_SETTLED, reason="for_us") == ""

    assert world.until("2026-03-31").since("2026-02-12") == done


@pytest.mark.parametrize(
    ("kind", "more", "done"),
    [
        (
            MessageType.RESUME,
            {},
            ["2026-02-20 remind renewed-resumed-1", "2026-03-02 ask_person plan-b-2"],
        ),
        (
            MessageType.PROMISE,
            {"day": "2026-02-27"},
            [
                "2026-02-20 acknowledge agreement-1-confirmed",
                "2026-03-02 call_task agreement-1-call",
                "2026-03-02 hold_credit cash-only",
                "2026-03-02 remind promise-broken-1",
                "2026-03-10 ask_person plan-b-2",
            ],
        ),
        (MessageType.NUDGE, {}, []),  # nobody decided: it is asked again at the review alone
    ],
)
def test_a_person_who_let_it_go_on_is_asked_when_its_deadline_has_passed(
    kind: MessageType, more: dict[str, str], done: list[str]
) -> None:
    """P19 P52: each deadline has a day on which somebody looks at it."""
    world = Story(policy=PERSON)
    assert world.says("2026-02-20 10:00", kind, **more) == ""

    assert world.until("2026-03-19").since("2026-02-19") == done


@pytest.mark.parametrize(
    ("how", "asked"),
    [
        ({"reason": "for_us"}, 100000),
        ({"reason": "split", "amount": "100.00"}, 90000),
        ({"reason": "for_customer"}, 60000),  # no more is asked for than before, and it is told
    ],
)
def test_how_a_dispute_ended_is_told_before_the_agency_hears_of_the_rest(
    how: dict[str, str], asked: int
) -> None:
    """A1: the outcome in writing, with a new deadline for what is now asked; Plan B waits."""
    world = Story(policy=AGENCY)
    world.says("2026-02-09 10:00", MessageType.DISPUTE_OPENED, "400.00", reason="goods")
    assert world.says("2026-02-25 10:00", MessageType.DISPUTE_SETTLED, **how) == ""
    world.until("2026-03-31")

    assert world.since("2026-02-25") == [
        "2026-02-25 remind renewed-dispute-settled-1",
        "2026-03-05 hand_off plan-b",
    ]
    word = next(deed for deed in world.deeds if deed.step.startswith("renewed"))
    assert (word.asked, str(word.deadline)) == (asked, "2026-03-04")

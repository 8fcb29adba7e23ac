"""The lawyer's demand letter: a deed of its own, before the agency or as the Plan B (P16)."""

from domain.message_types import ActionType, MessageType
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story

BEFORE_THE_AGENCY = """
name = "a lawyer first"
[[step]]
id = "final"
on = "due+1"
do = "demand_letter"
deadline_days = 10
[[step]]
id = "lawyer"
on = "due+30"
do = "lawyer_letter"
[plan_b]
on = "due+50"
do = "hand_off"
"""
AS_PLAN_B = """
name = "a lawyer last"
[[step]]
id = "polite"
on = "due+1"
do = "remind"
deadline_days = 5
[plan_b]
on = "deadline+1"
do = "lawyer_letter"
agency = "kanzlei"
"""


def test_a_lawyer_writes_about_a_month_late_and_the_agency_comes_after() -> None:
    world = Story(policy=parse_policy(BEFORE_THE_AGENCY)).until("2026-04-30")

    assert world.diary == [
        "2026-02-05 demand_letter final",
        "2026-03-06 lawyer_letter lawyer",
        "2026-03-26 hand_off plan-b",
    ]


def test_as_the_plan_b_it_comes_once_and_then_a_person_looks() -> None:
    world = Story(policy=parse_policy(AS_PLAN_B)).until("2026-04-30")

    assert world.diary[:2] == ["2026-02-05 remind polite", "2026-02-11 lawyer_letter plan-b"]
    assert {deed.do for deed in world.deeds[2:]} <= {ActionType.ASK_PERSON}
    assert not world.case.with_agency


def test_no_lawyer_writes_for_what_is_paid_promised_or_contested() -> None:
    for kind, more in (
        (MessageType.PAYMENT, {"amount": "1000.00"}),
        (MessageType.DISPUTE_OPENED, {}),
        (MessageType.PROMISE, {"day": "2026-03-02"}),
    ):
        world = Story(policy=parse_policy(AS_PLAN_B)).until("2026-02-09")
        world.says("2026-02-09 12:00", kind, **more)
        world.until("2026-02-27")

        assert ActionType.LAWYER_LETTER not in {deed.do for deed in world.deeds}


def test_no_lawyer_writes_about_a_sum_that_was_not_asked_for() -> None:
    """What stood still comes back with a word and a new deadline first."""
    world = Story(policy=parse_policy(AS_PLAN_B)).until("2026-02-09")
    world.says("2026-02-09 12:00", MessageType.DISPUTE_OPENED, reason="goods")
    world.says("2026-03-02 12:00", MessageType.DISPUTE_SETTLED, reason="for_us")
    world.until("2026-03-31")

    done = [line.partition(" ")[2] for line in world.since("2026-03-02")]
    assert done[-1] == "lawyer_letter plan-b"
    assert done[0].startswith("remind renewed"), done

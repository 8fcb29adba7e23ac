"""Why a step comes when it comes, in words that a person at the desk reads."""

import pytest

from domain.message_types import MessageType
from domain.policy.model import Policy
from domain.policy.policy_file import parse_policy
from tests.stories.story import Story

LADDER = """
name = "why"
minimum_gap_days = 3
[[step]]
id = "first"
on = "due+1"
do = "remind"
DEADLINE
[[step]]
id = "call"
on = "due+1"
do = "call_task"
[[step]]
id = "second"
on = "due+2"
do = "remind"
[plan_b]
on = "due+20"
do = "ask_person"
"""
PLAIN = parse_policy(LADDER.replace("DEADLINE\n", ""))
WITH_DEADLINE = parse_policy(LADDER.replace("DEADLINE", "deadline_days = 9"))


@pytest.mark.parametrize(
    ("policy", "why", "day"),
    [
        (PLAIN, "due+2 is 2026-02-06; 3 days are kept after first", "2026-02-09"),
        (
            WITH_DEADLINE,
            "due+2 is 2026-02-06; the deadline of 2026-02-14 is waited for",
            "2026-02-17",  # the 14th is a Saturday: what is paid on it is seen on Tuesday
        ),
    ],
)
def test_a_message_tells_what_it_waits_for(policy: Policy, why: str, day: str) -> None:
    world = Story(policy=policy).until("2026-02-05")

    assert world.diary == ["2026-02-05 remind first", "2026-02-05 call_task call"]
    assert world.next.why == why
    assert world.next.at
    assert str(world.calendar.local_date(world.next.at)) == day


def test_after_a_pause_a_step_says_that_it_is_caught_up_on() -> None:
    world = Story(policy=PLAIN).until("2026-02-04")
    world.says("2026-02-04 12:00", MessageType.PAUSE, day="2026-02-10")

    assert world.next.step == "first"
    assert world.next.why == "due+1 is 2026-02-05; caught up on 2026-02-11"


def test_a_call_waits_for_an_answer_and_for_no_gap() -> None:
    world = Story(policy=PLAIN).until("2026-02-04")
    world.says("2026-02-04 12:00", MessageType.CONTACT_NEWS, reason="replied", ref="email")
    world.until("2026-02-06")

    assert [deed.why for deed in world.deeds if deed.step in ("first", "call")] == [
        "due+1 is 2026-02-05; an answer came: it is waited up to 2026-02-06"
    ] * 2


@pytest.mark.parametrize(
    ("last", "diary"),
    [
        (19, ["2026-02-23 demand_letter last", "2026-02-26 ask_person plan-b"]),
        (20, ["2026-02-24 demand_letter last", "2026-02-27 ask_person plan-b"]),
        (21, ["2026-02-24 ask_person plan-b", "2026-02-25 demand_letter last"]),
    ],
)
def test_plan_b_on_a_fixed_day_waits_for_the_words_of_up_to_that_day(
    last: int, diary: list[str]
) -> None:
    policy = parse_policy(f"""
name = "fixed"
minimum_gap_days = 3
[[step]]
id = "last"
on = "due+{last}"
do = "demand_letter"
deadline_days = 2
[plan_b]
on = "due+20"
do = "ask_person"
""")
    assert Story(policy=policy).until("2026-03-01").diary == diary


@pytest.mark.parametrize(
    ("on", "plan_b"),
    [
        ("deadline+1", "2026-02-18"),  # the deadline is the 17th
        ("deadline+4", "2026-02-23"),  # a Saturday: on the next working day
        ("previous+9", "2026-02-19"),
    ],
)
def test_plan_b_counts_from_the_deadline_or_from_the_last_word(on: str, plan_b: str) -> None:
    policy = parse_policy(f"""
name = "counted"
minimum_gap_days = 3
[[step]]
id = "last"
on = "due+6"
do = "demand_letter"
deadline_days = 7
[plan_b]
on = "{on}"
do = "ask_person"
""")
    assert Story(policy=policy).until("2026-03-01").diary == [
        "2026-02-10 demand_letter last",
        f"{plan_b} ask_person plan-b",
    ]


def test_a_call_after_the_grace_is_not_said_to_wait_for_money() -> None:
    """A word about what came back waits for the grace; the call after it was caught up on."""
    world = Story()
    world.says("2026-02-04 10:00", MessageType.PAYMENT, "1000.00", key="p")
    world.says("2026-02-12 10:00", MessageType.PAYMENT_REVERSED, ref="p")
    world.until("2026-03-06")

    (call,) = [deed for deed in world.deeds if deed.step == "call"]
    assert call.why.endswith(f"caught up on {world.calendar.local_date(call.at)}")

"""Before an agreed day nobody is reminded of money that is on its way already (P04)."""

from dataclasses import replace

import pytest

from domain.message_types import MessageType
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

STANDARD = standard_policy()
AHEAD = replace(STANDARD, agreements=replace(STANDARD.agreements, remind_before_days=3))
REMINDED = "2026-02-24 remind instalment-1-1-reminder"


def in_thirds(policy: Policy = AHEAD) -> Story:
    """EUR 1,000 in three parts; the first of 333.33 is due on Friday, 27 February."""
    world = Story(policy=policy)
    world.says("2026-02-06 11:00", MessageType.PLAN_AGREED, day="2026-02-27", reason="3 monthly")
    return world


@pytest.mark.parametrize(
    ("coming", "said"),
    [(None, [REMINDED]), ("333.32", [REMINDED]), ("333.33", []), ("", [])],
)
def test_a_debit_that_covers_the_part_needs_no_word_before_it(
    coming: str | None, said: list[str]
) -> None:
    """Without a sum all of it is on its way; what leaves a rest is reminded of."""
    world = in_thirds()
    if coming is not None:
        world.says("2026-02-20 10:00", MessageType.IN_FLIGHT, coming, "2026-02-27", key="DD-1")

    assert world.until("2026-02-26").since("2026-02-07") == said


def test_where_the_debit_fails_before_its_day_the_word_is_said_after_all() -> None:
    world = in_thirds()
    world.says("2026-02-20 10:00", MessageType.IN_FLIGHT, "333.33", "2026-02-27", key="DD-1")
    world.says("2026-02-25 10:00", MessageType.IN_FLIGHT_FAILED, ref="DD-1")

    assert world.until("2026-02-26").since("2026-02-07") == [
        "2026-02-25 remind instalment-1-1-reminder"
    ]


@pytest.mark.parametrize(("coming", "words"), [("400.00", 0), ("399.99", 1)])
def test_the_same_holds_for_a_promise(coming: str, words: int) -> None:
    world = Story(policy=AHEAD)
    world.says("2026-02-06 11:00", MessageType.PROMISE, "400.00", "2026-02-27")
    world.says("2026-02-20 10:00", MessageType.IN_FLIGHT, coming, "2026-02-27", key="DD-1")
    world.until("2026-02-26")

    assert sum("agreement-1-reminder" in line for line in world.diary) == words

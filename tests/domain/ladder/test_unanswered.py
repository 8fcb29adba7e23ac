"""What counts as a message that stayed unanswered, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.case.model import Deed
from domain.ladder.unanswered import silence
from domain.message_types import ActionType, Result
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

POLICY = replace(standard_policy(), contact=replace(standard_policy().contact, silence_days=7))
OVERDUE = datetime(2026, 2, 10, 9, tzinfo=UTC)


def _said(do: ActionType, day: int, episode: int = 1) -> Deed:
    at = OVERDUE + timedelta(days=day)
    return Deed(do=do, step=f"s{day}", at=at, result=Result.DONE, channel="email", episode=episode)


def _ways(*deeds: Deed, episode: int = 1) -> int:
    world = Story(policy=POLICY)
    case = replace(world.case, deeds=deeds, episode=episode)
    return silence(replace(world.facts, case=case), POLICY).ways


@pytest.mark.parametrize(("later", "ways"), [(6, 0), (7, 1), (8, 1)])
def test_after_seven_silent_days_the_next_message_takes_another_way(later: int, ways: int) -> None:
    assert _ways(_said(ActionType.REMIND, 0), _said(ActionType.REMIND, later)) == ways


def test_an_acknowledgement_asks_for_no_answer() -> None:
    answered = _said(ActionType.ACKNOWLEDGE, 0)

    assert _ways(answered, _said(ActionType.REMIND, 9)) == 0


def test_what_an_earlier_episode_said_is_not_unanswered_now() -> None:
    earlier = _said(ActionType.REMIND, 0)

    assert _ways(earlier, _said(ActionType.REMIND, 9, episode=2), episode=2) == 0


@pytest.mark.parametrize(("due", "ways"), [("2026-02-09", 1), ("2026-02-10", 0), ("2026-02-11", 0)])
def test_only_what_was_said_after_the_due_date_waits_for_an_answer(due: str, ways: int) -> None:
    """The first message went out on the 10th."""
    said = _said(ActionType.REMIND, 0), _said(ActionType.REMIND, 7)
    world = Story(policy=POLICY, due=due)
    facts = replace(world.facts, case=replace(world.case, deeds=said))
    assert silence(facts, POLICY).ways == ways

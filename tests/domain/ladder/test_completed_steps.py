"""A step that was done twice counts as it was done last."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.case.model import Deed
from domain.ladder.completed_steps import settled_steps
from domain.message_types import ActionType, Result
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

FIRST = Deed(
    do=ActionType.REMIND,
    step="polite",
    at=datetime(2026, 2, 5, 9, tzinfo=UTC),
    result=Result.DONE,
    channel="email",
)


def _settled(*deeds: Deed, episode: int = 1) -> dict[str, Deed]:
    case = replace(Story().case, deeds=deeds, episode=episode)
    return settled_steps(case, standard_policy())


def test_of_two_in_one_episode_the_later_counts() -> None:
    later = replace(FIRST, at=FIRST.at + timedelta(days=3))

    assert _settled(FIRST, later)["polite"] is later


def test_of_two_episodes_the_newer_counts() -> None:
    later = replace(FIRST, at=FIRST.at + timedelta(days=90), episode=2)

    assert _settled(FIRST, later, episode=2)["polite"] is later


def test_a_hold_of_an_earlier_episode_that_was_lifted_may_come_again() -> None:
    hold = replace(FIRST, do=ActionType.HOLD_CREDIT, step="credit-hold", channel="")
    lifted = replace(hold, do=ActionType.RELEASE_CREDIT, step="release-1")

    assert "credit-hold" not in _settled(hold, lifted, episode=2)
    assert "credit-hold" in _settled(hold, episode=2)

"""Reviews of a case at standstill: 1, 2, 4, 8, 16 times the review days, at most 730 days apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.message_types import MessageType
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

YEARS = "2040-01-01"


def _distances(review_days: int) -> list[int]:
    """Days between the pause that holds the case, and each review after it."""
    policy = replace(standard_policy(), review_days=review_days)
    world = Story(policy=policy)
    world.says("2026-02-02 12:00", MessageType.PAUSE)
    world.until(YEARS)
    days = [date.fromisoformat(line[:10]) for line in world.diary if "review" in line]
    begun = date(2026, 2, 2)
    return [(day - before).days for before, day in zip([begun, *days], days, strict=False)]


def test_each_review_comes_at_twice_the_distance_until_sixteen_times() -> None:
    """A day that is a weekend or a holiday moves to the next working day, never more than four."""
    found = _distances(review_days=20)

    for distance, planned in zip(found, (20, 40, 80, 160, 320, 320, 320), strict=False):
        assert planned <= distance <= planned + 4, found


@pytest.mark.parametrize(("review_days", "longest"), [(45, 720), (46, 730)])
def test_no_review_is_more_than_two_years_away(review_days: int, longest: int) -> None:
    """Sixteen times 45 days is 720; sixteen times 46 would be 736."""
    assert longest <= max(_distances(review_days)) <= longest + 4

"""What an agency is told of a claim, so that it can name its price."""

from datetime import timedelta

import pytest

from activities.agencies.comparing import claim_of
from domain.message_types import MessageType
from tests.stories.story import Story


@pytest.mark.parametrize(
    ("contested", "told"), [("", False), ("999.98", False), ("999.99", False), ("1000.00", True)]
)
def test_a_claim_is_contested_when_all_of_it_is(contested: str, *, told: bool) -> None:
    """Of 1,000.00; while a cent of it is owed without any doubt it can be asked for."""
    world = Story()
    if contested:
        world.says("2026-02-10 10:00", MessageType.DISPUTE_OPENED, contested)

    assert claim_of(world.state).contested is told


@pytest.mark.parametrize(("days", "overdue"), [(-1, 0), (0, 0), (1, 1), (90, 90)])
def test_a_claim_is_as_old_as_its_due_date(days: int, overdue: int) -> None:
    world = Story()
    noon = world.at("2026-02-04 12:00") + timedelta(days=days)

    assert claim_of(world.state.at(noon)).days_overdue == overdue

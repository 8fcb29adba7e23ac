"""Since when and until when a sum is contested: no costs are asked for on it."""

import pytest

from domain.charges.costs import contested_at
from domain.message_types import MessageType
from tests.stories.story import Story


@pytest.mark.parametrize(
    ("at", "contested"),
    [
        ("2026-02-10 09:59", 0),
        ("2026-02-10 10:00", 40000),
        ("2026-02-20 15:59", 40000),
        ("2026-02-20 16:00", 0),
    ],
)
def test_a_sum_is_contested_from_the_instant_of_the_dispute_until_that_of_its_end(
    at: str, contested: int
) -> None:
    """A11: no interest and no costs are asked for on it, and money pays nothing of them."""
    world = Story()
    world.says("2026-02-10 10:00", MessageType.DISPUTE_OPENED, "400.00")
    world.says("2026-02-20 16:00", MessageType.DISPUTE_SETTLED)

    assert contested_at(world.case, world.at(at)) == contested

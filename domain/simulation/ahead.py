"""What will be done for a case if nobody says another word: its customer's cases, played on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from domain.calendar import LAST_HOLIDAY_YEAR
from domain.deed import Deed
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household, World

HORIZON = datetime(LAST_HOLIDAY_YEAR - 2, 1, 1, tzinfo=UTC)
"""Nothing is foreseen from here on: its holidays would be guesses."""


def deeds_ahead(
    mine: SimulatedCase, cases: Iterable[SimulatedCase], home: Household, now: datetime, most: int
) -> list[Deed]:
    """The next deeds of one of a customer's cases, while all of them go on.

    They are decided and done as in earnest, so what is previewed is what happens.
    """
    known = len(mine.state.deeds)
    world = World()
    for case in cases:
        world.settle(case, home)
        world.enter(case, now)
    wanted = known + most
    world.run(lambda _: len(mine.state.deeds) < wanted and mine.planned_at is not None)
    return list(mine.state.deeds[known:wanted])  # in the order in which they come

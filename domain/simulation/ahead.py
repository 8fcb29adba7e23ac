"""What will be done for a case if nobody says another word: its customer's cases, played on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.calendar import LAST_HOLIDAY_YEAR
from domain.case.facts import Action
from domain.contact.routes import ContactRoute
from domain.decision.state import CaseState
from domain.deed import Deed
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household, World

HORIZON = datetime(LAST_HOLIDAY_YEAR - 2, 1, 1, tzinfo=UTC)
"""Nothing is foreseen from here on: its holidays would be guesses."""


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """A message to come: each of its invoices as it stands then with its step, way and instant."""

    items: tuple[tuple[CaseState, Action], ...]
    way: ContactRoute
    at: datetime


def message_ahead(
    mine: SimulatedCase, cases: Iterable[SimulatedCase], home: Household, now: datetime, most: int
) -> PlannedMessage | None:
    """The next message that speaks of one of a customer's cases; None without one.

    ``most`` is how many of the case's deeds are looked at until there is one.
    """
    found: list[PlannedMessage] = []
    known, case_id = len(mine.state.deeds), mine.invoice.case_id

    def saw(
        items: list[tuple[SimulatedCase, Action]], home: Household, way: ContactRoute, at: datetime
    ) -> None:
        if any(case.invoice.case_id == case_id for case, _ in items):
            states = ((case.state.seen(at, home.customer), step) for case, step in items)
            found.append(PlannedMessage(tuple(states), way, at))

    world = World(saw)
    for case in cases:
        world.settle(case, home)
        world.enter(case, now)
    wanted = known + most
    world.run(
        lambda _: not found and len(mine.state.deeds) < wanted and mine.planned_at is not None
    )
    return found[0] if found else None


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

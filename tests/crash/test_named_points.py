"""A worker is killed at every named point of the send protocol, and so is whoever takes over."""

import asyncio
import itertools
import os

import pytest
from sqlalchemy import Engine, text

from tests.crash import people, plug, scene
from tests.crash.factories import CrashHarness
from tests.crash.plug import Deaths

pytestmark = [pytest.mark.crash, pytest.mark.timeout(180)]

MESSAGES = 2


def _pairs() -> list[tuple[str, str]]:
    """First and second death: every combination if there is time, else each point in each place."""
    first, second, agency = plug.POINTS[:-1], plug.POINTS, plug.AGENCY_POINTS
    if os.environ.get("AMICABLE_SOAK"):
        return [*itertools.product(first, second), *itertools.product(agency, agency)]
    turned = (*second[3:], *second[:2])
    letters = [*zip(first, turned, strict=True), ("before_T1", "before_POST")]
    return [*letters, *zip(agency, agency, strict=True)]


def _deaths() -> Deaths:
    return {f"invoice/{people.CREDITOR}/K-{n}": list(two) for n, two in enumerate(_pairs())}


async def test_whoever_dies_wherever_in_the_protocol_nothing_is_doubled_and_nothing_is_lost(
    workers: CrashHarness, ledger: Engine
) -> None:
    """Each case's worker dies at one point, then its successor at another."""
    deaths = _deaths()
    workers.start_workers(4, deaths, slots=2)
    amicable = people.amicable(ledger, await workers.client())
    cases = [people.invoice(f"K-{n}", f"C-{n}") for n in range(len(deaths))]
    policy = people.policy(MESSAGES)
    await asyncio.gather(*(amicable.open_case(case, policy) for case in cases))
    took = await scene.come_to_rest(workers, within=120)

    assert scene.found(workers) == []
    died = plug.died(workers.folder)
    scene.tell(workers, deaths=died, seconds=round(took))
    # A successor that finds the evidence never calls: some second deaths cannot happen.
    assert died >= len(deaths) * 1.5


async def test_whoever_dies_with_a_message_about_several_invoices_none_of_them_is_doubled_or_lost(
    workers: CrashHarness, ledger: Engine
) -> None:
    """Three invoices of each customer fall due at once; whoever speaks for them dies, each time."""
    points = [*plug.POINTS, "after_POST"]
    cases = [
        people.invoice(f"B-{n}-{which}", f"C-{n}") for n in range(len(points)) for which in range(3)
    ]
    deaths = {case.case_id: [points[number // 3]] for number, case in enumerate(cases)}
    workers.start_workers(4, deaths, slots=2)
    amicable = people.amicable(ledger, await workers.client())
    policy = people.policy(MESSAGES)
    await asyncio.gather(*(amicable.open_case(case, policy) for case in cases))
    took = await scene.come_to_rest(workers, within=120)

    assert scene.found(workers) == []
    with ledger.connect() as link:
        shared = text("SELECT count(*) FROM contact WHERE what = 'message' AND cases > 1")
        assert link.execute(shared).scalar_one() > len(points)
    scene.tell(workers, deaths=plug.died(workers.folder), seconds=round(took))

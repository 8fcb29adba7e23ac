"""A worker is killed or frozen at every named point of the protocol, and whoever takes over."""

import asyncio
import itertools
import os

import pytest
from sqlalchemy import Engine, text

from activities.ports.clock import LOOK_HOLDS
from infra.servers import processes
from tests.crash import people, plug, scene
from tests.crash.factories import SILENT, CrashHarness, Frozen
from tests.crash.plug import Deaths

pytestmark = [pytest.mark.crash, pytest.mark.timeout(900)]

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
    took = await scene.come_to_rest(workers)

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
    took = await scene.come_to_rest(workers)

    assert scene.found(workers) == []
    with ledger.connect() as link:
        shared = text("SELECT count(*) FROM contact WHERE what = 'message' AND cases > 1")
        assert link.execute(shared).scalar_one() > len(points)
    scene.tell(workers, deaths=plug.died(workers.folder), seconds=round(took))


PLANS = (
    *([plug.FROZEN + point] for point in plug.POINTS if point != "looked_up"),
    ["before_POST", f"{plug.FROZEN}looked_up"],
)
"""Each case's worker is frozen at one point; who finds out about a message needs one that died."""

UNDER_THE_LOCK = ("before_POST", "after_POST", "before_commit", "looked_up")
WATCHDOG = 240


async def _frozen(workers: CrashHarness, case: str, turn: int) -> Frozen:
    """Wait until the case's worker stands still where the plan wants it."""

    def wait() -> Frozen:
        assert processes.wait_until(
            lambda: plug.ended(workers.folder, case, turn) is not None, WATCHDOG
        ), f"nobody came to the point of {case}"
        found = Frozen(plug.ended(workers.folder, case, turn) or 0)
        processes.wait_until(lambda: found.stands_still, WATCHDOG)
        return found

    return await asyncio.to_thread(wait)


async def test_whoever_stands_still_wherever_in_the_protocol_sends_nothing_after_the_money(
    workers: CrashHarness, ledger: Engine
) -> None:
    """Fault F2: stopped, its transaction ended by PostgreSQL, the payment acknowledged, thawed.

    Only the letter is due: what becomes of a handoff whose worker is lost is decision 6.
    """
    cases = [people.invoice(f"F-{n}", f"C-{n}", days_late=1) for n in range(len(PLANS))]
    deaths = {case.case_id: list(plan) for case, plan in zip(cases, PLANS, strict=True)}
    workers.start_workers(len(PLANS) + 2, deaths, slots=1)
    amicable = people.amicable(ledger, await workers.client())
    policy = people.policy(1)
    await asyncio.gather(*(amicable.open_case(case, policy) for case in cases))

    frozen = [await _frozen(workers, case, len(plan) - 1) for case, plan in deaths.items()]
    frozen[-1].wait_for(SILENT + 0.5)
    assert workers.end_silent_transactions() >= len(UNDER_THE_LOCK)
    ids = [f"F-{n}-all" for n in range(len(PLANS))]
    for n, ident in enumerate(ids):
        await people.insist(amicable.post_payment, people.payment(f"F-{n}", f"C-{n}", 11900, ident))
    for one in frozen:
        one.wait_for(LOOK_HOLDS.total_seconds() + 0.1)
        one.go_on()
    took = await scene.come_to_rest(workers)

    assert scene.found(workers, ids) == []
    scene.tell(workers, frozen=len(frozen), seconds=round(took))


def test_every_point_of_the_protocol_is_stood_still_at() -> None:
    """A point that is added later must be frozen at, too."""
    named = {point.removeprefix(plug.FROZEN) for point in itertools.chain(*PLANS)}
    assert named >= set(plug.POINTS)

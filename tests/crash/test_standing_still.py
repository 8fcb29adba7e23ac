"""A worker is frozen at every named point of the send protocol, and the money comes meanwhile."""

import asyncio
import itertools

import pytest
from sqlalchemy import Engine

from activities.ports.clock import LOOK_HOLDS
from infra.servers import processes
from tests.crash import people, plug, scene
from tests.crash.factories import SILENT, CrashHarness, Frozen

pytestmark = [pytest.mark.crash, pytest.mark.timeout(900)]

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
        processes.wait_until(lambda: plug.ended(workers.folder, case, turn) is not None, WATCHDOG)
        found = Frozen(plug.ended(workers.folder, case, turn) or 0)
        processes.wait_until(lambda: found.stands_still, WATCHDOG)
        return found

    return await asyncio.to_thread(wait)


async def test_whoever_stands_still_wherever_in_the_protocol_sends_nothing_after_the_money(
    workers: CrashHarness, ledger: Engine
) -> None:
    """Fault F2: stopped, its transaction ended by PostgreSQL, the payment acknowledged, thawed."""
    cases = [people.invoice(f"F-{n}", f"C-{n}") for n in range(len(PLANS))]
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
    took = await scene.come_to_rest(workers, within=WATCHDOG)

    assert scene.found(workers, ids) == []
    scene.tell(workers, frozen=len(frozen), seconds=round(took))


def test_every_point_of_the_protocol_is_stood_still_at() -> None:
    """A point that is added later must be frozen at, too."""
    named = {point.removeprefix(plug.FROZEN) for point in itertools.chain(*PLANS)}
    assert named >= set(plug.POINTS)

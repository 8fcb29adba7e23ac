"""All is killed and frozen at random while money comes in; then faults stop, and all must rest."""

import asyncio
import os
import random
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from activities.ports.clock import LOOK_HOLDS
from starter.client.client import AsyncAmicable
from tests.crash import people, plug, scene
from tests.crash.factories import CrashHarness

SOAK = bool(os.environ.get("AMICABLE_SOAK"))
SEEDS = [int(seed) for seed in os.environ.get("SEED", "").split()] or [
    random.SystemRandom().randrange(10**6) for _ in range(10 if SOAK else 1)
]
CASES, CUSTOMERS, MESSAGES = 40, 20, 8
SECONDS = 60 if SOAK else 20
WATCHDOG = 120
TOO_LONG = LOOK_HOLDS.total_seconds() + 0.1
LINGER = 0.3
"""Seconds at most at each point of the protocol: so that kills find it open."""

pytestmark = [pytest.mark.crash, pytest.mark.timeout(600)]


class Town:
    """Forty late invoices of twenty customers, and a billing system that posts what comes in."""

    def __init__(self, amicable: AsyncAmicable, seed: int) -> None:
        self._amicable = amicable
        self._dice = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._name = f"R{seed}"
        self.acknowledged: list[str] = []

    async def live(self, seconds: float) -> None:
        """Open cases and pay for most of them, whole or in two parts, all along."""
        lives = [self._one(n, self._dice.uniform(0, seconds)) for n in range(CASES)]
        await asyncio.gather(*lives)

    async def _one(self, n: int, money_comes: float) -> None:
        number, customer = f"{self._name}-{n}", f"C-{n % CUSTOMERS}"
        parts = self._dice.choice([(), (11900,), (11900,), (5000, 6900)])
        begin = self._dice.uniform(0, money_comes)
        await asyncio.sleep(begin)
        case, policy = people.invoice(number, customer), people.policy(MESSAGES)
        await people.insist(self._amicable.open_case, case, policy)
        await asyncio.sleep(money_comes - begin)
        for part, minor in enumerate(parts):
            ident = f"{number}-{part}"
            await people.insist(
                self._amicable.post_payment, people.payment(number, customer, minor, ident)
            )
            self.acknowledged.append(ident)


async def _burn(application: CrashHarness, dice: random.Random, seconds: float) -> None:
    """Kill something every second or so; a worker more often than a server.

    However busy the machine is, a worker with an open T2 and PostgreSQL are among it.
    """
    end = time.monotonic() + seconds
    await asyncio.to_thread(application.kill_inside_t2, WATCHDOG)
    kills: list[Callable[[], None]] = [
        application.kill_worker,
        application.kill_temporal,
        application.kill_postgres,
    ]
    while time.monotonic() < end or "postgres" not in application.kills:
        await asyncio.sleep(dice.uniform(0.5, 1.5))
        [kill] = dice.choices(kills, weights=(5, 2, 4))
        await asyncio.to_thread(kill)


async def _freeze(application: CrashHarness, dice: random.Random, seconds: float) -> None:
    """Freeze one worker after the other until its looks are too old: SIGSTOP, or a laptop shut."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await asyncio.sleep(dice.uniform(0, 2))
        await asyncio.to_thread(application.freeze_worker, TOO_LONG)


# Processes that share the tests out roll dice of their own: the names must be the same in all.
@pytest.mark.parametrize("seed", SEEDS, ids=[f"dice {turn}" for turn in range(len(SEEDS))])
async def test_killing_at_random_doubles_nothing_loses_nothing_and_chases_nobody_who_has_paid(
    workers: CrashHarness, ledger: Engine, seed: int
) -> None:
    """Repeat a run with the same dice: SEED=… python -m pytest tests/crash/test_random.py."""
    print(f"repeat with: SEED={seed} python -m pytest tests/crash/test_random.py")  # noqa: T201
    town = Town(people.amicable(ledger, await workers.client()), seed)
    workers.start_workers(3, linger=LINGER)
    await asyncio.gather(
        town.live(SECONDS),
        _burn(workers, random.Random(seed + 1), SECONDS),  # noqa: S311 - repeatable on purpose
        _freeze(workers, random.Random(seed + 2), SECONDS),  # noqa: S311 - repeatable on purpose
    )
    took = await scene.come_to_rest(workers)

    assert scene.found(workers, town.acknowledged) == []
    inside = {
        what: plug.died_inside_t2(workers.folder, workers.kills.get(what, []), LINGER)
        for what in ("worker", "postgres")
    }
    scene.tell(workers, inside_t2=inside, paid=len(town.acknowledged), rest=round(took))
    assert {what for what, times in workers.kills.items() if times} >= {
        *("worker", "postgres", "frozen")
    }
    assert sum(inside.values()), "no kill hit an open T2: the test has shown nothing"

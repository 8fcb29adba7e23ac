"""Waking behind the answers: once for much news, never for what is over, to the end."""

import asyncio
from dataclasses import replace

import pytest

from activities.case_service import CaseService
from activities.cases.opening import OpenedCase
from activities.cases.waking import ToWake
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import Engine
from adapters.runtime.machine import machine_clock
from adapters.temporal.runs import Runs
from domain.case.model import Case
from domain.wire import Decision
from starter.api.wake_queue import WOKEN_AT_ONCE, WakeQueue
from tests.ledger import factories
from tests.starter.api.factories import Remembering


class Slow(Remembering):
    """A Temporal that answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()

    async def wake(self, case: Case, stage: str) -> None:
        """Woken, in the end."""
        await self.go.wait()
        await super().wake(case, stage)


def found(engine: Engine, creditor: str, number: str) -> ToWake:
    """A case that has news."""
    ledger = SqlLedger(engine)
    case = factories.opened(ledger, factories.invoice(creditor, number))
    return replace(CaseService(ledger, machine_clock).look(case), is_over=False)


async def test_much_news_of_one_case_wakes_it_once_more_and_not_each_time(
    engine: Engine, creditor: str
) -> None:
    temporal, one = Slow(), found(engine, creditor, "R-1")
    waking = WakeQueue(temporal.connect)
    waking.start()

    waking.later(one)
    await asyncio.sleep(0)
    for _ in range(100):
        waking.later(one)
    await asyncio.sleep(0)
    temporal.go.set()
    await waking.done()
    await waking.stop()

    assert 1 <= len(temporal.woken) <= 1 + WOKEN_AT_ONCE


@pytest.mark.parametrize("first", ["opened", "nudged"])
async def test_a_start_that_waits_stays_a_start_whatever_else_is_heard(
    engine: Engine, creditor: str, first: str
) -> None:
    """A run that is started sleeps until its first deed; one that is nudged decides at once."""
    temporal = Slow()
    waking = WakeQueue(temporal.connect)
    waking.start()
    for number in range(WOKEN_AT_ONCE):  # all hands are full
        waking.later(found(engine, creditor, f"R-{number}"))
    await asyncio.sleep(0.1)
    news = found(engine, creditor, "R-NEW")
    opened = OpenedCase(
        case=news.case,
        decision=Decision(do="wait", stage=news.stage),
        new=True,
        at=factories.NOON,
        woken=news,
    )
    for one in (opened, news) if first == "opened" else (news, opened):
        waking.later(one)
    await asyncio.sleep(0)
    temporal.go.set()
    await waking.done()
    await waking.stop()

    assert temporal.started == [news.case.invoice.case_id]
    assert len(temporal.woken) == WOKEN_AT_ONCE


async def test_who_is_stopped_wakes_those_who_wait_and_leaves_alone_what_is_over(
    engine: Engine, creditor: str
) -> None:
    temporal = Remembering()
    waking = WakeQueue(temporal.connect)
    waking.start()

    for number in ("R-1", "R-2", "R-3"):
        waking.later(found(engine, creditor, number))
    waking.later(replace(found(engine, creditor, "R-4"), is_over=True))
    await waking.stop()

    assert sorted(case[-3:] for case in temporal.woken) == ["R-1", "R-2", "R-3"]


async def test_a_temporal_that_hangs_costs_no_more_than_its_time(
    engine: Engine, creditor: str
) -> None:
    """Those who wait are left to the reconciler: the next ones are not held up behind them."""

    async def away() -> Runs:
        raise ConnectionError

    waking = WakeQueue(away)
    waking.start()
    for number in ("R-1", "R-2"):
        waking.later(found(engine, creditor, number))
    await waking.done()
    await waking.stop()

    assert not waking._waiting

"""A part of the reconciler's round that fails is told to a person, and holds up no other."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from temporalio.testing import ActivityEnvironment

from activities.ports.incoming import Reply, ReplyKind
from activities.reconcile import ReconcilerActivities
from activities.watching.parts import MENDED, WHOLE, WatchedParts
from adapters.config.settings import Settings
from adapters.ledger.inbound.inbox import SqlInbox
from adapters.ledger.inbound.incoming import note_reply
from adapters.ledger.queries.rounds import RoundPart, SqlRoundLog
from adapters.ledger.reports.gauges import read_gauges
from adapters.ledger.tasks import desk
from adapters.runtime.machine import machine_clock
from adapters.wiring.background import reconciler as full_reconciler
from domain.wire import Mended
from tests.workflows.factories import WorkflowHarness


def _reply(application: WorkflowHarness) -> str:
    """An answer came in that nobody has looked at yet."""
    came = Reply(
        key=str(uuid4()),
        sort=ReplyKind.UNROUTED,
        said="who are you?",
        at=application.now,
        channel="email",
        message_id="",
        sender="stranger@elsewhere.example",
    )
    note_reply(application.engine, came)
    return came.key


def _state(application: WorkflowHarness, key: str) -> str:
    with application.engine.connect() as link:
        query = text("SELECT state FROM reply WHERE key = :key")
        return str(link.execute(query, {"key": key}).scalar_one())


async def _round(application: WorkflowHarness) -> Mended:
    """One round as a worker carries it out."""
    mended: Mended = await application.client.execute_workflow(
        "Reconcile", id=f"reconcile/{uuid4()}", task_queue="amicable", result_type=Mended
    )
    return mended


def _reconciler(application: WorkflowHarness) -> ReconcilerActivities:
    """The reconciler with everything it does, to be run by hand."""
    return full_reconciler(application.client, application.engine, Settings())


def _part(application: WorkflowHarness, name: str) -> RoundPart:
    return {part.name: part for part in SqlRoundLog(application.engine).parts()}[name]


async def test_a_round_of_a_real_worker_applies_an_answer_that_waits(
    application: WorkflowHarness,
) -> None:
    key = _reply(application)
    mended = await _round(application)

    assert mended.failed == 0
    assert _state(application, key) == "unmatched"


async def test_whoever_beats_in_a_thread_does_it_on_the_loop_of_the_activity(
    application: WorkflowHarness,
) -> None:
    _reply(application)
    beats: list[object] = []
    loop = asyncio.get_running_loop()
    env = ActivityEnvironment()
    env.on_heartbeat = lambda *_: beats.append(asyncio.get_running_loop())
    mended = await env.run(_reconciler(application).reconcile)

    assert mended.failed == 0
    assert beats
    assert set(beats) == {loop}


@pytest.fixture
def broken_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strangers cannot be forgotten: one part of four of what comes in."""

    def broken(_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(SqlInbox, "forget_strangers", broken)


@pytest.mark.usefixtures("broken_part")
async def test_a_part_that_fails_stops_no_other_and_is_told_to_a_person(
    application: WorkflowHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = _reply(application)
    handle = await application.open()
    await handle.terminate()
    reconciler = _reconciler(application)
    first = await reconciler.round()

    assert first.failed == 1
    assert first.started >= 1, "what comes after it is done"
    assert _state(application, key) == "unmatched", "and what came before it"
    failed = _part(application, "strangers")
    assert (failed.failures, failed.failure) == (1, "ZeroDivisionError")
    assert read_gauges(application.engine).round[1] == 1
    task_key = f"reconciler/strangers/{machine_clock():%Y-%m-%d}"
    task = desk.find_task(application.engine, task_key)
    assert task is not None
    assert "'strangers' (ZeroDivisionError)" in task.task.title

    await reconciler.round()
    assert _part(application, "strangers").failures == 2

    monkeypatch.undo()
    assert (await _reconciler(application).round()).failed == 0
    assert _part(application, "strangers").failures == 0
    mended = desk.find_task(application.engine, task_key)
    assert mended is not None
    assert (mended.status, mended.done_note) == ("done", MENDED)


async def test_a_round_says_when_it_ended(application: WorkflowHarness) -> None:
    before = machine_clock() - timedelta(seconds=1)
    await application.reconciler.round()
    whole = _part(application, WHOLE)

    assert whole.begun_at is not None
    assert whole.ended_at is not None
    assert before < whole.begun_at <= whole.ended_at
    assert read_gauges(application.engine).round[0] < 60


@pytest.mark.parametrize(("unended", "told"), [(1, False), (2, True)])
async def test_rounds_that_die_on_the_way_are_told_but_not_a_single_one(
    application: WorkflowHarness, unended: int, told: bool
) -> None:
    await application.reconciler.round()
    key = f"reconciler/{WHOLE}/{machine_clock():%Y-%m-%d}"
    with application.engine.begin() as link:
        link.execute(text("DELETE FROM task WHERE key = :key"), {"key": key})
    log = SqlRoundLog(application.engine)
    for _ in range(unended):
        log.begin()  # and the worker died
    await application.reconciler.round()

    task = desk.find_task(application.engine, key)
    assert (task is not None) is told
    if task:
        assert task.task.title == "2 rounds of the reconciler running began and did not end"
        assert task.status == "done", "this one has ended"


@dataclass
class Breaking:
    """Lets one part of each round fail, and notes which parts came to their end.

    Attributes:
        failing: the name of the part that fails; empty lets all go well.
    """

    failing: str = ""
    ended: list[str] = field(default_factory=list)


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Breaking:
    """One part that fails, whichever the test names."""
    made, real = Breaking(), WatchedParts.go_on

    async def go_on(parts: WatchedParts, name: str, part: Callable[[], Awaitable[None]]) -> None:
        async def broken() -> None:
            raise ConnectionResetError

        await real(parts, name, broken if name == made.failing else part)
        made.ended.append(name)

    monkeypatch.setattr(WatchedParts, "go_on", go_on)
    return made


async def test_every_part_may_fail_once_and_all_the_others_are_done(
    application: WorkflowHarness, breaking: Breaking
) -> None:
    """Whichever part it is: the others end, and the part lies on the desk until it went well."""
    reconciler = _reconciler(application)
    await reconciler.round()
    every = tuple(breaking.ended)
    assert len(every) >= 11

    for breaking.failing in every:
        breaking.ended.clear()
        assert (await reconciler.round()).failed == 1
        assert tuple(breaking.ended) == every
        assert _part(application, breaking.failing).failure == "ConnectionResetError"
        key = f"reconciler/{breaking.failing}/{machine_clock():%Y-%m-%d}"
        task = desk.find_task(application.engine, key)
        assert task is not None
        assert f"at its part {breaking.failing!r}" in task.task.title
        assert [one for one in every if _part(application, one).failures] == [breaking.failing]

    breaking.failing = ""
    assert (await reconciler.round()).failed == 0
    assert not [one for one in every if _part(application, one).failures]

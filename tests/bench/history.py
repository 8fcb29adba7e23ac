"""How many events the silent life of a case leaves in Temporal, in all and for each step."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

import worker
from adapters.config.settings import Settings
from adapters.ledger.core.engine import make_engine
from domain.message_types import MessageType
from domain.policy.policy_file import parse_policy
from infra.servers import binaries
from tests import servers
from tests.bench.setup.figures import Figure, Target
from tests.workflows.factories import Switch, WorkflowHarness

PER_STEP, IN_ALL = Target(11), Target(66)
STEPS = 4
THREE_REMINDERS = parse_policy(
    """
name = "three reminders"
minimum_gap_days = 2
calendar = { window = "00:00-24:00", working_days_only = false }
plan_b = { on = "deadline+1", do = "hand_off" }
[[step]]
id = "first"
on = "due+1"
do = "remind"
[[step]]
id = "second"
on = "due+8"
do = "remind"
[[step]]
id = "last"
on = "due+15"
do = "remind"
deadline_days = 7
"""
)
NOT_OURS = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
}
NEW_STAGE = EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES
AT_REST = {
    EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
    EventType.EVENT_TYPE_TIMER_STARTED,
    NEW_STAGE,
}
Handle = WorkflowHandle[Any, Any]
Events = list[EventType.ValueType]


def measure(settings: Settings) -> list[Figure]:
    """Three reminders, the handoff, and the agency gives up: one life, played by a real worker."""
    lengths, stages, whole = asyncio.run(_play(settings))
    steps = [after - before for before, after in itertools.pairwise(lengths)]
    return [
        Figure(
            measure="events per step",
            measured=f"{len(steps)} steps of {', '.join(map(str, steps))} events, "
            f"the first after the start delay; {stages} more for new stages",
            value=max(steps),
            target=PER_STEP,
        ),
        Figure(
            measure="events of a silent life",
            measured="three reminders, handoff, written off, recalled, closed; stages included",
            value=whole,
            target=IN_ALL,
        ),
    ]


async def _play(settings: Settings) -> tuple[list[int], int, int]:
    engine = make_engine(settings.database_url, pool_size=5)
    async with await _time_machine() as env, worker.build(env.client, settings):
        application = WorkflowHarness(env, engine, settings, Switch())
        handle = await application.open(THREE_REMINDERS)
        lengths = [_plain(await _events(handle))]
        for _ in range(STEPS):
            await application.next(handle)
            lengths.append(_plain(await _at_rest(handle, application)))
        await application.clock(handle)
        await application.amicable.say(handle.id, MessageType.WRITE_OFF, {"id": "w-1"})
        await handle.result()
        events = await _events(handle)
    engine.dispose()
    return lengths, events.count(NEW_STAGE), len(events)


def _plain(events: Events) -> int:
    """How many, without the one that each new stage costs."""
    return len(events) - events.count(NEW_STAGE)


async def _at_rest(handle: Handle, application: WorkflowHarness) -> Events:
    """The events once the worker has nothing left to say."""
    while (events := await _events(handle))[-1] not in AT_REST:
        await application.env.fast_forward(handle, timedelta(seconds=0.1))
    return events


async def _events(handle: Handle) -> Events:
    found = (await handle.fetch_history()).events
    return [event.event_type for event in found if event.event_type not in NOT_OURS]


async def _time_machine() -> WorkflowEnvironment:
    return await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False),
        data_converter=pydantic_data_converter,
        dev_server_existing_path=str(binaries.temporal()),
        dev_server_log_level="error",
        dev_server_extra_args=servers.flags(),
    )

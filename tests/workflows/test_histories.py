"""What a life leaves behind in Temporal: few events, no names, and a page an operator can read."""

import base64
import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHandle

from domain.message_types import MessageType
from tests.workflows.factories import BRISK, DEBTOR, WorkflowHarness

SKIPPING = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
}
CANARIES = (DEBTOR.name, DEBTOR.email, DEBTOR.phone, "Canary", "canary", "secret note")


async def _events(handle: WorkflowHandle[Any, Any]) -> list[EventType.ValueType]:
    """Its events, without those of the test's own clock."""
    found = (await handle.fetch_history()).events
    return [event.event_type for event in found if event.event_type not in SKIPPING]


async def _length(handle: WorkflowHandle[Any, Any], application: WorkflowHarness) -> int:
    """How long the history is once the worker has nothing left to say."""
    while not _is_at_rest(await _events(handle)):
        await application.env.fast_forward(handle, timedelta(seconds=0.1))
    return len(await _events(handle))


def _is_at_rest(events: list[EventType.ValueType]) -> bool:
    """The ledger knows of a deed some time before Temporal does."""
    done = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, EventType.EVENT_TYPE_TIMER_STARTED
    begun = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED
    return bool(set(events[-3:]) & set(done)) and not set(events[-2:]) & set(begun)


async def test_a_silent_life_costs_eleven_events_a_step_and_one_for_a_new_stage(
    application: WorkflowHarness, record_property: Callable[[str, object], None]
) -> None:
    handle = await application.open()
    lengths = [len(await _events(handle))]
    for _ in range(4):
        await application.next(handle)
        lengths.append(await _length(handle, application))
    await application.clock(handle)
    await application.amicable.say(handle.id, MessageType.WRITE_OFF, {"id": "w-1"})
    await handle.result()
    lengths.append(len(await _events(handle)))

    record_property("events", lengths)
    steps = [b - a for a, b in pairwise(lengths)]
    first, *later, _back = steps
    assert first <= 12, "the start delay is its wait"
    assert max(later) <= 12, steps
    assert sum(later) <= 11 * len(later) + 1, "one new stage: with the agency"
    assert lengths[-1] <= 72, lengths


async def test_the_stage_is_written_only_when_it_changes(application: WorkflowHarness) -> None:
    handle = await application.open()
    for _ in range(4):
        await application.next(handle)
    await _length(handle, application)
    counted = Counter(await _events(handle))
    upserts = counted[EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES]

    found = (await handle.describe()).search_attributes
    assert found["Stage"] == ["with_agency"]
    assert upserts == 2, "reminding, with the agency"


async def test_an_operator_sees_what_the_case_is_and_what_comes_next(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    about = await handle.describe()
    _, creditor, number = handle.id.split("/")

    assert about.search_attributes["Creditor"] == [creditor]
    assert about.search_attributes["Customer"] == ["C1"]
    assert about.search_attributes["Currency"] == ["EUR"]
    assert (await about.static_summary() or "").startswith(f"{number}: 119.00")
    assert "customer `C1`" in (await about.static_details() or "")

    await application.next(handle)
    seen = await _metadata(handle)
    assert "119.00" in seen
    assert "call task `call` at" in seen
    names = {kind.value for kind in MessageType}
    assert names <= set(seen.replace('"', " ").split()), "the UI lists every message by name"


async def _metadata(handle: WorkflowHandle[Any, Any]) -> str:
    for _ in range(50):
        seen = str(await handle.query("__temporal_workflow_metadata"))
        if "last done" in seen:
            break
    return seen


@pytest.mark.parametrize("how", ["paid", "agency"])
async def test_nobodys_name_address_or_words_reach_temporal(
    application: WorkflowHarness, how: str
) -> None:
    handle = await application.open(BRISK)
    await application.next(handle)
    day = (await application.clock(handle)).date() + timedelta(days=2)
    promise = {"id": "p", "date": day.isoformat(), "note": "secret note Canary"}
    await application.amicable.say(handle.id, MessageType.PROMISE, promise)
    if how == "agency":
        await application.amicable.approve_handoff(handle.id, by="ann")
        await application.next(handle)
        await application.next(handle)
    paid = {"id": "m", "amount": "119.00", "note": "secret note"}
    await application.clock(handle)
    await application.amicable.say(handle.id, MessageType.PAYMENT, paid)
    assert await handle.result() == "paid"

    about = await handle.describe()
    kept = (await handle.fetch_history()).to_json() + repr(about.raw_description) + handle.id
    decoded = " ".join([kept, await about.static_summary() or "", str(about.search_attributes)])
    plain = _plain(json.loads((await handle.fetch_history()).to_json()))
    for canary in CANARIES:
        assert canary not in decoded + plain
    assert "119.00" in plain, "the search looks into payloads"


def _plain(found: Any) -> str:
    """Every payload of a history, decoded from Base64."""
    if isinstance(found, dict):
        own = base64.b64decode(found["data"]).decode() if isinstance(found.get("data"), str) else ""
        return own + " ".join(_plain(value) for value in found.values())
    if isinstance(found, list):
        return " ".join(_plain(value) for value in found)
    return ""

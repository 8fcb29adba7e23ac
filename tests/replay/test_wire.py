"""What stands in histories stays readable, to the last field."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter

from domain.wire import Answer, CaseActivityInput, Decision, InvoiceInput, PostedPayment
from tests.replay import kept

ACTIVITY = "activityTaskScheduledEventAttributes"
INPUTS: dict[str, type] = {"InvoiceWorkflow": InvoiceInput}
RESULTS: dict[str, type] = {"post_payment": PostedPayment}
Found = tuple[dict[str, Any], type]


def _payloads(events: list[dict[str, Any]]) -> Iterator[Found]:
    """Every payload of a wire type, with its type."""
    names = {e["eventId"]: e[ACTIVITY]["activityType"]["name"] for e in events if ACTIVITY in e}
    for event in events:
        if started := event.get("workflowExecutionStartedEventAttributes"):
            kind = INPUTS.get(started["workflowType"]["name"])
            yield from _typed(started.get("input"), kind)
        if scheduled := event.get(ACTIVITY):
            ours = scheduled["activityType"]["name"] not in ("post_payment", "wake_cases")
            yield from _typed(scheduled.get("input"), CaseActivityInput if ours else None)
        if done := event.get("activityTaskCompletedEventAttributes"):
            name = names[done["scheduledEventId"]]
            kind = None if name == "wake_cases" else RESULTS.get(name, Decision)
            yield from _typed(done.get("result"), kind)
        if said := event.get("workflowExecutionUpdateCompletedEventAttributes"):
            yield from _typed(said["outcome"].get("success"), Answer)


def _typed(found: dict[str, Any] | None, kind: type | None) -> Iterator[Found]:
    if kind:
        for payload in (found or {}).get("payloads", ()):
            yield payload, kind


def _lost(before: Any, after: Any, where: str) -> Iterator[str]:
    """What a recorded value had and its decoded twin has not."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            yield from _lost(value, after.get(key, "gone"), f"{where}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, pair in enumerate(zip(before, after, strict=True)):
            yield from _lost(*pair, f"{where}[{number}]")
    elif before != after:
        yield f"{where}: {before!r} became {after!r}"


@pytest.mark.parametrize("name", kept.names())
def test_every_recorded_value_decodes_with_all_its_fields(name: str) -> None:
    converter = pydantic_data_converter.payload_converter
    counted = 0
    for found, kind in _payloads(kept.raw(name)["events"]):
        data = base64.b64decode(found["data"])
        meta = {key: base64.b64decode(value) for key, value in found["metadata"].items()}
        value: object = converter.from_payload(Payload(metadata=meta, data=data), kind)
        assert isinstance(value, kind)
        again = json.loads(converter.to_payload(value).data)
        lost = list(_lost(json.loads(data), again, kind.__name__))
        assert not lost, f"wire types only grow, and never change a meaning: {lost}"
        counted += 1
    assert counted

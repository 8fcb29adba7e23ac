"""With keys, Temporal stores nothing in the clear; a new key opens what the old one sealed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import Replayer

import worker
from adapters.temporal.payload_encryption import KeyRing, data_converter_for
from adapters.temporal.runs import Runs
from infra import bootstrap
from starter.client.client import AsyncAmicable
from tests.workflows.factories import BRISK, WorkflowHarness
from workflows.invoice import InvoiceWorkflow
from workflows.payment import PostPayment

NAMESPACE = "sealed"
OLD, NEW = ("old", bytes(range(32))), ("new", bytes(range(32, 64)))
CLEAR_NAMES = {"search_attributes", "indexed_fields"}
"""Where Temporal has to read: ids, stages and days of a case."""


async def _connected(application: WorkflowHarness, *keys: tuple[str, bytes]) -> Client:
    target = application.client.service_client.config.target_host
    converter = data_converter_for(KeyRing(keys) if keys else None, NAMESPACE)
    return await Client.connect(target, namespace=NAMESPACE, data_converter=converter)


@asynccontextmanager
async def _at_work(
    application: WorkflowHarness, home: Path, *keys: tuple[str, bytes]
) -> AsyncIterator[Client]:
    client = await _connected(application, *keys)
    settings = application.settings.model_copy(update={"home": home})
    async with worker.build(client, settings):
        yield client


@pytest.fixture(autouse=True)
async def _prepared(application: WorkflowHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "make_engine", lambda *_, **__: application.engine)
    await bootstrap.prepare(await _connected(application))


async def test_a_life_is_sealed_with_the_old_key_and_then_with_the_new_one(
    application: WorkflowHarness, tmp_path: Path
) -> None:
    invoice = application.invoice(due_in=-3)
    case = invoice.case_id
    async with _at_work(application, tmp_path, OLD) as client:
        await AsyncAmicable(application.desk, Runs(client)).open_case(invoice, BRISK)
        await application.until(lambda: "polite" in application.steps(case))
        refused = {"id": "canary-1", "reason": "no-such-reason", "note": "canary words"}
        await client.get_workflow_handle(case).signal("dispute_opened", refused)
        await application.until(lambda: bool(application.tasks(case)))
    assert set(await _keys_of(application, case)) == {"old"}

    async with _at_work(application, tmp_path, NEW, OLD) as client:
        handle = client.get_workflow_handle(case)
        await handle.signal("payment", {"id": "canary-2", "amount": "119.00"})
        assert await handle.result() == "paid"
    found = await _keys_of(application, case)
    assert set(found) == {"old", "new"}
    assert found.index("new") > found.index("old")

    history = await handle.fetch_history()
    assert not [event for event in history.events if b"canary" in event.SerializeToString()]
    await _replayer(NEW, OLD).replay_workflow(history)
    with pytest.raises(RuntimeError, match="PayloadLockedError"):
        await _replayer(NEW).replay_workflow(history)


async def test_who_has_the_keys_reads_what_an_operator_reads(
    application: WorkflowHarness, tmp_path: Path
) -> None:
    invoice = application.invoice(due_in=5)
    async with _at_work(application, tmp_path, OLD) as client:
        await AsyncAmicable(application.desk, Runs(client)).open_case(invoice, BRISK)
        with_key = await client.get_workflow_handle(invoice.case_id).describe()
        assert await with_key.static_summary()

    blind = await _connected(application, NEW)
    without = await blind.get_workflow_handle(invoice.case_id).describe()
    with pytest.raises(ValueError, match="'old'"):
        await without.static_summary()


async def test_a_case_that_began_in_the_clear_goes_on_sealed(
    application: WorkflowHarness, tmp_path: Path
) -> None:
    invoice = application.invoice(due_in=-3)
    case = invoice.case_id
    async with _at_work(application, tmp_path) as client:
        await AsyncAmicable(application.desk, Runs(client)).open_case(invoice, BRISK)
        await application.until(lambda: "polite" in application.steps(case))
    assert set(await _keys_of(application, case)) == {""}

    async with _at_work(application, tmp_path, NEW) as client:
        handle = client.get_workflow_handle(case)
        await handle.signal("payment", {"id": "b-1", "amount": "119.00"})
        assert await handle.result() == "paid"
    found = await _keys_of(application, case)
    assert set(found[: found.index("new")]) == {""}
    assert set(found) == {"", "new"}


def _replayer(*keys: tuple[str, bytes]) -> Replayer:
    return Replayer(
        workflows=[InvoiceWorkflow, PostPayment],
        namespace=NAMESPACE,
        data_converter=data_converter_for(KeyRing(keys), NAMESPACE),
    )


async def _keys_of(application: WorkflowHarness, case: str) -> list[str]:
    """The id of the key of each payload of a case's history, in order; empty for those in clear."""
    bare = await _connected(application)
    handle: WorkflowHandle[Any, Any] = bare.get_workflow_handle(case)
    history = await handle.fetch_history()
    return [
        payload.metadata.get("encryption-key-id", b"").decode()
        for event in history.events
        for payload in _payloads(event)
    ]


def _payloads(message: Message) -> list[Payload]:
    if isinstance(message, Payload):
        return [message]
    found: list[Payload] = []
    for field, value in message.ListFields():
        if field.name in CLEAR_NAMES or field.message_type is None:
            continue
        several = list(value.values()) if hasattr(value, "values") else value
        for one in several if isinstance(several, list) or hasattr(several, "add") else [several]:
            if isinstance(one, Message):
                found.extend(_payloads(one))
    return found

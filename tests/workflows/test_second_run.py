"""A history that grew long: the case goes on in a new run, and nothing that was said is lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter

import worker
from adapters.config.settings import Settings
from adapters.ledger.queries import reads
from adapters.temporal.runs import Runs
from domain.wire import Answer
from infra.servers import temporal_server
from tests import servers
from tests.workflows.factories import BRISK, WorkflowHarness

MESSAGES = 60


@pytest.fixture
async def short_memory(
    application: WorkflowHarness,
    harness_engine: Engine,
    session_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Client]:
    """A server that suggests a new run after forty events, and a worker on it."""
    folder = session_folder / "short-memory"
    servers.leave_the_usual_ports(folder)
    few = {
        "limit.historyCount.suggestContinueAsNew": "40",
        "history.workflowIdReuseMinimalInterval": '"0s"',
    }
    choice = temporal_server.TemporalPlace(dynamic=few)
    server = temporal_server.start(folder, folder / "temporal.log", choice)
    client = await Client.connect(server.address, data_converter=pydantic_data_converter)
    url = harness_engine.url.render_as_string(hide_password=False)
    settings = Settings(home=session_folder / "home", database_url=url)
    monkeypatch.setattr(worker, "make_engine", lambda *_, **__: harness_engine)
    async with worker.build(client, settings):
        yield client
    temporal_server.stop(server)


async def _say(handle: WorkflowHandle[Any, Any], number: int) -> bool:
    """One euro, by update or by signal."""
    body = {"id": f"m-{number}", "amount": "1.00"}
    if number % 2:
        await handle.signal("payment", body)
        return True
    answer: Answer = await handle.execute_update("payment", body, result_type=Answer)
    return answer.accepted


async def _opened(application: WorkflowHarness, client: Client) -> WorkflowHandle[Any, Any]:
    """A case that is late already."""
    invoice = application.invoice(due_in=-3)
    opened = application.desk.open(invoice, BRISK)
    await Runs(client).start(opened.case, opened.decision, opened.at)
    return client.get_workflow_handle(invoice.case_id)


async def test_sixty_messages_through_many_runs_are_all_answered_and_the_sum_is_exact(
    application: WorkflowHarness, short_memory: Client
) -> None:
    handle = await _opened(application, short_memory)
    first = (await handle.describe()).run_id

    said: list[bool] = []
    for start in range(0, MESSAGES, 4):
        batch = [_say(handle, number) for number in range(start, start + 4)]
        said += await asyncio.gather(*batch)

    await application.until(lambda: application.row(handle.id).paid.minor == MESSAGES * 100)
    assert all(said)
    assert len(reads.messages_of(application.engine, handle.id)) == MESSAGES
    about = await handle.describe()
    assert about.run_id != first, "a new run, not a longer history"
    assert about.history_length < 250
    page = str(await handle.query("__temporal_workflow_metadata"))
    assert "59.00 EUR open" in page, "the new run's page begins where it stood"
    assert about.search_attributes["Stage"] == ["reminding"]

    rest: Answer = await handle.execute_update(
        "payment", {"id": "rest", "amount": "59.00"}, result_type=Answer
    )
    assert rest.accepted
    assert await handle.result() == "paid"

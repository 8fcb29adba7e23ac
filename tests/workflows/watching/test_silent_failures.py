"""A ledger that fails is told in the log and to Temporal without anybody's name or address."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import structlog
from google.protobuf.json_format import MessageToJson
from sqlalchemy import text
from temporalio.client import WorkflowHandle

from adapters.ledger.customers.people import upsert_debtor
from adapters.runtime.logs import set_up_logs
from tests.workflows.factories import BRISK, DEBTOR, WorkflowHarness

NAMES = ("Kanari Voegeli", "kanari.voegeli@hidden.example", "+4915199988877")
"""Whoever finds one of these has found the debtor."""

_REFUSE = f"""
    ALTER TABLE outbound_message ADD CONSTRAINT nobody_writes_to_her
    CHECK (recipient <> '{NAMES[1]}') NOT VALID"""
_ALLOW = "ALTER TABLE outbound_message DROP CONSTRAINT IF EXISTS nobody_writes_to_her"
_HANG_UP = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'idle in transaction'
      AND pid <> pg_backend_pid()"""


def _do(application: WorkflowHarness, sql: str) -> None:
    with application.engine.begin() as link:
        link.execute(text(sql))


@pytest.fixture
def _loud(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """All that is logged goes where a worker's log goes, in the form that is asked for."""
    assert capsys, "the log goes to the error output as it is now"
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    set_up_logs(level="DEBUG", as_json=request.param)
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


async def _about_her(application: WorkflowHarness) -> WorkflowHandle[Any, Any]:
    creditor = application.creditor()
    she = replace(DEBTOR, name=NAMES[0], email=NAMES[1], phone=NAMES[2])
    upsert_debtor(application.engine, creditor, she)
    invoice = application.invoice(creditor)
    await application.amicable.open_case(invoice, BRISK)
    handle = application.client.get_workflow_handle(invoice.case_id)
    wait = (application.row(handle.id).next_at or application.now) - await application.clock(handle)
    await application.env.fast_forward(handle, wait + timedelta(seconds=1))
    return handle


async def _failure(application: WorkflowHarness, handle: WorkflowHandle[Any, Any]) -> str:
    """What Temporal keeps of the failure: message, causes, traces of the stack."""
    while True:
        told = (await handle.describe()).raw_description
        failures = [one.last_failure for one in told.pending_activities if one.attempt > 1]
        if failures:
            return MessageToJson(failures[0])


@pytest.mark.parametrize("_loud", [True, False], ids=["json", "for people"], indirect=True)
@pytest.mark.usefixtures("_loud")
async def test_a_refused_row_is_not_quoted(
    application: WorkflowHarness, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fault F5: PostgreSQL quotes the whole row, SQLAlchemy its parameters."""
    _do(application, _REFUSE)
    try:
        handle = await _about_her(application)
        failure = await _failure(application, handle)
    finally:
        _do(application, _ALLOW)
    await application.until(lambda: application.steps(handle.id) == ["polite"])

    printed = capsys.readouterr()
    log = printed.err + printed.out
    assert "nobody_writes_to_her" in failure, "what went wrong is still told"
    assert "nobody_writes_to_her" in log
    assert [name for name in NAMES if name in log or name in json.dumps(json.loads(failure))] == []


@pytest.mark.parametrize("_loud", [True, False], ids=["json", "for people"], indirect=True)
@pytest.mark.usefixtures("_loud")
async def test_a_lost_connection_tells_nothing_of_what_was_asked(
    application: WorkflowHarness,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The connection dies once the message was taken: the statement after it holds the address."""
    monkeypatch.setattr(
        type(application.switch),
        "__call__",
        lambda _, name: _do(application, _HANG_UP) if name == "after_POST" else None,
    )
    handle = await _about_her(application)
    failure = await _failure(application, handle)
    monkeypatch.undo()

    printed = capsys.readouterr()
    log = printed.err + printed.out
    assert "OperationalError" in failure
    assert "OperationalError" in log
    assert [name for name in NAMES if name in log or name in failure] == []

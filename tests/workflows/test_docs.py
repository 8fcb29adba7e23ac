"""What docs/messages.md tells people to paste, pasted into the real `temporal` command."""

import asyncio
import json
import re
import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHandle

from adapters.ledger.queries import reads
from domain.message_types import MessageType
from infra.servers import binaries
from tests.workflows.factories import WorkflowHarness

PAGE = (Path(__file__).parents[2] / "docs" / "messages.md").read_text()
BODIES: dict[str, str] = dict(re.findall(r"```json (\w+)\n(.*?)\n```", PAGE, re.DOTALL))
COMMANDS = [shlex.split(found) for found in re.findall(r"```sh\n(temporal .*?)\n```", PAGE)]


async def _temporal(application: WorkflowHarness, *words: str) -> str:
    """Run the command against the test's server; answers what it prints."""
    address = application.client.service_client.config.target_host
    process = await asyncio.create_subprocess_exec(
        str(binaries.temporal()),
        *("--address", address, "-o", "json"),
        *words,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return out.decode()


def _command(application: WorkflowHarness, words: str, creditor: str) -> list[str]:
    """The page's command of that kind, for a creditor of the test's own."""
    (found,) = [command for command in COMMANDS if words in " ".join(command)]
    return [_soon(application, word.replace("/acme/", f"/{creditor}/")) for word in found[1:]]


def _body(kind: str, application: WorkflowHarness) -> str:
    return _soon(application, BODIES[kind])


def _soon(application: WorkflowHarness, words: str) -> str:
    """The page's day to come, wherever on the calendar the test runs."""
    return words.replace("2026-12-01", (application.now.date() + timedelta(days=9)).isoformat())


async def _awake(application: WorkflowHarness) -> WorkflowHandle[Any, Any]:
    handle = await application.open()
    await application.next(handle)
    await application.clock(handle)
    return handle


def test_the_page_has_the_json_of_every_message() -> None:
    assert set(BODIES) == {kind.value for kind in MessageType}


async def test_every_message_of_the_page_is_accepted_as_an_update(
    application: WorkflowHarness,
) -> None:
    handle = await _awake(application)
    last = [MessageType.WITHDRAWN.value]
    for kind in [name for name in BODIES if name not in last] + last:
        words = ["--name", kind, "--input", _body(kind, application)]
        said = await _temporal(
            application, "workflow", "update", "execute", "-w", handle.id, *words
        )
        answer = json.loads(said)["result"]
        is_too_soon = kind == MessageType.SEND_NOW and "cannot leave today" in answer["text"]
        assert answer["accepted"] or is_too_soon, said
    assert await handle.result() == "withdrawn"


async def test_every_message_of_the_page_is_heard_as_a_signal(application: WorkflowHarness) -> None:
    handle = await _awake(application)
    for kind in ("payment", "promise", "dispute_opened", "nudge"):
        words = ["--name", kind, "--input", _body(kind, application)]
        await _temporal(application, "workflow", "signal", "-w", handle.id, *words)
    await application.until(lambda: len(reads.messages_of(application.engine, handle.id)) == 3)
    assert application.tasks(handle.id, "refused") == ()


async def test_an_invoice_a_promise_a_query_and_a_payment_as_the_page_writes_them(
    application: WorkflowHarness,
) -> None:
    creditor = application.creditor()
    case = f"invoice/{creditor}/2026-0007"
    await _temporal(application, *_command(application, "InvoiceWorkflow", creditor))
    await application.until(lambda: reads.case_row(application.engine, case) is not None)
    await _temporal(application, *_command(application, "InvoiceWorkflow", creditor))

    promised = json.loads(
        await _temporal(application, *_command(application, "update execute", creditor))
    )["result"]
    assert promised["accepted"], promised
    assert promised["plan_b"]

    asked = await _temporal(application, *_command(application, "query", creditor))
    assert '"do"' in asked

    await _temporal(application, *_command(application, "PostPayment", creditor))
    posted = await application.client.get_workflow_handle(
        f"payment/{creditor}/bank/B-4711"
    ).result()
    assert posted["parts"] == {case: "119.00"}
    assert await application.client.get_workflow_handle(case).result() == "paid"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"amount": "12,3,4"}, "amount"),
        ({"amount": "0"}, "more than zero"),
        ({"customer": ""}, "lacks customer"),
        ({"due": "soon"}, "no date"),
        ({"number": "other"}, "the id says"),
    ],
    ids=["amount", "zero", "customer", "date", "number"],
)
async def test_an_invoice_that_cannot_be_read_is_refused_and_lies_on_the_desk(
    application: WorkflowHarness, wrong: dict[str, str], says: str
) -> None:
    creditor = application.creditor()
    words = _command(application, "InvoiceWorkflow", creditor)
    given = json.loads(words[-1])
    given["invoice"] |= wrong
    await _temporal(application, *words[:-1], json.dumps(given))
    case = f"invoice/{creditor}/2026-0007"

    assert await application.client.get_workflow_handle(case).result() == "refused"
    (task,) = application.tasks(case)
    assert says in task.task.title


async def test_a_payment_that_cannot_be_read_lies_on_the_desk(application: WorkflowHarness) -> None:
    words = _command(application, "PostPayment", application.creditor())
    given = json.loads(words[-1]) | {"amount": "a lot"}
    await _temporal(application, *words[:-1], json.dumps(given))
    result = await application.client.get_workflow_handle(words[words.index("-w") + 1]).result()

    assert (result["accepted"], result["code"]) == (False, "invalid")

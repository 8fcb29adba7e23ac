"""One bad message is a task for a person; every other message of the case goes on being heard."""

from typing import Any

import pytest
from temporalio.client import WorkflowHandle
from temporalio.common import RawValue
from temporalio.converter import PayloadConverter

from adapters.ledger.tasks import desk
from domain.intake.limits import DEEPEST, LONGEST_BODY, writable, written
from domain.wire import Answer, PostedPayment
from tests.workflows.factories import WorkflowHarness

Handle = WorkflowHandle[Any, Any]


def raw(body: bytes) -> RawValue:
    """A body exactly as a careless program would put it on the wire."""
    payload = PayloadConverter.default.to_payload({})
    payload.data = body
    return RawValue(payload)


def note_of(size: int) -> bytes:
    """A message whose text takes so many bytes within an activity's input."""
    empty = '{"id": "s-1", "note": ""}'
    body = empty.replace('""', f'"{"n" * (size - written(empty))}"')
    assert written(body) == size
    return body.encode()


HALF_AN_EMOJI = b'{"id": "s-1", "note": "cut emoji \\ud83d"}'
NESTED = b'{"id": "s-1", "note": ' + b"[" * 1000 + b"]" * 1000 + b"}"
BAD = {
    "half an emoji": (HALF_AN_EMOJI, "note holds half of a character"),
    "half an emoji in the id": (b'{"id": "\\ud83d"}', "id holds half of a character"),
    "half an emoji as a name": (b'{"id": "s-1", "\\udc00": 1}', "name holds half of a character"),
    "a thousand deep": (NESTED, f"deeper than {DEEPEST} levels"),
    "NUL as text": (b'{"id": "s-1", "note": "a\\u0000b"}', "note holds a NUL character"),
    "NUL as a byte": (b'{"id": "s-1", "note": "a\x00b"}', "not JSON"),
    "NUL in the id": (b'{"id": "s\\u00001"}', "id holds a NUL character"),
    "bytes that are no text": (b'{"id": "s-1", "note": "\xff\xfe"', "not JSON"),
    "far too big": (note_of(1_900_000), f"{LONGEST_BODY} at most"),
    "control characters that swell": (b"\x01" * 1_500_000, f"{LONGEST_BODY} at most"),
    "an id without an end": (b'{"id": "' + b"8" * 3000 + b'"}', "id is longer than 1000 bytes"),
    "a number without an end": (b'{"id": "s-1", "count": "' + b"9" * 5000 + b'"}', "not known"),
    "an integer without an end": (b'{"id": ' + b"9" * 5000 + b"}", "not JSON"),
}


async def test_each_bad_message_is_a_task_and_the_others_are_heard(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await application.next(handle)
    for body, _ in BAD.values():
        await handle.signal("dispute_opened", raw(body))
    answer = await _pay(handle, "10.00")

    assert answer.accepted, answer
    tasks = [row.task for row in application.tasks(handle.id, "refused")]
    assert len(tasks) == len(BAD)
    for name, (_, reason) in BAD.items():
        assert any(reason in task.title for task in tasks), name
    assert all(task.title.startswith("dispute opened could not be applied: ") for task in tasks)
    assert (await _pay(handle, "109.00")).accepted
    assert await handle.result() == "paid"


async def test_who_sends_a_bad_message_as_an_update_is_told_why(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await application.next(handle)
    for name, (body, reason) in BAD.items():
        answer: Answer = await handle.execute_update("promise", raw(body), result_type=Answer)
        assert not answer.accepted, name
        assert reason in answer.text, name
    assert (await _pay(handle, "119.00")).accepted


@pytest.mark.parametrize(("size", "accepted"), [(LONGEST_BODY, True), (LONGEST_BODY + 1, False)])
async def test_the_longest_message_is_read_and_one_byte_more_is_refused(
    application: WorkflowHarness, size: int, accepted: bool
) -> None:
    handle = await application.open()
    await application.next(handle)
    answer: Answer = await handle.execute_update(
        "agency_news", raw(note_of(size)), result_type=Answer
    )

    told = "note is longer than 2000 characters" if accepted else f"{size} bytes are too much"
    assert told in answer.text, "a note has a limit of its own, once it was read"


async def test_a_signal_with_nul_in_its_name_is_refused(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await application.next(handle)
    await handle.signal("pay\x00ment", {"id": "s-1"})
    assert (await _pay(handle, "119.00")).accepted

    (task,) = application.tasks(handle.id, "refused")
    assert "is not a message" in task.task.title


PAYMENT = b'{"customer": "C1", "amount": "1.00", "currency": "EUR", "note": "%s"}'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (PAYMENT % b"\\ud83d", "note holds half of a character"),
        (PAYMENT % b"\\u0000", "note holds a NUL character"),
        (PAYMENT % (b"n" * 1_000_000), "are too much for a message"),
        (b"[" * 1000 + b"]" * 1000, "deeper than"),
        (PAYMENT.replace(b"C1", b"C" * 1001) % b"", "customer is longer than 1000 bytes"),
        (b"1.00 EUR", "not JSON"),
    ],
    ids=["half an emoji", "NUL", "too big", "too deep", "customer", "words"],
)
async def test_a_payment_by_workflow_that_cannot_be_kept_is_refused_in_words(
    application: WorkflowHarness, body: bytes, reason: str
) -> None:
    creditor = application.creditor()
    workflow_id = f"payment/{creditor}/bank/B-1"
    answer = await application.client.execute_workflow(
        "PostPayment",
        raw(body),
        id=workflow_id,
        task_queue="amicable",
        result_type=PostedPayment,
    )

    assert not answer.accepted
    assert reason in answer.text
    task = desk.find_task(application.engine, f"unposted/{workflow_id}")
    assert task is not None, "a person looks what became of the money"


@pytest.mark.parametrize(
    ("name", "customer", "reason"),
    [
        ("R\x00-1", "C1", "id holds a NUL character"),
        ("R-1", "C\x001", "customer holds a NUL character"),
        ("R-1", "C" * 1001, "customer is longer than 1000 bytes"),
    ],
    ids=["id", "customer", "long"],
)
async def test_a_case_that_cannot_be_kept_is_refused_in_words_when_another_system_starts_it(
    application: WorkflowHarness, name: str, customer: str, reason: str
) -> None:
    invoice = {
        "number": name,
        "customer": customer,
        "amount": "1.00",
        "currency": "EUR",
        "issued": "2026-01-01",
        "due": "2026-02-01",
    }
    handle = await application.client.start_workflow(
        "InvoiceWorkflow",
        {"invoice": invoice},
        id=f"invoice/{application.creditor()}/{name}",
        task_queue="amicable",
    )

    assert await handle.result() == "refused"
    (task,) = application.tasks(writable(handle.id), "refused")
    assert reason in task.task.title


async def _pay(handle: Handle, amount: str) -> Answer:
    body = {"id": f"b-{amount}", "amount": amount}
    answer: Answer = await handle.execute_update("payment", body, result_type=Answer)
    return answer

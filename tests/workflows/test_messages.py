"""What is said to a running case: heard whatever its shape, answered by the ledger, kept once."""

# One thing: the table of bodies, and what each becomes as an update and as a signal.

import json
from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import RawValue
from temporalio.converter import PayloadConverter

from adapters.ledger.queries import reads
from domain.message_types import MessageType
from domain.wire import Answer
from tests.workflows.factories import BRISK, WorkflowHarness

BODIES: dict[MessageType, dict[str, Any]] = {
    MessageType.SEND_NOW: {"id": "m-2s", "ref": "final"},
    MessageType.PAYMENT: {"id": "m-1", "amount": "19.00"},
    MessageType.PAYMENT_REVERSED: {"id": "m-2", "amount": "10.00"},
    MessageType.REFUND: {"id": "m-2a", "amount": "9.00"},
    MessageType.IN_FLIGHT: {"id": "m-2b", "amount": "5.00"},
    MessageType.IN_FLIGHT_FAILED: {"id": "m-2c", "ref": "m-2b"},
    MessageType.CREDIT_NOTE: {"id": "m-3", "amount": "9.00"},
    MessageType.CREDIT_NOTE_CANCELLED: {"id": "m-4", "amount": "9.00"},
    MessageType.INVOICE_CORRECTED: {"id": "m-4a", "amount": "118.00"},
    MessageType.PROMISE: {"id": "m-5", "amount": "50.00"},
    MessageType.TAKEN_BACK: {"id": "m-5z", "ref": "m-5"},
    MessageType.STEP_SKIPPED: {"id": "m-5y", "ref": "call", "reason": "known for years"},
    MessageType.PLAN_PROPOSED: {"id": "m-5a", "every": "week", "count": 2},
    MessageType.PLAN_AGREED: {"id": "m-5b", "ref": "m-5a"},
    MessageType.PLAN_ENDED: {"id": "m-5c", "ref": "m-5a"},
    MessageType.SETTLEMENT: {"id": "m-5d", "amount": "90.00"},
    MessageType.AGREEMENT_CONFIRMED: {"id": "m-5e", "ref": "m-5d"},
    MessageType.REMINDED_ELSEWHERE: {"id": "m-5f", "ref": "polite", "date": "2026-01-02"},
    MessageType.LETTER_CORRECTED: {"id": "m-5g", "ref": "polite", "reason": "sum"},
    MessageType.DISPUTE_OPENED: {"id": "m-6", "amount": "10.00", "reason": "wrong goods"},
    MessageType.DISPUTE_SETTLED: {"id": "m-7"},
    MessageType.PAUSE: {"id": "m-8"},
    MessageType.RESUME: {"id": "m-9"},
    MessageType.WRITE_OFF: {"id": "m-10", "amount": "1.00"},
    MessageType.WRITE_OFF_UNDONE: {"id": "m-11"},
    MessageType.COSTS_WAIVED: {"id": "m-11a", "reason": "goodwill"},
    MessageType.AGENCY_NEWS: {"id": "m-12", "reason": "contacted"},
    MessageType.CALL_RESULT: {"id": "m-13", "reason": "no_answer"},
    MessageType.CONTACT_NEWS: {"id": "m-14", "reason": "delivered"},
    MessageType.HANDOFF_APPROVED: {"id": "m-15", "by": "ann"},
    MessageType.NUDGE: {"id": "m-16"},
    MessageType.POLICY_CHANGED: {"id": "m-16a", "ref": "none"},
    MessageType.WITHDRAWN: {"id": "m-17", "reason": "invoiced twice"},
}

DATED = (MessageType.PROMISE, MessageType.PAUSE, MessageType.PLAN_PROPOSED, MessageType.SETTLEMENT)
"""Those that speak of a day to come."""


async def _say(handle: WorkflowHandle[Any, Any], kind: str, body: object, **how: Any) -> Answer:
    answer: Answer = await handle.execute_update(kind, body, result_type=Answer, **how)
    return answer


async def _awake(application: WorkflowHarness) -> WorkflowHandle[Any, Any]:
    """A case past its start delay."""
    handle = await application.open()
    await application.next(handle)
    return handle


async def test_every_message_there_is_gets_an_answer_from_the_ledger(
    application: WorkflowHarness,
) -> None:
    assert set(BODIES) == set(MessageType)
    handle = await _awake(application)
    day = (await application.clock(handle)).date() + timedelta(days=9)
    for kind, body in BODIES.items():
        dated = body | ({"date": day.isoformat()} if kind in DATED else {})
        answer = await _say(handle, kind.value, dated)
        if kind is MessageType.SEND_NOW:  # the deadline of the letter before it runs
            assert "final cannot leave today" in answer.text
            continue
        assert kind.value in answer.text, answer
        assert (answer.accepted, answer.code) == (True, "accepted"), answer
    assert await handle.result() == "withdrawn"
    kept = {recorded.message.kind for recorded in reads.messages_of(application.engine, handle.id)}
    assert kept | {MessageType.SEND_NOW} == set(MessageType)


async def test_every_message_there_is_may_come_as_a_signal(application: WorkflowHarness) -> None:
    handle = await _awake(application)
    await application.clock(handle)
    for kind, body in BODIES.items():
        await handle.signal(kind.value, body)
    assert await handle.result() == "withdrawn"
    kept = {recorded.message.kind for recorded in reads.messages_of(application.engine, handle.id)}
    assert kept | {MessageType.NUDGE} | _refused(application, handle.id) == set(MessageType)


def _refused(application: WorkflowHarness, case: str) -> set[MessageType]:
    titles = [task.task.title for task in application.tasks(case, "refused")]
    return {kind for kind in MessageType if any(_names(title, kind) for title in titles)}


def _names(title: str, kind: MessageType) -> bool:
    """A title begins with the kind in words."""
    return title.startswith(f"{kind.value.replace('_', ' ')} could not be applied: ")


async def test_a_plan_b_that_nobody_could_carry_out_is_refused_when_it_is_heard(
    application: WorkflowHarness,
) -> None:
    """Whoever sends a signal hears no answer: a person finds it on the desk the same moment."""
    handle = await _awake(application)
    day = (await application.clock(handle)).date() + timedelta(days=5)
    told = {"date": day.isoformat(), "plan_b": "agency:nobody"}
    answer = await _say(handle, "promise", told | {"id": "named-1"})
    await handle.signal("promise", told | {"id": "named-2"})
    await handle.signal("promise", {"id": "plain", "date": day.isoformat()})
    await _say(handle, "call_result", {"id": "named-3", "reason": "no_answer"})

    assert (answer.accepted, answer.code, answer.field) == (False, "refused", "plan_b")
    assert "works with no agency nobody; there is none" in answer.text
    titles = [task.task.title for task in application.tasks(handle.id, "refused")]
    assert len([title for title in titles if "works with no agency nobody" in title]) == 2
    heard = [one.message.key for one in reads.messages_of(application.engine, handle.id)]
    assert "plain" in heard
    assert not {"named-1", "named-2"} & set(heard)


async def test_a_promise_by_update_is_answered_with_its_check_and_its_plan_b(
    application: WorkflowHarness,
) -> None:
    handle = await _awake(application)
    day = (await application.clock(handle)).date() + timedelta(days=5)
    answer = await _say(handle, "promise", {"date": day.isoformat(), "by": "ann"}, id="u-1")

    assert answer.accepted
    assert answer.check_at is not None
    assert answer.check_at.date() == day, "checked at the end of that day in Berlin"
    assert answer.plan_b
    assert application.row(handle.id).stage == "promised"

    await application.next(handle)
    assert application.steps(handle.id)[-1] == "agreement-1-confirmed"
    row = await application.next(handle)
    assert application.steps(handle.id)[-1] == "cash-only", row.next_why


async def test_the_same_update_twice_is_one_promise_with_one_answer(
    application: WorkflowHarness,
) -> None:
    handle = await _awake(application)
    day = (await application.clock(handle)).date() + timedelta(days=5)
    body = {"id": "p-1", "date": day.isoformat()}
    first = await _say(handle, "promise", body, id="u-1")
    again = await _say(handle, "promise", body, id="u-2")

    assert first == again
    assert len(reads.messages_of(application.engine, handle.id)) == 1


async def test_the_same_id_with_other_content_is_a_conflict_by_its_code(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    body = {"id": "CN-1", "amount": "1.00", "note": "was used before with other content"}
    first = await _say(handle, "credit_note", body)
    other = await _say(handle, "credit_note", body | {"amount": "2.00"})

    assert (first.accepted, first.code) == (True, "accepted")
    assert (other.accepted, other.code) == (False, "conflict")


async def test_an_update_in_the_start_delay_is_answered_at_once(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    answer = await _say(handle, "dispute_opened", {"reason": "wrong goods"})

    assert answer.accepted
    assert application.row(handle.id).stage == "disputed"
    assert application.steps(handle.id) == []


async def test_a_plain_signal_in_the_start_delay_is_heard_at_the_first_step_before_it_is_done(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await handle.signal("payment", {"id": "early", "amount": "119.00"})
    before, letters = application.number(handle.id), application.letters_about(handle.id)
    wait = (application.row(handle.id).next_at or application.now) - await application.clock(handle)
    await application.env.fast_forward(handle, wait + timedelta(seconds=1))

    assert await handle.result() == "paid"
    assert application.number(handle.id) > before
    assert (application.letters_about(handle.id), application.steps(handle.id)) == (
        letters,
        ["close"],
    )


@pytest.mark.parametrize(
    "bodies",
    [
        [RawValue(PayloadConverter.default.to_payload("not an object"))],
        [{"amount": "12.345", "id": "f"}],
        [{"amount": "1000000", "currency": "XXX", "id": "f"}],
        [["a", "list"]],
        [{"id": "one"}, {"id": "two"}],
        [{"amount": "5.00"}],
    ],
    ids=["text", "too fine", "currency", "list", "two bodies", "money without an id"],
)
async def test_a_body_that_cannot_be_read_lies_on_the_desk_and_the_case_lives(
    application: WorkflowHarness, bodies: list[Any]
) -> None:
    handle = await _awake(application)
    before = application.number(handle.id)
    await handle.signal("payment", args=bodies)
    row = await application.decided(handle, before)

    (task,) = application.tasks(handle.id, "refused")
    assert task.task.title.startswith("payment could not be applied")
    assert row.open == row.amount
    assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
    assert (await _say(handle, "payment", {"id": "ok", "amount": "119.00"})).accepted
    assert await handle.result() == "paid"


async def test_bytes_that_are_no_json_lie_on_the_desk(application: WorkflowHarness) -> None:
    handle = await _awake(application)
    before = application.number(handle.id)
    broken = PayloadConverter.default.to_payload({})
    broken.data = b'{"id": \xff'
    await handle.signal("promise", RawValue(broken))
    await application.decided(handle, before)

    (task,) = application.tasks(handle.id, "refused")
    assert "not JSON" in task.task.title


async def test_a_message_nobody_knows_is_refused_with_the_names_there_are(
    application: WorkflowHarness,
) -> None:
    handle = await _awake(application)
    answer = await _say(handle, "please_stop", {"id": "x"})
    before = application.number(handle.id)
    await handle.signal("please_stop", {"id": "y"})
    await application.decided(handle, before)

    assert (answer.accepted, answer.code) == (False, "invalid")
    assert "the messages are" in answer.text
    assert len(application.tasks(handle.id, "refused")) == 2


async def test_a_nudge_with_a_body_or_two_only_wakes(application: WorkflowHarness) -> None:
    handle = await _awake(application)
    nothing_one_and_two: list[list[Any]] = [[], [{}], [1, "two"]]
    for bodies in nothing_one_and_two:
        before = application.number(handle.id)
        await handle.signal("nudge", args=bodies)
        await application.decided(handle, before)
    assert application.tasks(handle.id) == ()


async def test_queries_say_what_comes_next_and_why_without_a_name(
    application: WorkflowHarness,
) -> None:
    handle = await _awake(application)
    while (answer := await handle.query("what_next"))["number"] < application.number(handle.id):
        pass  # the ledger knew first
    assert (answer["do"], answer["step"]) == ("call_task", "call")
    assert "due+4 is" in await handle.query("why")
    assert "Canary" not in json.dumps(answer)


async def test_money_by_a_case_on_its_way_and_in_words_is_one_payment(
    application: WorkflowHarness,
) -> None:
    handle = await application.open(BRISK)
    await application.amicable.say(handle.id, MessageType.PAYMENT, {"id": "b-1", "amount": "20.00"})
    answer = await _say(handle, "payment", {"id": "b-1", "amount": "20.00"})
    assert answer.accepted, answer
    assert application.row(handle.id).paid.minor == 2000

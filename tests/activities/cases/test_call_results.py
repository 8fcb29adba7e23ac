"""How a call went, on a real ledger: one command, one lock, and all that it means (P13, P40)."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.customers.people import get_debtor
from adapters.ledger.queries import reads
from adapters.ledger.tasks.desk import find_tasks
from domain.message_types import MessageType
from domain.parties.customer import Touch
from domain.wire import Answer, CaseActivityInput, ReceivedMessage
from tests.activities.sending_harness import NINE, Office


def call(office: Office, reason: str, **body: str) -> Answer:
    """A collector records a call; the answer as it is."""
    given = {"id": "c-1", "reason": reason, "by": "ann", **body}
    return office.desk.say(office.case, MessageType.CALL_RESULT, given)[0]


def kept(office: Office) -> list[tuple[str, str, str]]:
    """What the ledger has: key, kind, and whether it counts."""
    found = reads.messages_of(office.engine, office.case)
    return [
        (recorded.message.key, recorded.message.kind.value, recorded.status) for recorded in found
    ]


def desk(office: Office) -> list[Task]:
    return [row.task for row in find_tasks(office.engine, TaskFilter(case=office.case))]


def touches(office: Office) -> list[Touch]:
    with office.ledger.account_of(office.case) as account:
        file = account.cases.read(office.case)
    assert file
    return [contact.what for contact in file.customer.contacts]


def test_a_promise_told_in_a_call_is_recorded_with_its_plan_b_and_is_one_contact(
    office: Office,
) -> None:
    """P50 P51: the check and the Plan B are answered at once."""
    answer = call(office, "promised", date="2026-03-05", amount="50.00")

    assert answer.accepted
    assert answer.text.startswith("call_result and promise accepted; 119.00 EUR open")
    assert "record the promise itself" not in answer.text
    assert answer.check_at == NINE.replace(day=5, hour=23)
    assert answer.plan_b.startswith("we write and call the same day")
    assert kept(office) == [
        ("c-1", "call_result", "applied"),
        ("c-1/promise", "promise", "applied"),
    ]
    assert touches(office) == [Touch.CONVERSATION]
    office.remind()
    assert office.email.calls == []


def test_the_same_call_twice_is_one_call_and_one_promise(office: Office) -> None:
    first = call(office, "promised", date="2026-03-05")
    again = call(office, "promised", date="2026-03-05")

    assert again == first
    assert len(kept(office)) == 2
    other = call(office, "promised", date="2026-03-06")
    assert not other.accepted
    assert "other content" in other.text
    assert len(kept(office)) == 2


@pytest.mark.parametrize("call_first", [True, False])
def test_whoever_records_the_promise_too_has_heard_one_promise(
    office: Office, *, call_first: bool
) -> None:
    """The policy allows two: one told twice must not use them up."""
    answers = []
    for by_call in (call_first, not call_first):
        if by_call:
            answers.append(call(office, "promised", date="2026-03-05"))
        else:
            answers.append(office.say(MessageType.PROMISE, id="p-1", date="2026-03-05"))

    assert all(answer.accepted and answer.check_at for answer in answers)
    second = office.desk.say(office.case, MessageType.PROMISE, {"id": "p-2", "date": "2026-03-09"})[
        0
    ]
    assert second.accepted, "only one was made before"
    third = office.desk.say(office.case, MessageType.PROMISE, {"id": "p-3", "date": "2026-03-10"})[
        0
    ]
    assert "2 promises were made before" in third.text


def test_both_names_of_one_promise_may_be_confirmed(office: Office) -> None:
    call(office, "promised", date="2026-03-05")
    office.say(MessageType.PROMISE, id="p-1", date="2026-03-05")

    for ref in ("p-1", "c-1/promise"):
        office.say(MessageType.AGREEMENT_CONFIRMED, id=f"yes-{ref}", ref=ref, channel="email")


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-03-01", "is already past"), ("2026-04-02", "more than 30 days away; offer a plan")],
)
def test_an_impossible_promise_is_refused_in_words_and_the_call_is_kept(
    office: Office, day: str, words: str
) -> None:
    """The conversation took place: its quiet holds; the promise lies on the desk."""
    answer = call(office, "promised", date=day)

    assert not answer.accepted
    assert "the call is recorded, the promise is not" in answer.text
    assert words in answer.text
    assert answer.check_at is None
    assert kept(office) == [
        ("c-1", "call_result", "applied"),
        ("c-1/promise", "promise", "refused"),
    ]
    assert [task.kind for task in desk(office)] == ["refused"]
    assert touches(office) == [Touch.CONVERSATION]


def test_an_id_that_is_taken_leaves_nothing_half_applied(office: Office) -> None:
    office.say(MessageType.PROMISE, id="c-1/promise", date="2026-03-20")
    answer = call(office, "promised", date="2026-03-05")

    assert not answer.accepted
    assert "give this call an id of its own" in answer.text
    assert [key for key, _, _ in kept(office)] == ["c-1/promise"]


def test_what_is_contested_in_a_call_is_not_chased(office: Office) -> None:
    """P41: the undisputed rest is."""
    answer = call(office, "disputed", ref="goods", amount="19.00", owner="tom")

    assert answer.accepted
    assert "19.00 EUR contested, to be settled by" in answer.text
    (task,) = desk(office)
    assert (task.kind, task.owner) == ("dispute", "tom")
    office.now += timedelta(minutes=15)
    receipt = CaseActivityInput(case=office.case, do="acknowledge", step="dispute-1-received")
    office.sender().send(receipt, office.clock)
    office.now += timedelta(days=2)
    office.remind()
    received, reminder = office.email.calls
    assert "Until then we do not ask for EUR 19.00 of it" in received.text
    assert "Amount owed: EUR 100.00" in reminder.text


def test_a_missing_invoice_is_put_right_and_the_clock_goes_on(office: Office) -> None:
    """P13 P41: was the invoice received at all?"""
    answer = call(office, "invoice_not_received")
    (task,) = desk(office)

    assert task.kind == "fix"
    assert "send the invoice again" in task.title
    assert "put right by 2026-03-04, and the clock goes on" in answer.text


def test_hardship_told_in_a_call_is_one_dispute(office: Office) -> None:
    """P42: it follows from the result itself, as it always did."""
    call(office, "hardship")
    assert [key for key, _, _ in kept(office)] == ["c-1"]
    assert [task.kind for task in desk(office)] == ["offer"]


def test_an_approval_is_waited_for_and_asked_after(office: Office) -> None:
    """Nothing is sent up to and including the day; the day after somebody calls."""
    assert call(office, "in_approval", date="2026-03-05").accepted
    (task,) = desk(office)

    assert (task.kind, task.due_at) == ("call_back", NINE + timedelta(days=4))
    assert office.remind().at == NINE + timedelta(days=4)
    assert office.email.calls == []


def test_a_wrong_number_is_never_used_again_and_the_right_one_is_looked_for(
    office: Office,
) -> None:
    assert call(office, "wrong_number").accepted
    debtor = get_debtor(office.engine, office.creditor, "C1")

    assert debtor
    assert debtor.reach("sms") == ""
    assert debtor.reach("email") == "bob@bob.example"
    assert ["find the right one" in task.title for task in desk(office)] == [True]
    assert touches(office) == [Touch.CALL]


def test_whoever_does_not_want_calls_is_remembered(office: Office) -> None:
    assert call(office, "do_not_call").accepted
    debtor = get_debtor(office.engine, office.creditor, "C1")

    assert debtor
    assert debtor.opted_out == ("voice",)
    assert debtor.reach("email")


def test_the_right_person_is_called_next(office: Office) -> None:
    call(office, "wrong_person", note="Ann Li, +49 30 901820")
    (task,) = desk(office)

    assert (task.kind, task.detail) == ("call_back", "Ann Li, +49 30 901820")
    assert "Li" not in task.title
    office.pay()
    office.remind()
    assert desk(office) == [], "nobody calls a customer who has paid"


def test_a_signal_to_the_case_means_the_same(office: Office) -> None:
    heard = ReceivedMessage(
        kind="call_result",
        body='{"id": "c-1", "reason": "promised", "date": "2026-03-05"}',
        key="c-1",
        keyed=True,
    )
    decision = office.remind(heard)

    assert decision.answers["c-1"].accepted
    assert [key for key, _, _ in kept(office)] == ["c-1", "c-1/promise"]
    assert office.email.calls == []


def test_other_systems_hear_of_one_promise(office: Office) -> None:
    call(office, "promised", date="2026-03-05")
    office.say(MessageType.PROMISE, id="p-1", date="2026-03-05")

    query = text("SELECT data FROM happening WHERE case_id = :case AND kind = 'promise.recorded'")
    with office.engine.connect() as link:
        told = list(link.execute(query, {"case": office.case}).scalars())
    assert [one["promise"] for one in told] == ["c-1/promise"]

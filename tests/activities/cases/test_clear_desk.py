"""The desk shows what is still worth doing: nobody calls a customer who has paid."""

from datetime import UTC, datetime

import pytest

from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.tasks.desk import find_tasks
from domain.decision.describing import who_has
from domain.decision.state import CaseState, case_state
from domain.message_types import MessageType
from domain.parties.tasks import TaskKind, TaskState
from tests.activities.sending_harness import Office


def _call(office: Office) -> None:
    with office.ledger.account_of(office.case) as account:
        account.tasks.add(
            Task(key=f"call/{office.case}", kind=TaskKind.CALL, case=office.case, title="call")
        )


def test_a_call_is_ticked_off_when_the_money_comes(office: Office) -> None:
    _call(office)
    office.pay()
    office.remind()

    assert office.tasks("call") == []


def test_a_call_is_ticked_off_when_all_of_it_is_disputed(office: Office) -> None:
    """P41."""
    _call(office)
    office.say(MessageType.DISPUTE_OPENED)
    office.remind()

    assert office.tasks("call") == []


def test_a_call_stays_while_a_part_is_owed(office: Office) -> None:
    _call(office)
    office.say(MessageType.DISPUTE_OPENED, amount="19.00")
    office.remind()

    assert office.tasks("call") == ["call"]


def test_money_too_much_is_a_persons_question(office: Office) -> None:
    office.say(MessageType.PAYMENT, amount="150.00")

    assert office.tasks("question") == [
        "R-1: 31.00 EUR of C1 came in that nothing is owed for; refund or allocate it"
    ]


def _sales(office: Office) -> None:
    key = f"sales/{office.case}"
    with office.ledger.account_of(office.case) as account:
        account.tasks.add(Task(key=key, kind=TaskKind.SALES, case=office.case, title="note"))


def _notes(office: Office) -> list[str]:
    rows = find_tasks(
        office.engine, TaskFilter(case=office.case, kind="call", status=TaskState.DONE)
    )
    return [row.done_note for row in rows]


def view_of(office: Office) -> CaseState:
    with office.ledger.account_of(office.case) as account:
        file = account.cases.read(office.case)
    assert file
    return case_state(file, office.now)


def test_calls_and_notes_end_when_the_agency_takes_the_case(office: Office) -> None:
    """A13 P71: nobody of ours asks any more when it will be paid, and the case says who has it."""
    office.remind()
    _call(office)
    _sales(office)
    office.now = datetime(2026, 3, 4, 8, tzinfo=UTC)
    office.deliver()

    assert office.tasks("call") == office.tasks("sales") == []
    assert _notes(office) == ["the agency has the case"]
    view = view_of(office)
    assert who_has(view.case, view.calendar) == "the agency, since 2026-03-04"


ENDS: tuple[tuple[MessageType, dict[str, str], str], ...] = (
    (MessageType.PAUSE, {}, "the case is paused"),
    (MessageType.PROMISE, {"date": "2026-03-09"}, "an agreement is kept so far"),
    (MessageType.INVOICE_CORRECTED, {"date": "2026-03-20"}, "due on 2026-03-20 now"),
    (MessageType.WITHDRAWN, {}, "withdrawn"),
)


@pytest.mark.parametrize(("kind", "body", "note"), ENDS)
def test_a_call_ends_with_the_chase(
    office: Office, kind: MessageType, body: dict[str, str], note: str
) -> None:
    """A13: nobody calls about what is paused, agreed, not due any more or withdrawn."""
    _call(office)
    office.say(kind, **body)
    office.remind()

    assert office.tasks("call") == []
    assert _notes(office) == [note]


def test_a_call_that_the_customer_asked_for_outlives_a_pause(office: Office) -> None:
    with office.ledger.account_of(office.case) as account:
        key = f"call_back/{office.case}"
        account.tasks.add(Task(key=key, kind=TaskKind.CALL_BACK, case=office.case, title="back"))
    office.say(MessageType.PAUSE)
    office.remind()

    assert office.tasks("call_back") == ["back"]

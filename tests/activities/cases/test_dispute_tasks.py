"""What customers contest, on a real ledger: the desk, the answers, and the message on its way."""

from datetime import timedelta

import pytest

from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.tasks.desk import find_tasks
from domain.message_types import MessageType
from domain.parties.tasks import TaskKind
from tests.activities.sending_harness import NINE, Office

PLEAS = {
    "invoice_not_received": "send the invoice again, and ask whether it has arrived",
    "invoice_error": "correct the invoice and send it again",
    "payment_method": "offer another way to pay",
    "missing_information": "send what is missing",
}


def desk(office: Office) -> list[Task]:
    """What waits for a person."""
    return [row.task for row in find_tasks(office.engine, TaskFilter(case=office.case))]


@pytest.mark.parametrize("reason", PLEAS)
def test_a_minor_reason_opens_a_task_at_once_with_its_own_words_and_day(
    office: Office, reason: str
) -> None:
    """P41: within two days; the reminder that is due goes out all the same."""
    answer = office.say(MessageType.DISPUTE_OPENED, reason=reason, owner="ann")
    (task,) = desk(office)

    assert task.kind == "fix"
    assert PLEAS[reason] in task.title
    assert task.owner == "ann"
    assert task.due_at == NINE + timedelta(days=2)
    assert "put right by 2026-03-04, and the clock goes on" in answer.text
    office.remind()
    assert len(office.email.calls) == 1


def test_a_task_is_done_when_its_own_dispute_is_settled(office: Office) -> None:
    office.say(MessageType.DISPUTE_OPENED, id="d1", amount="10.00", reason="goods")
    office.say(MessageType.DISPUTE_OPENED, id="d2", amount="20.00", reason="price")
    answer = office.say(MessageType.DISPUTE_SETTLED, ref="d1", reason="for_customer")

    assert [task.key for task in desk(office)] == [f"dispute/{office.case}/d2"]
    assert answer.text.endswith("109.00 EUR open; 10.00 EUR conceded and credited")


def test_nobody_settles_what_nobody_owes(office: Office) -> None:
    office.say(MessageType.DISPUTE_OPENED, reason="goods")
    office.now += timedelta(hours=1)
    office.pay()
    office.remind()

    assert desk(office) == []


@pytest.mark.parametrize(
    ("amount", "is_told"),
    [("118.99", False), ("119.00", False), ("119.01", True), ("500.00", True)],
)
def test_whoever_contests_more_than_is_open_is_told_so(
    office: Office, amount: str, is_told: bool
) -> None:
    answer = office.say(MessageType.DISPUTE_OPENED, amount=amount, reason="goods")

    assert f"{amount} EUR contested" in answer.text
    assert ("that is more than the 119.00 EUR open" in answer.text) is is_told


def test_free_words_stay_out_of_titles(office: Office) -> None:
    office.say(MessageType.DISPUTE_OPENED, reason="Mr Miller says it leaks")
    (task,) = desk(office)

    assert "Miller" not in task.title
    assert task.detail == "Mr Miller says it leaks"


def test_hardship_asks_for_an_offer_within_the_limits_of_the_policy(office: Office) -> None:
    """P42: discretion and an offer; an agreement is what settles it."""
    office.say(MessageType.CALL_RESULT, reason="hardship")
    (task,) = desk(office)
    assert task.kind == "offer"
    assert "extension (up to 30 days) or a plan (up to 366 days), no pressure" in task.title
    office.remind()
    assert office.email.calls == []

    office.say(MessageType.PROMISE, date="2026-03-20")
    assert not [task for task in desk(office) if task.kind == "offer"]


def test_a_call_finishes_its_task_and_a_wish_to_be_called_is_a_new_one(office: Office) -> None:
    call = Task(
        key=f"call/{office.case}/1/call", kind=TaskKind.CALL, case=office.case, title="call"
    )
    with office.ledger.account_of(office.case) as account:
        account.tasks.add(call)
    office.say(MessageType.CALL_RESULT, reason="call_back", date="2026-03-05", note="after ten")
    (task,) = desk(office)

    assert task.kind == "call_back"
    assert task.due_at == NINE + timedelta(days=3)
    assert task.detail == "after ten"
    office.say(MessageType.CALL_RESULT, id="again", reason="reached")
    assert desk(office) == []


def test_a_claim_to_have_paid_moves_no_money_and_waits_two_working_days(office: Office) -> None:
    """Any day is a working day of this policy: said on Monday morning, due again on Wednesday."""
    answer = office.say(MessageType.CALL_RESULT, reason="paid_claim")
    assert "119.00 EUR open; nothing more is sent for two working days" in answer.text
    assert ["look for the money" in task.title for task in desk(office)] == [True]
    assert office.remind().at == NINE + timedelta(days=2)
    assert office.email.calls == []

    office.now = NINE + timedelta(days=2)
    office.remind()
    assert len(office.email.calls) == 1


@pytest.mark.parametrize("when", ["before_T1", "after_T1"])
def test_a_part_contested_while_the_message_goes_out_is_not_asked_for(
    office: Office, when: str
) -> None:
    """P41: the last look sees it; the letter asks for the rest and says what is left out."""
    office.between[when] = lambda: office.say(
        MessageType.DISPUTE_OPENED, amount="19.00", reason="goods"
    )
    office.remind()

    (call,) = office.email.calls
    assert "Amount owed: EUR 100.00" in call.text
    assert "In dispute (not included in this request): \N{MINUS SIGN} EUR 19.00" in call.text
    assert "please pay EUR 119.00" not in call.text.lower()


def test_a_minor_reason_that_comes_in_between_stops_nothing(office: Office) -> None:
    office.between["after_T1"] = lambda: office.say(
        MessageType.DISPUTE_OPENED, reason="payment_method"
    )
    office.remind()

    assert "119.00" in office.email.calls[0].text

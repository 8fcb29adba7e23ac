"""The desk shows what is still worth doing: nobody calls a customer who has paid."""

from activities.ports.types import Task
from domain.message_types import MessageType
from domain.parties.tasks import TaskKind
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

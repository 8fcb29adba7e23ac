"""What is agreed is fixed in the ledger when it is recorded, and confirmed by the real deeds."""

from datetime import timedelta
from typing import Any

from adapters.ledger.queries import reads
from domain.case.model import Message
from domain.message_types import ActionType, MessageType
from domain.wire import Answer, CaseActivityInput
from tests.activities.sending_harness import Office

DAY = "2026-03-13"


def tell(office: Office, kind: MessageType, **body: Any) -> Answer:
    answer, _ = office.desk.say(office.case, kind, body)
    return answer


def kept(office: Office, key: str) -> Message:
    said = (recorded.message for recorded in reads.messages_of(office.engine, office.case))
    return next(message for message in said if message.key == key)


def test_a_promise_is_kept_with_its_check_and_the_money_that_was_there(office: Office) -> None:
    tell(office, MessageType.PAYMENT, id="B-1", amount="19.00")
    first = tell(
        office, MessageType.PROMISE, id="p", date=DAY, amount="50.00", by="ann", channel="phone"
    )
    message = kept(office, "p")

    assert first.accepted
    assert message.check_at == first.check_at
    assert [part.minor for part in message.parts] == [1900]
    assert (message.by, message.channel) == ("ann", "phone")
    assert tell(office, MessageType.PROMISE, id="p", date=DAY, amount="50.00") == first


def test_a_plan_by_the_calendar_is_kept_part_by_part_and_may_be_repeated(office: Office) -> None:
    """A part payment in between does not make the repeat another message."""
    body = {"id": "plan", "every": "month", "count": 3, "date": DAY}
    first = tell(office, MessageType.PLAN_AGREED, **body)
    tell(office, MessageType.PAYMENT, id="B-1", amount="19.00")
    again = tell(office, MessageType.PLAN_AGREED, **body)

    assert first.accepted
    assert again.accepted
    assert (first.check_at, first.plan_b) == (again.check_at, again.plan_b)
    assert [part.minor for part in kept(office, "plan").parts] == [3966, 3966, 3968]
    other = tell(office, MessageType.PLAN_AGREED, **body | {"count": 2})
    assert "used before with other content" in other.text


def test_more_than_is_open_is_said_in_the_answer(office: Office) -> None:
    answer = tell(office, MessageType.PROMISE, id="p", date=DAY, amount="200.00")

    assert answer.accepted
    assert "81.00 EUR more than is open" in answer.text


def test_an_agreement_is_confirmed_once_by_mail(office: Office) -> None:
    """P50: through the same protocol as every other message, and only once."""
    office.now -= timedelta(hours=1)
    tell(office, MessageType.PROMISE, id="p", date=DAY, amount="50.00")
    office.now += timedelta(hours=1)
    turn = CaseActivityInput(
        case=office.case, do="acknowledge", step="agreement-1-confirmed", at=office.now
    )
    after = office.sender().send(turn, office.clock)
    office.sender().send(turn, office.clock)

    (mail,) = office.email.taken
    assert "you will pay EUR 50.00" in mail.text
    assert "by 13 March 2026" in mail.text
    assert after.do != ActionType.ACKNOWLEDGE


def test_nothing_is_confirmed_after_it_was_paid(
    office: Office,
) -> None:
    tell(office, MessageType.PROMISE, id="p", date=DAY)
    tell(office, MessageType.PAYMENT, id="B-1", amount="119.00")
    turn = CaseActivityInput(
        case=office.case, do="acknowledge", step="agreement-1-confirmed", at=office.now
    )
    office.sender().send(turn, office.clock)

    assert office.email.taken == []

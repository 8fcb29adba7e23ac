"""Events as endpoints get them, made by the code that makes them, from one made-up case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from activities.cases.announcing import of_agreements, of_deed, of_message, opened
from activities.ports.events import DomainEvent
from adapters.webhooks.signed_post import payload
from domain.calendar import Calendar
from domain.case.model import Deed, Invoice, Message
from domain.case.money import Ground
from domain.fold.fold import fold
from domain.message_types import ActionType, MessageType, Result
from domain.money import Money
from domain.policy.policy_file import standard_policy

DAY = timedelta(days=1)
DUE = date(2026, 3, 31)
NOON = datetime(2026, 4, 7, 12, tzinfo=UTC)
INVOICE = Invoice(
    creditor="acme",
    number="2026-0007",
    customer="C-1",
    issued=date(2026, 3, 1),
    due=DUE,
    amount=Money(119000, "EUR"),
    opened_at=NOON - 35 * DAY,
)
REMINDER = Deed(
    step="clear",
    do=ActionType.REMIND,
    at=NOON,
    result=Result.ACCEPTED,
    channel="email",
    open=119000,
    deadline=date(2026, 4, 14),
)
PROMISE = Message(key="call-7", kind=MessageType.PROMISE, at=NOON + DAY, day=date(2026, 4, 10))
DISPUTE = Message(
    key="mail-9", kind=MessageType.DISPUTE_OPENED, at=NOON + DAY, amount=Money(19000, "EUR")
)
PAID = Message(
    key="bank/1", kind=MessageType.PAYMENT, at=NOON + 9 * DAY, amount=Money(119000, "EUR")
)
CLOSED = Deed(step="close", do=ActionType.CLOSE, at=NOON + 9 * DAY, open=0)


def samples() -> list[dict[str, object]]:
    """One event of most kinds."""
    policy = standard_policy()
    ground = Ground(policy, policy.calendar("Europe/Berlin"))
    assert isinstance(ground.calendar, Calendar)
    running = fold(INVOICE, [PROMISE, DISPUTE], [REMINDER], ground).case
    ended = fold(INVOICE, [PROMISE, DISPUTE, PAID], [REMINDER, CLOSED], ground).case
    settled = replace(DISPUTE, key="mail-12", kind=MessageType.DISPUTE_SETTLED, ref=DISPUTE.key)
    told: list[DomainEvent] = [
        opened(INVOICE),
        *of_deed(running, REMINDER),
        *of_message(running, PROMISE),
        *of_agreements(running, NOON + 30 * DAY),
        *of_message(running, DISPUTE),
        *of_message(running, settled),
        *of_deed(ended, CLOSED),
    ]
    return [payload(one) for one in told]


SAMPLES = samples()

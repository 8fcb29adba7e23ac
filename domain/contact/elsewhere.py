"""What was said about an invoice before it came here: the ladder goes on after it."""

from __future__ import annotations

from datetime import date, timedelta

from domain.case.model import Case, Deed, Invoice, Message
from domain.case.money import Ground
from domain.changed import changed
from domain.errors import RefusedError
from domain.message_types import ActionType, MessageType

WHY = "said elsewhere, before the invoice came here"


def last_said_elsewhere(invoice: Invoice, step: str, day: date | None, by: str) -> Message:
    """What a new case is told about the last reminder before it came here."""
    return Message(
        key=f"before/{invoice.number}/{step}",
        kind=MessageType.REMINDED_ELSEWHERE,
        at=invoice.opened_at,
        ref=step,
        day=day,
        by=by,
    )


def reminded_elsewhere(case: Case, message: Message, ground: Ground) -> Case:
    """The case with a step that somebody else has said on a day; no message goes out.

    The deadline is the one that the step gives, counted from that day.

    Raises:
        RefusedError: if the step or its day is missing or impossible.
    """
    day, today = message.day, ground.calendar.local_date(message.at)
    if not message.ref:
        raise RefusedError("ref names the step that was said", field="ref")
    if day is None:
        raise RefusedError("date names the day on which it was said", field="date")
    if day > today:
        raise RefusedError(f"{day} lies in the future: nothing was said then", field="date")
    step = ground.policy.step(message.ref)
    days = step.deadline_days if step else None
    deed = Deed(
        step=message.ref,
        do=step.do if step else ActionType.REMIND,
        at=ground.calendar.start_of(day),
        deadline=None if days is None else day + timedelta(days=days),
        channel=message.channel,
        why=WHY,
        open=case.open,
    )
    return changed(case, elsewhere=(*case.elsewhere, deed))


ELSEWHERE = {MessageType.REMINDED_ELSEWHERE: reminded_elsewhere}

"""From what was said and done to where the case stands: the same set of facts, the same case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.agreements.reducer import AGREEING
from domain.answer_codes import AnswerCode
from domain.case.model import Case, Deed, Invoice, Message
from domain.case.money import MONEY, Ground
from domain.case.news import BOUNCED, CONTACT_NEWS, OPTED_OUT, answer_until, with_news
from domain.charges.statement import WAIVING, settled
from domain.contact.delivery_news import contact_news
from domain.contact.elsewhere import ELSEWHERE
from domain.disputes.reducer import DISPUTING, relieving
from domain.errors import RefusedError
from domain.message_types import ActionType, AgencyNews, MessageType, Outcome
from domain.payments.discounts import discounted
from domain.payments.pending import FLYING, landed, quieted
from domain.payments.write_offs import CORRECTING, GIVING_UP, rounded

__all__ = [
    "BOUNCED",
    "CONTACT_NEWS",
    "OPTED_OUT",
    "Folded",
    "Refusal",
    "fold",
    "money_adds_up",
    "with_deed",
]

_LONGEST_PAUSE = timedelta(days=366)
_MONEY_FIRST = {
    MessageType.PAYMENT: 0,
    MessageType.CREDIT_NOTE: 0,
    MessageType.DISPUTE_OPENED: 1,
    MessageType.PAUSE: 1,
}
_MONEY_FIRST |= {
    MessageType.PLAN_AGREED: 3,
    MessageType.PLAN_ENDED: 4,
    MessageType.AGREEMENT_CONFIRMED: 4,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message could not be applied: a code for programs, the reason for people."""

    code: AnswerCode
    text: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A case with, for each message that could not be applied, why not."""

    case: Case
    refused: Mapping[str, Refusal]


def fold(
    invoice: Invoice, messages: Iterable[Message], deeds: Iterable[Deed], ground: Ground
) -> Folded:
    """Put all facts of a case together.

    The result depends on the set of facts only: not on the order in which they were heard, nor on
    how often. A message that cannot be applied is named with its reason and changes nothing.
    """
    case = Case(invoice=invoice, released_at=invoice.opened_at, heard_at=invoice.opened_at)
    refused: dict[str, Refusal] = {}
    done = tuple(deeds)
    for message in _in_order(messages):
        try:
            case = _applied(case, message, ground, done)
        except RefusedError as reason:
            refused[message.key] = Refusal(reason.code, str(reason))
        case = replace(case, heard_at=max(case.heard_at, message.at))
    case = settled(rounded(_with_deeds(case, (*case.elsewhere, *done)), ground), ground)
    return Folded(quieted(case, ground), refused)


def _applied(case: Case, message: Message, ground: Ground, done: tuple[Deed, ...]) -> Case:
    """The case after one message; money is shared out at once between principal and costs."""
    after = _APPLY.get(message.kind, _noted)(case, message, ground)
    after = landed(discounted(after, ground.calendar), message)
    came = after.received - case.received
    if not came:
        return after
    after = replace(after, money=(*after.money, (message.at, came)))
    return replace(settled(replace(after, deeds=done), ground), deeds=())


def _in_order(messages: Iterable[Message]) -> list[Message]:
    once = {message.key: message for message in messages}
    return sorted(
        once.values(), key=lambda m: (m.at, _MONEY_FIRST.get(m.kind, 2), m.kind.value, m.key)
    )


def with_deed(case: Case, deed: Deed) -> Case:
    """The case after one more deed was done."""
    return _with_deeds(case, (*case.deeds, deed))


def _with_deeds(case: Case, deeds: Iterable[Deed]) -> Case:
    once = {(deed.episode, deed.step): deed for deed in deeds}
    ordered = tuple(sorted(once.values(), key=_when))
    episode = max((deed.episode for deed in ordered), default=1)
    closed = any(deed.do is ActionType.CLOSE and deed.episode == episode for deed in ordered)
    if not case.news:
        return replace(case, deeds=ordered, episode=episode, closed=closed)
    known, until = with_news(ordered, case.news), answer_until(ordered, case.news)
    return replace(case, deeds=known, episode=episode, closed=closed, answer_until=until)


def _when(deed: Deed) -> tuple[int, datetime, int, int, str]:
    # At one instant in the order of `Do`, in which an end comes after what it ends.
    return deed.episode, deed.at, _RANK[deed.do], len(deed.step), deed.step


_RANK = {do: rank for rank, do in enumerate(ActionType)}


def _pause(case: Case, message: Message, ground: Ground) -> Case:
    today = ground.calendar.local_date(message.at)
    if message.day and message.day < today:
        raise RefusedError(f"the pause would end on {message.day}, in the past", field="date")
    if message.day and message.day > today + _LONGEST_PAUSE:
        raise RefusedError(
            f"{message.day} is more than a year away; pause without a date instead", field="date"
        )
    return replace(case, paused=True, paused_at=message.at, paused_until=message.day)


def _resume(case: Case, message: Message, ground: Ground) -> Case:
    return replace(case, paused=False, paused_until=None, released_at=message.at)


def _withdrawn(case: Case, message: Message, ground: Ground) -> Case:
    if case.outcome is Outcome.PAID:
        raise RefusedError("the invoice is paid; a credit note and a refund put it right")
    return replace(case, withdrawn_at=case.withdrawn_at or message.at)


def _agency_news(case: Case, message: Message, ground: Ground) -> Case:
    returned = message.at if message.reason == AgencyNews.RETURNED else case.returned_at
    return replace(case, returned_at=returned)


def _handoff_approved(case: Case, message: Message, ground: Ground) -> Case:
    return replace(case, approved_at=message.at)


def _noted(case: Case, message: Message, ground: Ground) -> Case:
    return case


_APPLY: dict[MessageType, Callable[[Case, Message, Ground], Case]] = {
    **MONEY,
    **GIVING_UP,
    **CORRECTING,
    **FLYING,
    **{kind: relieving(handler) for kind, handler in AGREEING.items()},
    **DISPUTING,
    **WAIVING,
    **ELSEWHERE,
    MessageType.PAUSE: _pause,
    MessageType.RESUME: _resume,
    MessageType.WITHDRAWN: _withdrawn,
    MessageType.AGENCY_NEWS: _agency_news,
    MessageType.HANDOFF_APPROVED: _handoff_approved,
    MessageType.CONTACT_NEWS: contact_news,
    MessageType.NUDGE: _noted,
}


def money_adds_up(case: Case) -> bool:
    """Whether invoice = paid + credited + written off + open, exactly."""
    whole = case.paid + case.credited + case.written_off + case.open
    return whole == case.invoice.amount.minor and case.open >= 0

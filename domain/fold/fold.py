"""Folds the recorded facts into the state of a case; the same set of facts, the same case."""

# One thing: the order in which facts are applied, and what each of the small ones changes.

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date, datetime, timedelta

from domain.agencies.progress import ENDS_ITS_WORK
from domain.agreements.due_parts import nothing_is_late, with_due_parts
from domain.agreements.moving import MovedInTime
from domain.agreements.reducer import AGREEING
from domain.answer_codes import AnswerCode
from domain.calls.results import CallResult
from domain.case.agreement_types import TakenBack
from domain.case.correcting import PUTTING_RIGHT
from domain.case.model import Case, Deed, Invoice, Message
from domain.case.money import MONEY, Ground
from domain.case.news import BOUNCED, CONTACT_NEWS, OPTED_OUT, answer_until, with_news
from domain.changed import changed
from domain.charges.costs import RunningAccount
from domain.charges.statement import WAIVING, settled
from domain.contact.delivery_news import contact_news
from domain.contact.elsewhere import ELSEWHERE
from domain.disputes.reducer import DISPUTING, relieving
from domain.errors import RefusedError
from domain.fold.discount_days import with_discount_day
from domain.fold.steering import STEERING, steered, with_skipped
from domain.fold.taking_back import slip_of
from domain.message_types import ActionType, AgencyNews, MessageType, Outcome
from domain.payments.discounts import discounted, last_discount_day
from domain.payments.in_favour import NUDGING
from domain.payments.pending import FLYING, landed, quieted
from domain.payments.write_offs import CORRECTING, GIVING_UP, rounded
from domain.policy.due_dates import last_day_in_time, last_days_in_time
from domain.policy.model import of_currency

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

Pauses = tuple[tuple[datetime, date | None, datetime | None], ...]
"""Since when, up to and including which day, and when they were ended."""

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
    """Why a message could not be applied: a code for programs, the reason for people.

    Attributes:
        field: the field at fault; ``approved_by`` where a supervisor may allow it.
    """

    code: AnswerCode
    text: str
    field: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Folded:
    """A case with, for each message that could not be applied, why not."""

    case: Case
    refused: Mapping[str, Refusal]


def fold(
    invoice: Invoice, messages: Iterable[Message], deeds: Iterable[Deed], ground: Ground
) -> Folded:
    """Fold all facts of a case together.

    The result depends on the set of facts only: not on the order in which they were heard, nor on
    how often. A message that cannot be applied is named with its reason and changes nothing.
    """
    said, done = _in_order(messages), tuple(deeds)
    if not any(message.kind is MessageType.TAKEN_BACK for message in said):
        return _folded(invoice, said, done, ground)
    gone = _Gone()
    for number, message in enumerate(said):
        if message.kind is MessageType.TAKEN_BACK:
            known = [one for one in said[:number] if one.key not in gone.keys]
            before = tuple(deed for deed in done if deed.at < message.at)
            gone = _without(gone, _folded(invoice, known, before, ground), known, message)
    left = [one for one in said if one.key not in gone.keys]
    folded = _folded(invoice, left, done, ground)
    case = changed(folded.case, taken_back=gone.backs)
    return Folded(case, {**folded.refused, **gone.refused})


@dataclass(frozen=True, slots=True)
class _Gone:
    """What was taken back so far, and which wishes to do so were refused."""

    backs: tuple[TakenBack, ...] = ()
    refused: Mapping[str, Refusal] = attribute(default_factory=dict)

    @property
    def keys(self) -> frozenset[str]:
        """The messages that count no more."""
        return frozenset(key for back in self.backs for key in back.keys)


def _without(gone: _Gone, before: Folded, known: Sequence[Message], wish: Message) -> _Gone:
    """Take one more thing back, as the case stood when that was said, or refuse it."""
    try:
        case = changed(before.case, taken_back=gone.backs)
        back = slip_of(case, known, before.refused, wish)
    except RefusedError as reason:
        refusal = Refusal(reason.code, str(reason), reason.field or "")
        return _Gone(gone.backs, {**gone.refused, wish.key: refusal})
    return _Gone((*gone.backs, back), gone.refused)


def _folded(
    invoice: Invoice, said: Iterable[Message], done: tuple[Deed, ...], ground: Ground
) -> Folded:
    """Fold what counts, in its order."""
    case = _opened(invoice, ground)
    refused: dict[str, Refusal] = {}
    account, agreed = RunningAccount(ground), MovedInTime(ground)
    for message in said:
        case = agreed.as_seen_by(message, case)
        case = with_due_parts(case, ground.calendar, message.at)
        try:
            after = _applied(case, message, account, done)
            after = with_due_parts(after, ground.calendar, message.at)
            case = _noticed(case, after, message)
            if _may_move_agreements(case, message):
                case = agreed.moved(case)
        except RefusedError as reason:
            refused[message.key] = Refusal(reason.code, str(reason), reason.field or "")
        case = changed(case, heard_at=max(case.heard_at, message.at))
    case = agreed.at_last(case)
    case = rounded(_with_deeds(case, (*case.elsewhere, *done)), ground)
    case = settled(case, ground, account)
    return Folded(quieted(_as_it_was_said(case, ground), ground), refused)


def _opened(invoice: Invoice, ground: Ground) -> Case:
    """The case before anybody has said anything about it."""
    policy, start, currency = ground.policy, invoice.opened_at, invoice.amount.currency
    days = (part.day for part in invoice.terms)
    return Case(
        invoice=invoice,
        rolled_due=last_day_in_time(policy, ground.calendar, invoice.due),
        discount_day=last_discount_day(invoice, policy, ground.calendar),
        released_at=start,
        heard_at=start,
        slack=policy.smallest_chased(currency) - 1,
        let_go=of_currency(policy.money.write_off_below, currency),
        last_days=last_days_in_time(policy, ground.calendar, days),
    )


def _as_it_was_said(case: Case, ground: Ground) -> Case:
    """What was said holds for the parts that had fallen due then, whoever has the case since."""
    if not case.invoice.terms:
        return case
    then = with_due_parts(changed(case, deeds=()), ground.calendar, case.heard_at)
    return changed(then, deeds=case.deeds)


def _applied(case: Case, message: Message, account: RunningAccount, done: tuple[Deed, ...]) -> Case:
    """The case after one message; money is shared out at once between principal and costs."""
    ground = account.ground
    if message.kind in STEERING:
        return steered(case, message, ground)
    after = _APPLY.get(message.kind, _recorded)(case, message, ground)
    after = with_discount_day(case, after, ground)
    after = landed(discounted(after, ground.calendar), message)
    came = after.received - case.received
    if not came:
        return after
    after = changed(after, money=(*after.money, (message.at, came)))
    known = (*after.elsewhere, *done)
    return changed(settled(changed(after, deeds=known), ground, account), deeds=())


_MOVES_AGREEMENTS = {
    MessageType.INVOICE_CORRECTED,
    MessageType.PAUSE,
    MessageType.RESUME,
    MessageType.DISPUTE_OPENED,
    MessageType.DISPUTE_SETTLED,
    MessageType.CALL_RESULT,
    MessageType.IN_FLIGHT_FAILED,
}
_AGENCY_NEWS = tuple(AgencyNews)
_LETS_GO_ON = (MessageType.RESUME, MessageType.PLAN_ENDED, MessageType.IN_FLIGHT_FAILED)
_SAYS_NOTHING_NEW = (MessageType.CONTACT_NEWS, MessageType.NUDGE, MessageType.POLICY_CHANGED)
"""After anything else that is said, the reason for a refund of ours is known."""

UNDONE_AT_ONCE = timedelta(days=7)
"""A write-off that was undone sooner was a slip: what was said before it still holds."""


def _may_move_agreements(case: Case, message: Message) -> bool:
    """Whether the days of what was agreed hang on more than on what was agreed."""
    coming = case.pending_payments or case.came_as_announced
    disputed = case.disputes or case.settled_disputes
    return message.kind in _MOVES_AGREEMENTS or bool(coming or disputed)


def _noticed(before: Case, case: Case, message: Message) -> Case:
    """The case with the instants at which its money fell due once more."""
    if message.kind in _LETS_GO_ON:
        case = changed(case, resumed_at=message.at)
    case = _due_later(before, case, message)
    case = _refund_explained(before, case, message)
    if _has_fallen_due(case) <= _has_fallen_due(before) or _was_a_slip(before, message):
        return case
    return changed(case, grew_at=message.at, grew_by=message.kind)


def _refund_explained(before: Case, case: Case, message: Message) -> Case:
    """The case with the instant of our own refund, as long as nobody has said why it was made."""
    if message.kind is MessageType.REFUND and case.open > before.open:
        return changed(case, refunded_at=message.at)
    told = before.refunded_at and message.kind not in _SAYS_NOTHING_NEW
    return changed(case, refunded_at=None) if told else case


def _due_later(before: Case, case: Case, message: Message) -> Case:
    """The case with the instant at which its due date moved out, or a part before it was paid."""
    if message.kind is MessageType.INVOICE_CORRECTED and case.printed_due > before.printed_due:
        return changed(case, due_moved_at=message.at)
    return changed(case, part_since=message.at) if case.part > before.part else case


def _has_fallen_due(case: Case) -> int:
    """What may be chased; while a part to come is waited for, nothing."""
    return 0 if nothing_is_late(case) else case.undisputed


def _was_a_slip(before: Case, message: Message) -> bool:
    if message.kind is not MessageType.WRITE_OFF_UNDONE or before.gave_up_at is None:
        return False
    return message.at - before.gave_up_at < UNDONE_AT_ONCE


def _in_order(messages: Iterable[Message]) -> list[Message]:
    once = {message.key: message for message in messages}
    return sorted(
        once.values(), key=lambda m: (m.at, _MONEY_FIRST.get(m.kind, 2), m.kind.value, m.key)
    )


def with_deed(case: Case, deed: Deed) -> Case:
    """Add one more deed to a case."""
    return _with_deeds(case, (*case.deeds, deed))


def _with_deeds(case: Case, deeds: Iterable[Deed]) -> Case:
    known = with_skipped(deeds, case.skipped) if case.skipped else deeds
    once = {(deed.episode, deed.step): deed for deed in known}
    ordered = tuple(sorted(once.values(), key=_when))
    episode = max((deed.episode for deed in ordered), default=1)
    closed = any(deed.do is ActionType.CLOSE and deed.episode == episode for deed in ordered)
    if not case.news:
        return changed(case, deeds=ordered, episode=episode, closed=closed)
    known, until = with_news(ordered, case.news), answer_until(ordered, case.news)
    return changed(case, deeds=known, episode=episode, closed=closed, answer_until=until)


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
    pauses = (*_ended_pauses(case, message.at), (message.at, message.day, None))
    approval = message.reason == CallResult.IN_APPROVAL
    before = case.people_paused_until if case.awaits_approval else case.paused_until
    return changed(
        case,
        paused=True,
        paused_at=message.at,
        paused_until=message.day,
        awaits_approval=approval,
        people_paused_until=before if approval and case.paused else None,
        pauses=pauses,
    )


def _resume(case: Case, message: Message, ground: Ground) -> Case:
    pauses = _ended_pauses(case, message.at)
    return changed(
        case,
        paused=False,
        paused_until=None,
        awaits_approval=False,
        people_paused_until=None,
        released_at=message.at,
        pauses=pauses,
    )


def _ended_pauses(case: Case, at: datetime) -> Pauses:
    return tuple((start, day, ended or at) for start, day, ended in case.pauses)


def _withdrawn(case: Case, message: Message, ground: Ground) -> Case:
    if case.outcome is Outcome.PAID:
        raise RefusedError("the invoice is paid; a credit note and a refund put it right")
    if case.withdrawn_at:
        raise RefusedError("the invoice is withdrawn already")
    return changed(case, withdrawn_at=message.at)


def _agency_news(case: Case, message: Message, ground: Ground) -> Case:
    if message.reason not in _AGENCY_NEWS:
        return case
    word = AgencyNews(message.reason)
    said = (*case.agency_said, (message.at, word))
    returned = message.at if word in ENDS_ITS_WORK else case.returned_at
    return changed(case, returned_at=returned, agency_said=said)


def _handoff_approved(case: Case, message: Message, ground: Ground) -> Case:
    return changed(case, approved_at=message.at, agency_chosen=message.ref)


def _recorded(case: Case, message: Message, ground: Ground) -> Case:
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
    **PUTTING_RIGHT,
    MessageType.PAUSE: _pause,
    MessageType.RESUME: _resume,
    MessageType.WITHDRAWN: _withdrawn,
    MessageType.AGENCY_NEWS: _agency_news,
    MessageType.HANDOFF_APPROVED: _handoff_approved,
    MessageType.CONTACT_NEWS: contact_news,
    **NUDGING,
}


def money_adds_up(case: Case) -> bool:
    """Tell whether invoice = paid + credited + written off + open, exactly."""
    whole = case.paid + case.credited + case.written_off + case.open
    return whole == case.invoice.amount.minor and case.open >= 0

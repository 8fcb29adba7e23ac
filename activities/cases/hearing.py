"""Takes in messages to a case: first into the ledger, then a fold, then an answer."""

# One thing: the way from what was said, or approved, to the answer.

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from activities.cases.heard_text import read_heard
from activities.cases.session import Session
from activities.ports.ports import AccountRepository
from activities.ports.types import LONGEST_TITLE, ConflictError, Task
from domain.agreements.approval import APPROVED_BY, is_same_person
from domain.agreements.reducer import agreement_of
from domain.agreements.text import moved_by, remark, what_follows
from domain.answer_codes import AnswerCode
from domain.calls.meaning import Meant, meant_by
from domain.calls.results import touch_of
from domain.card_numbers import without_card_numbers
from domain.case.model import Message
from domain.case.news import BOUNCED, OPTED_IN, OPTED_OUT, PROVIDER, DeliveryNews, meant_deed
from domain.contact.delivery_news import told_by
from domain.errors import CodedError, InvalidError, RefusedError
from domain.ids import PaymentKey
from domain.intake.blanking import body_without_cards
from domain.intake.limits import writable
from domain.intake.money_words import about_money
from domain.intake.replies import about_dispute_or_call
from domain.intake.steering import (
    DECIDED_BY_PEOPLE,
    about_steering,
    about_taking_back,
    check_steering,
)
from domain.message_types import MessageType
from domain.parties.customer import PlannedContact
from domain.parties.people import CHANNELS, as_bad
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.payments.allocation import Allocation, PaymentIn
from domain.wire import Answer, ReceivedMessage

_LONGEST_REASON = 1000


def hear(session: Session, heard: Iterable[ReceivedMessage]) -> dict[str, Answer]:
    """Record messages and answer each sender, by the key of the message.

    Whether a payment counts is asked once all are recorded: each question folds the whole case.
    """
    taken, later = dict[str, Message | Answer](), list[_Later]()
    for item in heard:
        taken[item.key] = _take(session, item, later)
    for one in later:
        try:
            _book_payment(session, one.message, one.source)
        except (RefusedError, ConflictError) as reason:
            taken[one.item.key] = _refuse(session, one.item, reason)
    return {key: _answer(session, came) for key, came in taken.items()}


@dataclass(frozen=True, slots=True)
class _Later:
    """A payment that was recorded as a message, and is booked once all are recorded."""

    item: ReceivedMessage
    message: Message
    source: str


def _take(session: Session, item: ReceivedMessage, later: list[_Later]) -> Message | Answer:
    """Record one message; what cannot be read is kept on the desk and refused in words."""
    try:
        message, source = read_heard(session, item)
        if message.kind is MessageType.PAYMENT:
            if session.add(message):
                later.append(_Later(item, message, source))
            return message
        return enter(session, message, source)
    except (RefusedError, ConflictError) as reason:
        return _refuse(session, item, reason)


def enter(session: Session, message: Message, source: str) -> Message:
    """Record a message that was read, with all that follows from it at once.

    What a call's result means is told with it, in the same transaction, under the call's own id.
    """
    if message.kind in DECIDED_BY_PEOPLE and session.known(message.key) is None:
        check_steering(session.state, message)
    meant = _meant(session, message)
    message = meant.call
    if not session.add(message):
        return message
    _book_payment(session, message, source)
    _learn_about_contact(session, message)
    _write_into_the_contact_book(session, message)
    for more in meant.also:
        session.add(more)
        _learn_about_contact(session, more)
    return message


def _book_payment(session: Session, message: Message, source: str) -> None:
    if _is_money_in(session, message) and message.amount:
        part = Allocation(case=session.case_id, amount=message.amount)
        session.account.payments.add(_as_payment(session, message, source), (part,))


def _meant(session: Session, message: Message) -> Meant:
    if message.kind is not MessageType.CALL_RESULT:
        return Meant(message)
    meant = meant_by(message, session.case, session.calendar)
    taken = [more.key for more in meant.also if session.known(more.key)]
    if taken and not session.known(message.key):
        raise ConflictError(f"{taken[0]!r} was said before; give this call an id of its own")
    return meant


def _write_into_the_contact_book(session: Session, message: Message) -> None:
    """A call, or a word by phone, counts for every invoice of this customer (P82)."""
    what = touch_of(message)
    if what and message.key not in session.folded.refused:
        contact = PlannedContact(at=message.at, what=what, channel=message.channel or "phone")
        key = f"{session.case_id}/{message.key}"
        if session.account.customer.touch(contact, key, session.case_id, message.by):
            session.hears_of(contact)


def _learn_about_contact(session: Session, message: Message) -> None:
    """A wish or a dead address counts at once, for every case of this customer.

    A provider's news come with the very address marked: the one that is used now may be another.
    """
    if message.kind is not MessageType.CONTACT_NEWS or message.key in session.folded.refused:
        return
    told = told_by(message)
    for channel in (told.channel,) if told.channel else CHANNELS:
        if message.reason == OPTED_OUT:
            session.mark("", opted_out=channel)
        elif message.reason == OPTED_IN:
            session.mark("", opted_in=channel)
    if message.reason == BOUNCED and message.channel != PROVIDER:
        session.mark(as_bad(told.channel, _point_of(session, told)), bad=True)


def _point_of(session: Session, told: DeliveryNews) -> str:
    """Where the message went that some news is about; without one, the way that is tried first."""
    deed = meant_deed(session.case.deeds, told)
    sent = (
        session.account.outbound.of_step(session.case_id, deed.step, deed.episode) if deed else None
    )
    debtor = session.file.debtor
    return sent.recipient if sent else debtor.reach(told.channel) or debtor.point(told.channel)


def _is_money_in(session: Session, message: Message) -> bool:
    """A payment in another currency, or of nothing, is kept as words only."""
    return message.kind is MessageType.PAYMENT and message.key not in session.folded.refused


def _as_payment(session: Session, message: Message, source: str) -> PaymentIn:
    invoice = session.file.invoice
    if message.amount is None:
        raise InvalidError("a payment needs an amount", field="amount")
    return PaymentIn(
        creditor=invoice.creditor,
        source=source,
        id=PaymentKey.own_id(message.key, source),
        customer=invoice.customer,
        amount=message.amount,
        at=message.at,
        invoices=(invoice.number,),
        note=message.note,
    )


def _answer(session: Session, came: Message | Answer) -> Answer:
    if isinstance(came, Answer):
        return came
    return answer_to(session, came)


def answer_to(session: Session, message: Message) -> Answer:
    """Answer the sender of a recorded message: what counts, the check, and the Plan B.

    Of a call that means more it is accepted only if all of it is; the call itself is kept anyway.
    """
    refusal = session.folded.refused.get(message.key)
    if refusal:
        return Answer(accepted=False, text=refusal.text, code=refusal.code, field=refusal.field)
    also = session.followed(message) if message.kind is MessageType.CALL_RESULT else ()
    told = [more for more in also if more.key not in session.folded.refused]
    made = (agreement_of(session.case, one) for one in (message, *told))
    agreed = next((agreement for agreement in made if agreement), None)
    whole = len(told) == len(also)
    return Answer(
        accepted=whole,
        text="; ".join(_words(session, (message, *told), also)),
        check_at=agreed.plan_b.check_at if agreed else None,
        plan_b=what_follows(session.case, agreed) if agreed else "",
        code=AnswerCode.ACCEPTED if whole else AnswerCode.ACCEPTED_IN_PART,
    )


def _words(session: Session, told: tuple[Message, ...], also: tuple[Message, ...]) -> Iterator[str]:
    """What was accepted, what is open, what there is to say about each, and what was refused."""
    kinds = " and ".join(one.kind.value for one in told)
    yield f"{kinds} accepted; {session.case.open_money} open"
    for one in told:
        yield from _remarks(session, one)
    for one in also:
        refusal = session.folded.refused.get(one.key)
        if refusal:
            why = f"the {one.kind.value} is not: {refusal.text}"
            yield f"the call is recorded, {why}; say it anew"


def _remarks(session: Session, message: Message) -> Iterator[str]:
    case, agreed = session.case, agreement_of(session.case, message)
    money = about_money(case, message, session.calendar)
    more = remark(agreed, session.file.invoice.amount.currency) if agreed else ""
    steered = about_steering(session.state, message) or about_taking_back(case, message)
    said, moved = about_dispute_or_call(case, message, session.calendar), moved_by(case, message)
    yield from filter(None, (said, moved, money, more, steered))


def _refuse(session: Session, item: ReceivedMessage, reason: CodedError) -> Answer:
    return refuse(session.account, session.case_id, session.now, item, reason)


def refuse(
    account: AccountRepository,
    case_id: str,
    now: datetime,
    item: ReceivedMessage,
    reason: CodedError,
) -> Answer:
    """Put a message that cannot be applied on the desk, and answer with the reason."""
    what, told = writable(item.kind.replace("_", " ")), without_card_numbers(writable(str(reason)))
    account.tasks.add(
        Task(
            key=writable(str(TaskKey.of(TaskTopic.UNREAD, case_id, item.key))),
            kind=TaskKind.REFUSED,
            case=case_id,
            title=f"{what} could not be applied: {told}"[:LONGEST_TITLE],
            detail=body_without_cards(writable(item.body))[:4000],
            due_at=now,
        )
    )
    field = writable(getattr(reason, "field", None) or "")
    return Answer(accepted=False, text=told[:_LONGEST_REASON], code=reason.code, field=field)


def approve(session: Session, ref: str, who: str) -> Answer:
    """Let a refused agreement take effect from now on, if ``who`` may approve it.

    ``ref`` is the id of the message that waits; ``who`` is known from a key or a login.
    """
    again, asked = session.known(approval_key(ref)), session.known(ref)
    if again:
        return answer_to(session, again.message)
    refusal = session.folded.refused.get(ref)
    if asked is None or refusal is None or refusal.field != APPROVED_BY:
        return _no(AnswerCode.REFUSED, f"{ref!r} waits for no approval")
    unfit = _why_not(session, asked.message, who)
    if unfit:
        return _no(AnswerCode.REFUSED_BY_POLICY, unfit)
    approved = replace(asked.message, key=approval_key(ref), at=session.now, approved_by=who)
    still = session.state.told(approved).folded.refused.get(approved.key)
    if still:
        return _no(still.code, still.text)
    enter(session, approved, "")
    task = str(TaskKey.of(TaskKind.REFUSED, session.case_id, ref))
    session.account.tasks.finish(task, f"{who} approved it")
    return answer_to(session, approved)


def _why_not(session: Session, asked: Message, who: str) -> str:
    """Why somebody may not approve a message; empty if they may."""
    if not session.account.tasks.is_supervisor(who):
        return f"{who} is no supervisor in the team of {session.file.creditor.id}"
    own = ((asked.by, "agreed on"), (asked.owner, "recorded"))
    mine = (f"{name} {did} it" for name, did in own if is_same_person(who, name))
    did = next(mine, "")
    return f"{did} and cannot approve it" if did else ""


def approval_key(ref: str) -> str:
    """Make the id under which an approved message counts."""
    return f"{ref}/approved"


def _no(code: AnswerCode, text: str) -> Answer:
    return Answer(accepted=False, text=text, code=code)

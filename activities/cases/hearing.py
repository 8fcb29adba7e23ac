"""Takes in messages to a case: first into the ledger, then a fold, then an answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from activities.cases.session import Session
from activities.ports.types import ConflictError, Task
from domain.agreements.reducer import agreement_of
from domain.agreements.text import remark
from domain.answer_codes import AnswerCode
from domain.calls.meaning import Meant, meant_by
from domain.calls.results import touch_of
from domain.case.model import Message
from domain.case.news import BOUNCED, OPTED_IN, OPTED_OUT, PROVIDER, DeliveryNews, meant_deed
from domain.contact.delivery_news import told_by
from domain.errors import CodedError, InvalidError, RefusedError
from domain.ids import PaymentKey
from domain.intake.known_words import refuse_unknown_words
from domain.intake.money_words import about_money
from domain.intake.reading import MONEY_KINDS, message_key, read_kind, read_message
from domain.intake.replies import about_dispute_or_call
from domain.message_types import MessageType
from domain.parties.customer import PlannedContact
from domain.parties.people import CHANNELS, as_bad
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.payments.allocation import Allocation, PaymentIn
from domain.wire import Answer, ReceivedMessage

NO_ID = "money needs an id of its sender; nothing was applied, a person will look"


def hear(session: Session, heard: Iterable[ReceivedMessage]) -> dict[str, Answer]:
    """Record messages and answer each sender, by the key of the message."""
    taken = {item.key: _take(session, item) for item in heard}
    return {key: _answer(session, came) for key, came in taken.items()}


def _take(session: Session, item: ReceivedMessage) -> Message | Answer:
    """Record one message; what cannot be read is kept on the desk and refused in words."""
    try:
        body = _parse(item.body)
        key = _key(item, body)
        # A repeat without an instant of its own happened when it was first heard.
        known = session.known(key)
        heard_at = known.message.at if known else item.at or session.now
        message = read_message(item.kind, body, key=key, heard_at=heard_at, ground=session.reading)
        if known is None:  # what was taken in once stays, whatever words a policy has since
            refuse_unknown_words(message, session.file.policy)
        return enter(session, message, str(body.get("source") or "billing"))
    except (RefusedError, ConflictError) as reason:
        return _refuse(session, item, reason)


def _key(item: ReceivedMessage, body: dict[str, Any]) -> str:
    kind = read_kind(item.kind)
    if kind in MONEY_KINDS and not (item.keyed or body.get("id")):
        raise InvalidError(NO_ID, field="id")
    return message_key(kind, body, item.key)


def enter(session: Session, message: Message, source: str) -> Message:
    """Record a message that was read, with all that follows from it at once.

    What a call's result means is told with it, in the same transaction, under the call's own id.
    """
    meant = _meant(session, message)
    message = meant.call
    if not session.add(message):
        return message
    if _is_money_in(session, message) and message.amount:
        part = Allocation(case=session.case_id, amount=message.amount)
        session.account.payments.add(_as_payment(session, message, source), (part,))
    _learn_about_contact(session, message)
    _write_into_the_contact_book(session, message)
    for more in meant.also:
        session.add(more)
        _learn_about_contact(session, more)
    return message


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
        return Answer(accepted=False, text=refusal.text, code=refusal.code)
    also = session.followed(message) if message.kind is MessageType.CALL_RESULT else ()
    told = [more for more in also if more.key not in session.folded.refused]
    made = (agreement_of(session.case, one) for one in (message, *told))
    agreed = next((agreement for agreement in made if agreement), None)
    whole = len(told) == len(also)
    return Answer(
        accepted=whole,
        text="; ".join(_words(session, (message, *told), also)),
        check_at=agreed.plan_b.check_at if agreed else None,
        plan_b=agreed.plan_b.then if agreed else "",
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
    yield from filter(None, (about_dispute_or_call(case, message), money, more))


def _parse(body: str) -> dict[str, Any]:
    try:
        parsed = json.loads(body or "{}", parse_float=Decimal)
    except ValueError as error:
        raise InvalidError(f"this is not JSON: {error}") from None
    if parsed is None:
        return {}
    if not isinstance(parsed, dict):
        raise InvalidError('send one JSON object, like {"id": "P-1", "amount": "119.00"}')
    return parsed


def _refuse(session: Session, item: ReceivedMessage, reason: CodedError) -> Answer:
    session.account.tasks.add(
        Task(
            key=str(TaskKey.of(TaskTopic.UNREAD, session.case_id, item.key)),
            kind=TaskKind.REFUSED,
            case=session.case_id,
            title=f"{item.kind} could not be applied: {reason}"[:300],
            detail=item.body[:4000],
            due_at=session.now,
        )
    )
    return Answer(accepted=False, text=str(reason), code=reason.code)

"""From a decided message to an envelope: every figure as it stands at the last look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from activities.bundle import Bundle, Item
from activities.charging import tell_about_unknown_rates
from activities.letter_data import InvoiceLine, LetterData
from activities.papers import Envelope, Outbound
from activities.ports import Letters
from activities.session import Session
from domain.record import BROKEN_PROMISE
from domain.statement import Statement

LONGEST_LIFE = 36000
"""Seconds that a provider may keep an SMS in its queue, at most (Twilio)."""


def envelope_for(bundle: Bundle, outbound: Outbound, letters: Letters) -> Envelope:
    """The message of a step, rendered from the facts of this very transaction."""
    session = bundle.lead.session
    asked = {item.session.case_id: item.session.statement for item in bundle.items}
    for item in bundle.items:
        tell_about_unknown_rates(item.session, asked[item.session.case_id].problem)
    letter = letters.write(_data(bundle, outbound.channel, asked))
    creditor, debtor = session.file.creditor, session.file.debtor
    return Envelope(
        id=outbound.id,
        channel=outbound.channel,
        to=outbound.recipient,
        to_name=debtor.name,
        sender=creditor.email,
        sender_name=creditor.name,
        reply_to=creditor.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        at=session.now,
        seconds_left=_seconds_left(session),
    )


def _data(bundle: Bundle, channel: str, asked: Mapping[str, Statement]) -> LetterData:
    session, action = bundle.lead.session, bundle.lead.action
    case, today = session.case, session.calendar.local_date(session.now)
    days = bundle.deadline_days
    last = case.last_message
    return LetterData(
        case=case,
        debtor=session.file.debtor,
        creditor=session.file.creditor,
        step=action.step,
        do=action.do.value,
        tone=action.tone,
        channel=channel,
        today=today.isoformat(),
        deadline="" if days is None else (today + timedelta(days=days)).isoformat(),
        days_late=(today - case.invoice.due).days,
        last_contact=session.calendar.local_date(last.at).isoformat() if last else "",
        statement=asked[session.case_id],
        first_contact=last is None and not session.book.was_written_to,
        lines=_lines(bundle, today, asked) if len(bundle.items) > 1 else (),
    )


def _lines(bundle: Bundle, today: date, asked: Mapping[str, Statement]) -> tuple[InvoiceLine, ...]:
    """Every invoice of the message: of this creditor and this customer, and nobody else's."""
    account = bundle.mine.book.account
    lines = []
    for item in bundle.items:
        invoice = item.session.case.invoice
        if (invoice.creditor, invoice.customer) != account:
            raise LookupError(f"{invoice.case_id} is no case of this account")
        lines.append(_line(item, today, asked[item.session.case_id]))
    return tuple(sorted(lines, key=lambda line: (line.case.invoice.due, line.case.invoice.number)))


def _line(item: Item, today: date, asked: Statement) -> InvoiceLine:
    case = item.session.case
    promise = case.running_promise if item.action.step.startswith(BROKEN_PROMISE) else None
    return InvoiceLine(
        case=case,
        statement=asked,
        days_late=(today - case.invoice.due).days,
        promised=promise.day.isoformat() if promise else "",
    )


def _seconds_left(session: Session) -> int:
    """Until the contact window closes: an SMS that is still queued then must not go out."""
    calendar = session.calendar
    midnight = calendar.start_of(calendar.local_date(session.now))
    closes = midnight + timedelta(minutes=calendar.closes)
    return max(1, min(LONGEST_LIFE, int((closes - session.now).total_seconds())))

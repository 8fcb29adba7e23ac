"""From a decided message to an envelope: every figure as it stands at the last look."""

from __future__ import annotations

from datetime import timedelta

from activities.charging import tell_about_unknown_rates
from activities.letter_data import LetterData
from activities.papers import Envelope, Outbound
from activities.ports import Letters
from activities.session import Session
from domain.facts import Action

LONGEST_LIFE = 36000
"""Seconds that a provider may keep an SMS in its queue, at most (Twilio)."""


def envelope_for(
    session: Session, action: Action, outbound: Outbound, letters: Letters
) -> Envelope:
    """The message of a step, rendered from the facts of this very transaction."""
    tell_about_unknown_rates(session)
    letter = letters.write(_data(session, action, outbound.channel))
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


def _data(session: Session, action: Action, channel: str) -> LetterData:
    case, today = session.case, session.calendar.local_date(session.now)
    deadline = ""
    if action.deadline_days is not None:
        deadline = (today + timedelta(days=action.deadline_days)).isoformat()
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
        deadline=deadline,
        days_late=(today - case.invoice.due).days,
        last_contact=session.calendar.local_date(last.at).isoformat() if last else "",
        statement=session.statement,
        first_contact=last is None and not session.book.was_written_to,
    )


def _seconds_left(session: Session) -> int:
    """Until the contact window closes: an SMS that is still queued then must not go out."""
    calendar = session.calendar
    midnight = calendar.start_of(calendar.local_date(session.now))
    closes = midnight + timedelta(minutes=calendar.closes)
    return max(1, min(LONGEST_LIFE, int((closes - session.now).total_seconds())))

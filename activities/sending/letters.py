"""Fills envelopes: every figure of a message as it stands at the last look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from activities.cases.session import Session
from activities.ports.callback_urls import CLOSED, CallbackUrls
from activities.ports.letter_data import Letter
from activities.ports.ports import AccountRepository, Letters
from activities.ports.types import Envelope, Outbound
from activities.sending.account_statements import lines_of_account
from activities.sending.bundle import Bundle
from activities.sending.letter_parts import LetterItem, LetterParts, data_of
from activities.watching.rates import rate_task
from domain.contact.letter_changes import NOTHING_CHANGED, LetterChange
from domain.contact.routes import person_at
from domain.interest.rate_tables import rate_table

LONGEST_LIFE = 36000
"""Seconds that a provider may keep an SMS in its queue, at most (Twilio)."""


def letter_items(bundle: Bundle) -> tuple[LetterItem, ...]:
    """List the invoices of a message as its letter sees them."""
    return tuple(
        LetterItem(item.session.file, item.session.state, item.action) for item in bundle.items
    )


def letter_for(
    bundle: Bundle,
    outbound: Outbound,
    letters: Letters,
    callback_urls: CallbackUrls = CLOSED,
    change: LetterChange = NOTHING_CHANGED,
) -> Letter:
    """Write the letter of a message from the facts of this very transaction; nothing is kept.

    Raises:
        LetterError: if it cannot be put into words.
    """
    account = bundle.lead.session.account
    parts = LetterParts(
        items=letter_items(bundle),
        alike=account.cases.numbers_alike,
        copy_of=lambda case_id: _copy_in(account, case_id),
        was_written_to=lambda: account.customer.was_written_to,
        account_lines=lambda today: lines_of_account(bundle.lead.session, today),
        change=change,
    )
    link = callback_urls.page(outbound.id)
    return letters.write(replace(data_of(parts, outbound.channel), page_link=link))


def envelope_for(
    bundle: Bundle, outbound: Outbound, letter: Letter, callback_urls: CallbackUrls = CLOSED
) -> Envelope:
    """Put a letter into its envelope."""
    session = bundle.lead.session
    envelope = _addressed(session, outbound, letter)
    if outbound.channel != "email":
        return envelope
    before = session.account.outbound.thread(session.case_id)
    return replace(
        envelope,
        reply_to=callback_urls.answers(outbound.id, envelope.creditor) or envelope.reply_to,
        in_reply_to=before[-1] if before else "",
        references=before,
    )


def _copy_in(account: AccountRepository, case_id: str) -> bytes | None:
    kept = account.evidence.invoice_copy(case_id)
    return kept[1] if kept else None


def _addressed(session: Session, outbound: Outbound, letter: Letter) -> Envelope:
    creditor, debtor = session.file.creditor, session.file.debtor
    return Envelope(
        id=outbound.id,
        channel=outbound.channel,
        to=outbound.recipient,
        to_name=person_at(debtor, outbound.recipient),
        sender=creditor.email,
        sender_name=creditor.sender_name or creditor.name,
        reply_to=creditor.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        attachments=letter.attachments,
        at=session.now,
        seconds_left=_seconds_left(session),
        call=letter.call,
        creditor=creditor.id,
    )


def _seconds_left(session: Session) -> int:
    """Until the contact window closes: an SMS that is still queued then must not go out."""
    calendar = session.calendar
    midnight = calendar.start_of(calendar.local_date(session.now))
    closes = midnight + timedelta(minutes=calendar.closes)
    return max(1, min(LONGEST_LIFE, int((closes - session.now).total_seconds())))


def ask_about_unknown_rates(bundle: Bundle) -> None:
    """Put each rate that is not known on the desk, once per jurisdiction and half-year (P24)."""
    for item in bundle.items:
        session = item.session
        law = session.file.policy.charges.jurisdiction
        for gap in session.state.statement_of(item.action).left_out:
            task = rate_task(rate_table(law), gap.half_year, session.now)
            session.account.tasks.add(replace(task, detail=gap.reason))

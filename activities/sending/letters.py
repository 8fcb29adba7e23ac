"""Fills envelopes: every figure of a message as it stands at the last look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from activities.cases.session import Session
from activities.ports.callback_urls import CLOSED, CallbackUrls
from activities.ports.letter_data import Attachment, InvoiceLine, Letter, LetterData
from activities.ports.ports import Letters
from activities.ports.types import CaseFile, Envelope, Outbound
from activities.sending.account_statements import lines_of_account
from activities.sending.attaching import fits, named_by
from activities.sending.bundle import Bundle, BundledCase
from activities.watching.rates import rate_task
from domain.case.facts import Action
from domain.case.model import Case, Invoice
from domain.charges.statement import Statement
from domain.contact.routes import person_at
from domain.decision.answering.account_statements import is_account_statement
from domain.deed import base_of
from domain.history.record import BROKEN_PROMISE
from domain.interest.rate_tables import rate_table
from domain.message_types import ActionType
from domain.money import Money
from domain.parties.people import EMAIL, POST
from domain.payments.references import is_reference_taken
from domain.policy.model import Leftover

LONGEST_LIFE = 36000
"""Seconds that a provider may keep an SMS in its queue, at most (Twilio)."""

MOST_COPIES = 20
"""With more invoices than this no copies go along; the letter offers them."""

WITH_FILES = (EMAIL, POST)
"""Channels that carry files beside their words."""

WITH_COPIES = (ActionType.REMIND, ActionType.CONFIRM, ActionType.DEMAND_LETTER)
"""Messages that bring a copy of the invoice, so "never got it" needs no answer (P23)."""


def envelope_for(
    bundle: Bundle, outbound: Outbound, letters: Letters, callback_urls: CallbackUrls = CLOSED
) -> Envelope:
    """The message of a step, rendered from the facts of this very transaction; nothing is kept."""
    session = bundle.lead.session
    asked = {item.session.case_id: _asked(item) for item in bundle.items}
    link = callback_urls.page(outbound.id)
    data = replace(_data(bundle, outbound.channel, asked), page_link=link)
    envelope = _addressed(session, outbound, letters.write(data))
    if outbound.channel != "email":
        return envelope
    before = session.account.outbound.thread(session.case_id)
    return replace(
        envelope,
        reply_to=callback_urls.answers(outbound.id, envelope.creditor) or envelope.reply_to,
        in_reply_to=before[-1] if before else "",
        references=before,
    )


def _asked(item: BundledCase) -> Statement:
    """What the message asks for of one invoice, by the step that it is for that one."""
    return item.session.state.statement_of(item.action)


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


def _data(bundle: Bundle, channel: str, asked: Mapping[str, Statement]) -> LetterData:
    session = bundle.lead.session
    case, today = session.case, session.calendar.local_date(session.now)
    last = case.last_message
    plain = letter_data(session.file, case, bundle.lead.action, today, channel)
    days = bundle.deadline_days
    lines = _lines(bundle, today, asked)
    cases = [line.case for line in lines] or [case]
    return replace(
        plain,
        deadline="" if days is None else (today + timedelta(days=days)).isoformat(),
        last_contact=session.calendar.local_date(last.at).isoformat() if last else "",
        statement=asked[session.case_id],
        first_contact=last is None and not session.account.customer.was_written_to,
        lines=lines,
        copies=_copies(bundle) if channel in WITH_FILES else (),
        reference_taken=reference_taken(
            session.file.creditor.reference,
            session.case.invoice,
            session.account.cases.numbers_alike,
        ),
        in_favour=in_favour_in(session.file, cases),
    )


def reference_taken(scheme: str, invoice: Invoice, alike: Callable[[str], tuple[str, ...]]) -> bool:
    """Tell whether an earlier invoice of the creditor makes the same reference (P26).

    ``alike`` lists the numbers with the same digits that were opened before a case.
    """
    if not scheme or invoice.reference:
        return False
    return is_reference_taken(invoice.number, scheme, alike(invoice.case_id))


def letter_data(
    file: CaseFile, case: Case, action: Action, today: date, channel: str
) -> LetterData:
    """Gather what a message about one case may state on a day in the debtor's calendar."""
    days = action.deadline_days
    return LetterData(
        case=case,
        debtor=file.debtor,
        creditor=file.creditor,
        step=base_of(action.step),
        do=action.do.value,
        tone=action.tone,
        channel=channel,
        today=today.isoformat(),
        deadline="" if days is None else (today + timedelta(days=days)).isoformat(),
        days_late=(today - case.due).days,
        costs_lapse=file.policy.charges.leftover is Leftover.WRITE_OFF,
        instalments=file.policy.agreements.hardship_instalments,
        in_favour=in_favour_in(file, (case,)),
    )


def in_favour_in(file: CaseFile, cases: Iterable[Case]) -> tuple[Money, ...]:
    """Find what speaks for the customer in the currencies of these cases, each by itself."""
    currencies = {case.invoice.amount.currency for case in cases}
    sums = file.customer.all_in_favour()
    return tuple(Money(minor, currency) for currency, minor in sums if currency in currencies)


def _copies(bundle: Bundle) -> tuple[Attachment, ...]:
    """Copies of the invoices, as many as a mail may carry."""
    if bundle.lead.action.do not in WITH_COPIES or len(bundle.items) > MOST_COPIES:
        return ()
    taken: list[Attachment] = []
    for item in bundle.items:
        kept = item.session.account.evidence.invoice_copy(item.session.case_id)
        if kept is None:
            continue
        copy = Attachment(
            name=named_by(item.session.case.invoice.number),
            media_type="application/pdf",
            body=kept[1],
        )
        if fits([*taken, copy]):
            taken.append(copy)
    return tuple(taken)


def _lines(bundle: Bundle, today: date, asked: Mapping[str, Statement]) -> tuple[InvoiceLine, ...]:
    """Every invoice of the message: of this creditor and this customer, and nobody else's."""
    if is_account_statement(bundle.lead.action):
        return lines_of_account(bundle.lead.session, today)
    if len(bundle.items) < 2:  # noqa: PLR2004 - several
        return ()
    mine = bundle.mine.account.id
    lines = []
    for item in bundle.items:
        invoice = item.session.case.invoice
        if (invoice.creditor, invoice.customer) != mine:
            raise LookupError(f"{invoice.case_id} is no case of this account")
        lines.append(_line(item, today, asked[item.session.case_id]))
    return tuple(sorted(lines, key=lambda line: (line.case.printed_due, line.case.invoice.number)))


def _line(item: BundledCase, today: date, asked: Statement) -> InvoiceLine:
    case = item.session.case
    promise = case.running_promise if item.action.step.startswith(BROKEN_PROMISE) else None
    return InvoiceLine(
        case=case,
        statement=asked,
        days_late=(today - case.due).days,
        promised=promise.day.isoformat() if promise else "",
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
        for gap in _asked(item).left_out:
            task = rate_task(rate_table(law), gap.half_year, session.now)
            session.account.tasks.add(replace(task, detail=gap.reason))

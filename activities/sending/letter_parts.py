"""What goes into a letter: its invoices with their figures, gathered by what sends or shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from activities.ports.letter_data import Attachment, InvoiceLine, LetterData
from activities.ports.types import CaseFile
from activities.sending.agreed_later import only_asking
from activities.sending.attaching import fits, named_by
from activities.sending.foretelling import costs_foretold
from domain.agreements.numbering import INSTALMENT_MISSED, instalment_step, plan_of_number
from domain.agreements.status import missing_up_to, still_to_come
from domain.case.facts import Action
from domain.case.model import Case, Invoice
from domain.charges.statement import Statement
from domain.contact.letter_changes import (
    BESIDE_THE_POINT,
    NOTHING_CHANGED,
    LetterChange,
    LetterGround,
    LetterPart,
)
from domain.decision.answering.account_statements import is_account_statement
from domain.decision.bundling import firmness, shared_deadline
from domain.decision.state import CaseState
from domain.deed import base_of
from domain.history.record import BROKEN_PROMISE
from domain.message_types import ActionType
from domain.money import Money
from domain.parties.people import EMAIL, POST
from domain.payments.references import is_reference_taken
from domain.policy.model import Leftover

MOST_COPIES = 20
"""With more invoices than this no copies go along; the letter offers them."""

WITH_FILES = (EMAIL, POST)
"""Channels that carry files beside their words."""

WITH_COPIES = (ActionType.REMIND, ActionType.CONFIRM, ActionType.DEMAND_LETTER)
"""Messages that bring a copy of the invoice, so "never got it" needs no answer (P23)."""


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One invoice in a letter: its file, where it stands when the letter leaves, and its step."""

    file: CaseFile
    state: CaseState
    action: Action

    @property
    def case_id(self) -> str:
        """The invoice's case."""
        return self.file.invoice.case_id

    @property
    def asked(self) -> Statement:
        """What the letter asks for of this invoice, by the step that it is for."""
        return self.state.statement_of(self.action)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterParts:
    """All that a letter is made of.

    Attributes:
        items: its invoices, all of one customer; never empty.
        alike: lists the numbers with the same digits that were opened before a case.
        copy_of: reads the newest copy of an invoice; None if none is kept.
        account_lines: lists every open invoice of the customer, for a statement of account.
        was_written_to: tells whether any message ever reached the customer.
    """

    items: tuple[LetterItem, ...]
    alike: Callable[[str], tuple[str, ...]]
    copy_of: Callable[[str], bytes | None]
    was_written_to: Callable[[], bool]
    account_lines: Callable[[date], tuple[InvoiceLine, ...]]
    change: LetterChange = NOTHING_CHANGED

    @property
    def lead(self) -> LetterItem:
        """The firmest step: it decides the words."""
        return max(self.items, key=lambda item: firmness(item.action, item.state.case))

    @property
    def deadline_days(self) -> int | None:
        """The days that the letter gives for all it speaks of."""
        return shared_deadline(self.lead.action, (item.action for item in self.items))


def data_of(parts: LetterParts, channel: str) -> LetterData:
    """Gather every figure of a letter as it stands when it leaves."""
    lead = parts.lead
    state, case = lead.state, lead.state.case
    today = state.calendar.local_date(state.now)
    last, days = case.last_message, parts.deadline_days
    asked = {item.case_id: item.asked for item in parts.items}
    lines = _lines(parts, today, asked)
    return replace(
        letter_data(lead.file, case, lead.action, today, channel),
        deadline="" if days is None else (today + timedelta(days=days)).isoformat(),
        last_contact=state.calendar.local_date(last.at).isoformat() if last else "",
        statement=asked[lead.case_id],
        first_contact=last is None and not parts.was_written_to(),
        lines=lines,
        copies=_copies(parts) if channel in WITH_FILES else (),
        reference_taken=reference_taken(lead.file.creditor.reference, case.invoice, parts.alike),
        in_favour=in_favour_in(lead.file, [line.case for line in lines] or [case]),
        change=parts.change,
        foretold=costs_foretold(((item.state, item.action) for item in parts.items), today),
    )


def letter_ground(items: tuple[LetterItem, ...], channel: str) -> LetterGround:
    """Find what a letter rests on: a change of it counts for no letter on another ground."""
    found = sorted((_part(item) for item in items), key=lambda part: part.case)
    file = next(iter(items)).file
    language = ", ".join(filter(None, (file.debtor.language, file.creditor.languages)))
    return LetterGround(parts=tuple(found), channel=channel, language=language)


def _part(item: LetterItem) -> LetterPart:
    case = item.state.case
    heard = [one for one in item.state.messages if one.kind not in BESIDE_THE_POINT]
    return LetterPart(
        case=item.case_id,
        step=item.action.step,
        episode=case.episode,
        asked=case.undisputed,
        heard=len(heard),
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


def _copies(parts: LetterParts) -> tuple[Attachment, ...]:
    """Copies of the invoices, as many as a mail may carry."""
    if parts.lead.action.do not in WITH_COPIES or len(parts.items) > MOST_COPIES:
        return ()
    taken: list[Attachment] = []
    for item in parts.items:
        kept = parts.copy_of(item.case_id)
        if kept is None:
            continue
        name = named_by(item.file.invoice.number)
        copy = Attachment(name=name, media_type="application/pdf", body=kept)
        if fits([*taken, copy]):
            taken.append(copy)
    return tuple(taken)


def _lines(
    parts: LetterParts, today: date, asked: Mapping[str, Statement]
) -> tuple[InvoiceLine, ...]:
    """Every invoice of the message: of this creditor and this customer, and nobody else's."""
    items = parts.items
    if is_account_statement(parts.lead.action):
        return parts.account_lines(today)
    if len(items) < 2:  # noqa: PLR2004 - several
        return ()
    mine = items[0].file.invoice
    for item in items:
        invoice = item.file.invoice
        if (invoice.creditor, invoice.customer) != (mine.creditor, mine.customer):
            raise LookupError(f"{invoice.case_id} is no case of this account")
    lines = (
        invoice_line(item.state.case, item.action.step, asked[item.case_id], today)
        for item in items
    )
    return tuple(sorted(lines, key=lambda line: (line.case.printed_due, line.case.invoice.number)))


def invoice_line(case: Case, said_as: str, asked: Statement, today: date) -> InvoiceLine:
    """Describe one of several invoices of a message, and what the step that it is for asks."""
    step = base_of(said_as)
    promise = case.running_promise if step.startswith(BROKEN_PROMISE) else None
    return InvoiceLine(
        case=case,
        statement=_of_the_instalment(asked, case, step),
        days_late=(today - case.due).days,
        promised=promise.day.isoformat() if promise else "",
        step=step,
    )


def _of_the_instalment(asked: Statement, case: Case, step: str) -> Statement:
    """What is asked for a missed instalment: no more than it, as in a letter about it alone."""
    about = instalment_step(step)
    plan = plan_of_number(case, about.plan) if about else None
    if about is None or plan is None or about.what != INSTALMENT_MISSED:
        return asked
    missing = missing_up_to(case, plan, about.part)
    return only_asking(asked, missing, later=still_to_come(case, plan, about.part))

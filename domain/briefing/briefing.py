"""The briefing before a call: what is open, what was tried and agreed, what to ask (P30 to P32)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.agreements.text import agreement_values
from domain.briefing.questions import questions
from domain.calls.results import code_of
from domain.case.agreement_types import Dispute
from domain.case.facts import Facts
from domain.case.model import Case, Deed, Message
from domain.charges.statement import Statement
from domain.decision.rules_disputes import contested_sum
from domain.history.reports import words_of_fate
from domain.ladder.step_words import step_in_words
from domain.message_types import ActionType, MessageType
from domain.money import Money
from domain.policy.classes import History, class_of, describe_history, why_class
from domain.policy.model import ClassRules

TRIED = frozenset(
    {
        ActionType.REMIND,
        ActionType.CONFIRM,
        ActionType.DEMAND_LETTER,
        ActionType.ACKNOWLEDGE,
        ActionType.HAND_OFF,
    }
)
"""Deeds that the customer noticed, or should have; a call task says nothing before the call."""


@dataclass(frozen=True, slots=True)
class Known:
    """One case as it stands, with what is to be paid now and the messages about it."""

    facts: Facts
    stated: Statement
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueInvoice:
    """An invoice that may be sent again (P30).

    Attributes:
        open: what is left of the invoice itself, without costs.
        chased: what of it may be asked for: without what is contested, or promised for later.
        costs: late fees, compensation and interest that are asked for now.
        to_pay: what is to be paid now, as a letter of this day would ask for it.
        days_late: calendar days after the due date, debtor time; negative before it.
    """

    number: str
    issued: date
    due: date
    open: Money
    chased: Money
    costs: Money
    to_pay: Money
    days_late: int
    later: tuple[tuple[date, Money], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """Something that happened, or stands, with one invoice."""

    at: datetime
    number: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What a caller should know, oldest first, and what to ask.

    Attributes:
        in_favour: money on the account, credit notes and surpluses that settle no invoice yet, per
            currency.
    """

    customer_class: str
    why_class: str
    history: tuple[str, ...]
    invoices: tuple[DueInvoice, ...]
    in_favour: tuple[str, ...]
    tried: tuple[HistoryEntry, ...]
    agreed: tuple[HistoryEntry, ...]
    disputes: tuple[HistoryEntry, ...]
    notes: tuple[HistoryEntry, ...]
    questions: tuple[str, ...]


def briefing(
    known: Sequence[Known], history: History, rules: ClassRules, now: datetime
) -> Briefing:
    """Put a briefing together for one case, or for all open ones of a customer."""
    cases = [one.facts.case for one in known]
    lies = in_favour_of(known)
    return Briefing(
        customer_class=class_of(history, rules),
        why_class=why_class(history, rules),
        history=describe_history(history),
        invoices=tuple(sorted((_due(one, now) for one in known), key=_by_due)),
        in_favour=tuple(map(str, lies)),
        tried=_in_order(entry for one in known for entry in _tried(one)),
        agreed=_in_order(entry for case in cases for entry in _agreed(case, now)),
        disputes=_in_order(entry for case in cases for entry in _disputes(case)),
        notes=_in_order(entry for one in known for entry in _notes(one)),
        questions=(*map(_what_it_is_for, lies), *questions(cases, history, now)),
    )


def in_favour_of(known: Sequence[Known]) -> tuple[Money, ...]:
    """List what speaks for the customer and settles no invoice yet, each currency by itself."""
    sums = known[0].facts.customer.all_in_favour() if known else ()
    return tuple(Money(minor, currency) for currency, minor in sums)


def _what_it_is_for(lies: Money) -> str:
    return f"{lies} of theirs settle no invoice yet: which one is it for, or shall it go back?"


def _due(one: Known, now: datetime) -> DueInvoice:
    case, calendar = one.facts.case, one.facts.calendar
    currency = case.invoice.amount.currency
    return DueInvoice(
        number=case.invoice.number,
        issued=case.invoice.issued,
        due=case.printed_due,
        open=case.open_money,
        chased=one.stated.principal,
        costs=one.stated.costs,
        to_pay=one.stated.total,
        days_late=(calendar.local_date(now) - case.due).days,
        later=tuple((part.day, Money(part.minor, currency)) for part in case.later_parts),
    )


def sums_of(due: DueInvoice) -> str:
    """Write what is open on an invoice and what is to be paid now, each by its name."""
    only = "" if due.chased == due.open else f", of which {due.chased} may be asked for"
    costs = f" with {due.costs} of costs" if due.costs.minor else ""
    ahead = "".join(f"; {money} not due before {day}" for day, money in due.later)
    return f"{due.open} open{only}; to pay today: {due.to_pay}{costs}{ahead}"


def _by_due(due: DueInvoice) -> tuple[date, str]:
    return due.due, due.number


def _in_order(entries: Iterator[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.at, entry.number)))


def _tried(one: Known) -> Iterator[HistoryEntry]:
    """Messages and calls: what was done, and what came of it (P32)."""
    number = one.facts.case.invoice.number
    for deed in one.facts.case.deeds:
        if deed.do in TRIED:
            yield HistoryEntry(at=deed.at, number=number, text=_deed(deed))
    for message in one.messages:
        if message.kind is MessageType.CALL_RESULT:
            said = f": {message.note}" if message.note else ""
            text = f"call, {code_of(message.reason).replace('_', ' ')}{said}"
            yield HistoryEntry(at=message.at, number=number, text=text)


def _deed(deed: Deed) -> str:
    by = f" by {deed.channel}" if deed.channel else ""
    until = f", to be paid by {deed.deadline}" if deed.deadline else ""
    came = "" if deed.reached_debtor or deed.do is ActionType.HAND_OFF else ", reached nobody"
    return f"{deed.do.value.replace('_', ' ')} ({step_in_words(deed.step)}){by}{until}{came}"


def _agreed(case: Case, now: datetime) -> Iterator[HistoryEntry]:
    """Every promise with its end, and what stands agreed now with its Plan B."""
    number, currency = case.invoice.number, case.invoice.amount.currency
    for promise in case.promises:
        what = "all" if promise.amount is None else str(Money(promise.amount, currency))
        how = words_of_fate(case, promise, now).replace("_", " ")
        text = f"{what} promised for {promise.day}: {how}"
        yield HistoryEntry(at=promise.made_at, number=number, text=text)
    for line in agreement_values(case, now):
        yield HistoryEntry(at=now, number=number, text=f"stands now: {line}")


def _disputes(case: Case) -> Iterator[HistoryEntry]:
    for dispute in (*case.settled_disputes, *case.disputes):
        text = f"{contested_sum(case, dispute)}{_about(dispute)}: {_how(case, dispute)}"
        yield HistoryEntry(at=dispute.opened_at, number=case.invoice.number, text=text)


def _about(dispute: Dispute) -> str:
    return f" ({dispute.reason.replace('_', ' ')})" if dispute.reason else ""


def _how(case: Case, dispute: Dispute) -> str:
    if dispute.settled_at is None:
        by = f", {dispute.owner} looks after it" if dispute.owner else ""
        return f"open, to be settled by {dispute.deadline}{by}"
    gave = Money(dispute.conceded, case.invoice.amount.currency)
    conceded = f", {gave} conceded" if dispute.conceded else ""
    return f"settled {dispute.ended.replace('_', ' ')}".rstrip() + conceded


def _notes(one: Known) -> Iterator[HistoryEntry]:
    for message in one.messages:
        if message.note and message.kind is not MessageType.CALL_RESULT:
            by = f" ({message.by})" if message.by else ""
            text = f"{message.kind.value.replace('_', ' ')}: {message.note}{by}"
            yield HistoryEntry(at=message.at, number=one.facts.case.invoice.number, text=text)

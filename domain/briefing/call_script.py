"""What to say in a call: calm, complete, nothing about money to a stranger (P18, P30 to P42)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from domain.briefing.briefing import Briefing, Known, sums_of
from domain.briefing.questions import major_questions, minor_questions
from domain.calls.results import RESULTS, CallResult
from domain.case.facts import Facts
from domain.case.invoice import Invoice
from domain.money import Money
from domain.parties.people import PHONE, VOICE, Creditor, Debtor
from domain.policy.model import Agreements
from domain.suggestion import Act, Suggestion

RESTRAINT = "No sum, no invoice and no word about a debt: others may listen."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The caller, the called, and what may be agreed."""

    creditor: Creditor
    debtor: Debtor
    terms: Agreements


@dataclass(frozen=True, slots=True, kw_only=True)
class CallScript:
    """A call from the first word to the last.

    Attributes:
        beware: why one should not call at all, or not now; usually nothing.
        ask_for: who to ask for, and where.
        opening: the first words, before anything about money.
        invoices: each open invoice with its number, dates and what may be asked for (P30).
        before: what was tried, and what was agreed (P31, P32).
        minor: what can be put right at once (P40, P41).
        major: what needs a talk (P40).
        offer: what may be offered to whoever cannot pay (P42).
        closing: how to end.
        voicemail: the words for a machine.
        to_others: what to say to anybody else.
        outcomes: every result with the message that records it.
    """

    beware: tuple[str, ...]
    ask_for: tuple[str, ...]
    opening: tuple[str, ...]
    invoices: tuple[str, ...]
    before: tuple[str, ...]
    minor: tuple[str, ...]
    major: tuple[str, ...]
    offer: tuple[str, ...]
    closing: tuple[str, ...]
    voicemail: tuple[str, ...]
    to_others: tuple[str, ...]
    outcomes: tuple[CallOutcome, ...]


def call_script(known: Sequence[Known], told: Briefing, sides: Sides, now: datetime) -> CallScript:
    """Write the script for a call about one invoice, or all open ones of a customer."""
    cases = [one.facts.case for one in known]
    return CallScript(
        beware=tuple(_beware(known[0].facts, sides.debtor, now)),
        ask_for=tuple(_ask_for(sides.debtor)),
        opening=tuple(_opening(sides)),
        invoices=tuple(_invoices(told)),
        before=tuple(_before(told)),
        minor=tuple(minor_questions(cases)),
        major=tuple(major_questions(cases)),
        offer=tuple(_offer(sides.terms)),
        closing=tuple(_closing(sides.terms)),
        voicemail=tuple(_voicemail(sides.creditor)),
        to_others=('"Thank you. When is a good time to reach them?"', RESTRAINT),
        outcomes=tuple(outcomes(cases[0].invoice)),
    )


def _beware(facts: Facts, debtor: Debtor, now: datetime) -> Iterator[str]:
    if facts.customer.do_not_contact:
        yield "This customer is not to be contacted."
    if facts.customer.vulnerable:
        yield "This customer is vulnerable: with discretion, and no pressure."
    if VOICE in debtor.opted_out:
        yield "This customer does not want to be called."
    for currency, minor in facts.customer.all_in_favour():
        lies = Money(minor, currency)
        yield f"{lies} of theirs settle no invoice yet: allocate or refund it before you ask."
    free = facts.calendar.within(now)
    if free > now:
        yield f"Not now: their hours begin on {facts.calendar.wall(free):%Y-%m-%d at %H:%M} there."


def _ask_for(debtor: Debtor) -> Iterator[str]:
    name = debtor.name or debtor.id
    yield f"{name}, in person" if debtor.consumer else f"whoever pays suppliers at {name}"
    if not debtor.phone:
        yield "no number is known: find one first"
    elif debtor.phone in debtor.bad_points:
        yield f"not at {debtor.phone}: that number is not theirs; find the right one first"
    else:
        yield f"at {debtor.phone}"
    for one in debtor.further:
        if one.kind == PHONE and one.point not in debtor.bad_points:
            whom = f"{one.person or name}, {one.role}" if one.role else one.person or name
            yield f"or {whom}, at {one.point}"


def _opening(sides: Sides) -> Iterator[str]:
    company = sides.creditor.name or sides.creditor.id
    whom = (sides.debtor.name or "<name>") if sides.debtor.consumer else "your accounts department"
    yield f'"Good day, this is <your name> of {company}. May I speak to {whom}?"'
    yield "Name the invoices only when you know to whom you speak."
    yield "Calm and friendly: it may be an honest mistake. You call to find out, not to accuse."


def _invoices(told: Briefing) -> Iterator[str]:
    for one in told.invoices:
        late = f"{one.days_late} days late" if one.days_late > 0 else "not late"
        yield f"{one.number} of {one.issued}, due {one.due} ({late}): {sums_of(one)}"


def _before(told: Briefing) -> Iterator[str]:
    entries = sorted((*told.tried, *told.agreed, *told.disputes), key=lambda entry: entry.at)
    for entry in entries:
        yield f"{entry.at:%Y-%m-%d} {entry.number}: {entry.text}"


def _offer(terms: Agreements) -> Iterator[str]:
    yield "Who cannot pay gets an offer, not pressure: what would help, and what is possible?"
    yield f"More time: a promise up to {terms.longest_promise_days} days ahead."
    yield f"Instalments: a plan of up to {terms.longest_plan_days} days."


def _closing(terms: Agreements) -> Iterator[str]:
    yield "Repeat what was agreed: which sum, on which day, in which way."
    if terms.confirm_in_writing:
        yield "Say that it will be confirmed in writing."
    yield "Thank them, whatever came of it."


def _voicemail(creditor: Creditor) -> Iterator[str]:
    company = creditor.name or creditor.id
    back = f"call me back at {creditor.phone}" if creditor.phone else "call me back"
    yield f'"Good day, this is <your name> of {company}. Please {back}. Thank you."'
    yield RESTRAINT


WHEN: Mapping[str, str] = MappingProxyType(
    {
        "voicemail": "a machine answered",
        "no_answer": "nobody answered",
        "unreachable": "the number could not be reached",
        "busy": "the line was busy",
        "wrong_person": "somebody answered who does not look after invoices",
        "wrong_number": "the number is not the customer's",
        "call_back": "they want to be called again",
        "reached": "you spoke to them, and nothing else on this list fits",
        "promised": "they promised to pay by a day (a part: with the amount)",
        "disputed": "they contest it (a part: with the amount)",
        "paid_claim": "they say that it is paid",
        "hardship": "they cannot pay now",
        "refused": "they will not pay, and give no reason",
        "invoice_not_received": "they never got the invoice",
        "invoice_error": "something on the invoice is wrong",
        "payment_method": "they cannot pay in the ways that we offer",
        "missing_information": "they need a number, an order or a proof first",
        CallResult.IN_APPROVAL: "the invoice is being approved in their house",
        CallResult.DO_NOT_CALL: "they do not want to be called",
    }
)
"""When each result is meant."""

_DAY = MappingProxyType({"date": "the day that was named"})
NEEDED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "wrong_person": {"note": "name and number of the right person"},
        "call_back": _DAY,
        "promised": _DAY,
        "disputed": {"ref": "what is contested, such as goods"},
        "in_approval": _DAY,
        "missing_information": {"note": "what is missing"},
        "invoice_error": {"note": "what is wrong"},
    }
)
"""What is to be told with a result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOutcome:
    """A result with the words for it, and the message that records it."""

    result: str
    when: str
    suggestion: Suggestion


def outcomes(invoice: Invoice) -> Iterator[CallOutcome]:
    """List every way in which a call about an invoice may go."""
    for result in RESULTS:
        said = Suggestion(
            act=Act.CALL_RESULT,
            case=invoice.case_id,
            fields={"reason": result},
            needed=NEEDED.get(result, {}),
        )
        yield CallOutcome(result=result, when=WHEN[result], suggestion=said)

"""What to ask the customer: the true reason, minor and major, by what is known already (P40)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.agreements.promises import PromiseState, state_of
from domain.case.model import Case
from domain.decision.rules_disputes import contested_sum
from domain.policy.classes import History, Trend

_BROKEN = (PromiseState.BROKEN, PromiseState.IN_PART)
MINOR = {
    "invoice_not_received": "Has the invoice arrived?",
    "invoice_error": "Is everything on the invoice right?",
    "payment_method": "Can they pay in the ways that we offer?",
    "missing_information": "Do they have all the information that they need?",
}
_AGAIN = {
    "invoice_not_received": "We sent the invoice again: has it arrived now?",
    "invoice_error": "Is the corrected invoice right now?",
    "payment_method": "Does the other way to pay work for them?",
    "missing_information": "Do they have what was missing now?",
}
MAJOR = (
    "Are they satisfied with the goods or services?",
    "When will they pay, and how?",
    "What else stands in the way?",
    "Is it a matter of cash flow?",
)
OFFER = (
    "What would help: more time, or instalments? Which sum on which days is possible?",
    "Is it a passing shortage or a lasting one? (Discretion, no pressure.)",
)


def questions(cases: Sequence[Case], history: History, now: datetime) -> Iterator[str]:
    """List what to ask, the most important first; nothing that presses a customer in hardship."""
    yield from telling(cases, history, now)
    yield from minor_questions(cases)
    yield from major_questions(cases)


def telling(cases: Sequence[Case], history: History, now: datetime) -> Iterator[str]:
    """List what only this customer is asked: an offer, promises, what has changed (P31, P32)."""
    hard = in_hardship(cases)
    if hard:
        yield from OFFER
    for case in _open(cases):
        yield from _of_case(case, now)
    if not hard:
        yield from _of_history(history)


def minor_questions(cases: Sequence[Case]) -> Iterator[str]:
    """Ask for what can be put right at once, and after what was named already (P40, P41)."""
    named = {dispute.reason for case in _open(cases) for dispute in case.disputes}
    for code, question in MINOR.items():
        yield _AGAIN[code] if code in named else question


def major_questions(cases: Sequence[Case]) -> Iterator[str]:
    """Ask for what needs a talk; who cannot pay is not asked when they will (P40, P42)."""
    yield from (MAJOR[0], MAJOR[2]) if in_hardship(cases) else MAJOR


def in_hardship(cases: Sequence[Case]) -> bool:
    """Whether the customer has said that they cannot pay."""
    return any(case.in_hardship for case in _open(cases))


def _open(cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.outcome is None]


def _of_case(case: Case, now: datetime) -> Iterator[str]:
    number = case.invoice.number
    if not case.in_hardship:
        yield from _of_promise(case, now)
    if case.claimed_at:
        yield f"{number}: they said that it was paid: when, from which account, which reference?"
    for dispute in case.contested:
        if not dispute.is_hardship:
            yield f"{number}: what would settle the dispute about {contested_sum(case, dispute)}?"
    last = case.last_attempt
    if last and not last.reached_debtor:
        yield f"{number}: our last message reached nobody: which address or person is right?"


def _of_promise(case: Case, now: datetime) -> Iterator[str]:
    number, promise = case.invoice.number, case.running_promise
    state = state_of(case, promise, now) if promise else None
    if promise and state is PromiseState.RUNNING:
        yield f"{number}: is the payment that was promised for {promise.day} on its way?"
    elif promise and state in _BROKEN:
        yield f"{number}: what kept them from paying on {promise.day}, and what has changed?"


def _of_history(history: History) -> Iterator[str]:
    if not history.settled:
        yield "It is their first invoice with us: did anything go wrong with order or billing?"
    elif not history.late:
        yield "They have always paid in time: what has happened, and what can we put right?"
    elif history.trend is Trend.SLOWER:
        yield "They pay more slowly than they used to: has something changed on their side?"
    else:
        yield "They have paid late before: what helped then?"
    if history.broken_promises:
        yield "A promise was broken before: which day can they keep for certain?"

"""Samples of all letters: every step in every tone, to a made-up customer."""

# One thing: the list of all letters that a reader of the gallery and every test of letters sees.

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from activities.ports.letter_data import Attachment, InvoiceLine, LetterData
from domain.case.agreement_types import (
    HARDSHIP,
    Dispute,
    Plan,
    PlanBAgreed,
    Promise,
    Settlement,
    TakenBack,
)
from domain.case.corrections import Correction, Mistake
from domain.case.invoice import Discount, Invoice, InvoicePart
from domain.case.model import Case
from domain.charges.statement import CostLine, Statement
from domain.decision.bundling import TONES
from domain.deed import Deed
from domain.interest.model import compensation, interest
from domain.interest.rate_tables import rate_table
from domain.interest.terms import InterestTerms
from domain.message_types import ActionType, MessageType, Result
from domain.money import Money
from starter.letters.people import Pair, pair

_TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DUE = date(2026, 2, 10)
SOON, LATER = date(2026, 3, 31), date(2026, 4, 30)
MISSED, OVER = date(2026, 2, 27), date(2026, 2, 20)
"""Days on which agreed money did not come: a few days ago, and longer ago than a plan waits."""

_AMOUNT = 119000
COPY = Attachment(name="INV-2026-0042.pdf", media_type="application/pdf", body=b"%PDF-1.4\n%%EOF\n")
"""Stands for a copy of the invoice; nobody opens it."""

TONED = ("gentle", "polite", "second", "reminder", "formal", "promise_broken", "several")
"""Letters that sound different in each tone."""


@dataclass(frozen=True, slots=True)
class SampleLetter:
    """A letter and what it is called.

    Attributes:
        name: occasion and tone, such as ``polite-friendly``.
    """

    name: str
    data: LetterData


def samples(language: str, *, consumer: bool = False) -> Iterator[SampleLetter]:
    """List every letter in a language: each occasion, in each tone that it has.

    To a company, or to a consumer: with what the law asks of each.
    """
    who = pair(language, consumer=consumer)
    yield SampleLetter("confirm", _letter(who, days=-20, do="confirm", step="confirm", tone="warm"))
    for occasion in TONED:
        for tone in TONES:
            yield SampleLetter(f"{occasion}-{tone}", _toned(who, occasion, tone))
    for name, case in _agreements(who):
        about: dict[str, Any] = {"do": "acknowledge", "step": "agreement-1-confirmed", "case": case}
        about["statement"] = _costs(who, _AMOUNT)
        yield SampleLetter(name, _letter(who, tone="warm", deadline="", **about))
    yield SampleLetter("agreement-several", _agreed_together(who))
    yield from _others(who)


def sample_letter(language: str, name: str, *, consumer: bool = False) -> SampleLetter:
    """Find the letter of that name, to a company or to a consumer."""
    return next(one for one in samples(language, consumer=consumer) if one.name == name)


def _agreed_together(who: Pair) -> LetterData:
    """What was agreed on for four invoices in one sitting: a promise, a plan and two offers."""
    step = "agreement-1-confirmed"
    lines = tuple(
        InvoiceLine(
            case=replace(case, invoice=replace(case.invoice, number=f"INV-2026-00{number}")),
            statement=_costs(who, _AMOUNT),
            days_late=20,
            step=step,
        )
        for number, (_, case) in enumerate(_agreements(who), start=42)
    )
    about: dict[str, Any] = {"do": "acknowledge", "step": step, "lines": lines, "deadline": ""}
    return _letter(who, tone="warm", case=lines[0].case, statement=lines[0].statement, **about)


def _others(who: Pair) -> Iterator[SampleLetter]:
    plan = dict(_agreements(who))["agreement-plan"]
    for what, first in (("reminder", SOON), ("missed", MISSED), ("over", OVER)):
        running = dict(_agreements(who, first))["agreement-plan"]
        about: dict[str, Any] = {"step": f"instalment-1-1-{what}", "case": running, "deadline": ""}
        about["statement"] = _costs(who, _AMOUNT)
        name = {"reminder": "agreement_reminder", "missed": "instalment_missed"}.get(what)
        yield SampleLetter(name or "plan_over", _letter(who, tone="clear", **about))
    yield SampleLetter("agreement_corrected", _slip(who))
    paid = replace(_case(who), received=_AMOUNT)
    yield SampleLetter(
        "costs_left", _letter(who, step="reminder", case=paid, statement=_costs(who, 0))
    )
    yield from _answers(who, paid, plan)
    yield from _renewed(who)
    failed = replace(_case(who), flight_failed_at=NOON - timedelta(days=1))
    yield SampleLetter(
        "payment_failed", _letter(who, step="renewed-resumed-1", tone="clear", case=failed)
    )


def _slip(who: Pair) -> LetterData:
    """The word that a promise was confirmed by mistake."""
    case = dict(_agreements(who))["agreement-promise"]
    told = Deed(
        step="agreement-1-confirmed",
        do=ActionType.ACKNOWLEDGE,
        at=NOON - timedelta(days=1),
        result=Result.ACCEPTED,
    )
    (promise,) = case.promises
    back = TakenBack(key="u", at=NOON, keys=(promise.key,), agreed=promise)
    case = replace(case, promises=(), deeds=(told,), taken_back=(back,))
    about: dict[str, Any] = {"do": "acknowledge", "step": "agreement-1-corrected", "case": case}
    return _letter(who, tone="warm", deadline="", statement=_costs(who, _AMOUNT), **about)


def _renewed(who: Pair) -> Iterator[SampleLetter]:
    """The answer at the end of a dispute, each way it can be decided, and money that went back."""
    settled_at, case = NOON - timedelta(days=1), _case(who)
    for ended, conceded in (("for_us", 0), ("split", 9000), ("for_customer", 19000), ("", 0)):
        dispute = Dispute(
            key="d",
            opened_at=NOON - timedelta(days=15),
            amount=19000,
            settled_at=settled_at,
            ended=ended,
            conceded=conceded,
        )
        answered = replace(case, settled_disputes=(dispute,), credited=conceded)
        step, name = "renewed-dispute-settled-1", f"dispute_settled-{ended or 'settled'}"
        yield SampleLetter(name, _letter(who, step=step, tone="clear", case=answered))
    yield from _contested(who, case)
    yield from _corrected(who)
    back = ((NOON - timedelta(days=9), _AMOUNT), (settled_at, -_AMOUNT))
    for kind in (MessageType.PAYMENT_REVERSED, MessageType.REFUND):
        returned = replace(case, money=back, moves=back, grew_at=settled_at, grew_by=kind)
        told: dict[str, Any] = {"step": "renewed-money-back-1", "case": returned}
        name = "refund" if kind is MessageType.REFUND else "reversal"
        told["last_contact"] = ""
        yield SampleLetter(f"payment_returned-{name}", _letter(who, tone="clear", **told))


def _contested(who: Pair, case: Case) -> Iterator[SampleLetter]:
    """The receipt for what is contested, and the answer to who was right in time."""
    open_one = Dispute(key="d", opened_at=NOON, amount=19000, deadline=_TODAY + timedelta(days=14))
    received: dict[str, Any] = {"do": "acknowledge", "deadline": ""}
    received |= {"step": "dispute-1-received", "case": replace(case, disputes=(open_one,))}
    yield SampleLetter("dispute_received", _letter(who, tone="warm", **received))
    yield SampleLetter("dispute_decided", _right_and_early(who))


def _right_and_early(who: Pair) -> LetterData:
    """The answer to who was right, before the invoice is due: its discount can still be earned."""
    case = _case(who, due=_TODAY + timedelta(days=9), discount=True)
    over = Dispute(
        key="d",
        opened_at=NOON - timedelta(days=9),
        amount=9000,
        settled_at=NOON - timedelta(days=1),
        ended="for_customer",
        conceded=9000,
    )
    case = replace(case, settled_disputes=(over,), credited=9000)
    told: dict[str, Any] = {"do": "acknowledge", "step": "dispute-1-decided", "case": case}
    return _letter(who, tone="warm", days=-9, **told)


def _answers(who: Pair, paid: Case, plan: Case) -> Iterator[SampleLetter]:
    """Answers: the last word in each of its ways, a part payment, hardship, the agency recalled."""
    at = NOON - timedelta(days=1)
    recall = Deed(step="recall", do=ActionType.RECALL, at=at)
    dispute = Dispute(key="d", opened_at=at, amount=None, settled_at=at, conceded=_AMOUNT)
    kept = plan.plans[0]
    came = ((NOON, _AMOUNT),)
    last_words = {
        "thanks": paid,
        "thanks-overpaid": replace(paid, received=_AMOUNT + 5000),
        "thanks-plan": replace(paid, plans=(kept,), moves=came, money=came),
        "thanks-decided": replace(_case(who), credited=_AMOUNT, settled_disputes=(dispute,)),
        "thanks-recalled": replace(paid, deeds=(recall,)),
    }
    for name, case in last_words.items():
        yield _answered(who, name, "thanks", case)
    part = replace(_case(who), received=40000, payments=(("p", 40000, at),))
    yield _answered(who, "part_payment", "part-payment-1", part)
    back = replace(_case(who), deeds=(recall,))
    yield _answered(who, "agency_recalled", "recalled-1", back)
    yield from _hardship(who)
    overview = _answered(who, "statement", "statement", _case(who))
    yield replace(overview, data=replace(overview.data, lines=tuple(_lines(who))))


def _hardship(who: Pair) -> Iterator[SampleLetter]:
    """The answer to who cannot pay, with and without an offer."""
    deadline = _TODAY + timedelta(days=14)
    told = Dispute(key="h", opened_at=NOON, amount=None, reason=HARDSHIP, deadline=deadline)
    hard = replace(_case(who), disputes=(told,))
    for instalments in (0, 3):
        name = "hardship_answered-offer" if instalments else "hardship_answered"
        answered = _answered(who, name, "hardship-1-answered", hard)
        yield replace(answered, data=replace(answered.data, instalments=instalments))


def _answered(who: Pair, name: str, step: str, case: Case) -> SampleLetter:
    told: dict[str, Any] = {"do": "acknowledge", "step": step, "case": case, "deadline": ""}
    return SampleLetter(name, _letter(who, tone="warm", **told))


def _corrected(who: Pair) -> Iterator[SampleLetter]:
    """The word that a letter of ours was wrong, for each way in which it can be."""
    last_week, case = NOON - timedelta(days=6), _case(who)
    for mistake in Mistake:
        wrong = Correction(key="c", at=NOON, mistake=mistake, step="polite")
        said = Deed(
            step="polite",
            do=ActionType.REMIND,
            at=last_week,
            result=Result.ACCEPTED,
            channel="email",
        )
        told: dict[str, Any] = {"do": "acknowledge", "step": "correction-1", "deadline": ""}
        told["case"] = replace(case, deeds=(said,), corrections=(wrong,))
        yield SampleLetter(f"correction-{mistake}", _letter(who, tone="warm", **told))


def _toned(who: Pair, occasion: str, tone: str) -> LetterData:
    if occasion == "gentle":
        case = _case(who, due=_TODAY + timedelta(days=3), discount=True)
        return _letter(who, days=-3, step="gentle", tone=tone, deadline="", case=case)
    if occasion == "several":
        return _letter(who, step="reminder", tone=tone, lines=tuple(_lines(who)))
    if occasion == "promise_broken":
        case = dict(_agreements(who, MISSED))["agreement-promise"]
        return _letter(who, step="promise-broken-1", tone=tone, case=case)
    do = "demand_letter" if occasion == "formal" else "remind"
    disputed = Dispute(key="d", opened_at=NOON, amount=9000)
    is_formal = occasion == "formal"
    case = replace(_case(who), received=20000, disputes=(disputed,)) if is_formal else _case(who)
    asked = _costs(who, case.undisputed) if is_formal else None
    return _letter(who, step=occasion, do=do, tone=tone, case=case, statement=asked)


def _letter(who: Pair, *, days: int = 20, **told: Any) -> LetterData:
    plain: dict[str, Any] = {
        "case": _case(who, due=_TODAY - timedelta(days=days)),
        "do": "remind",
        "tone": "friendly",
        "deadline": (_TODAY + timedelta(days=10)).isoformat() if days > 0 else "",
        "last_contact": (_TODAY - timedelta(days=6)).isoformat() if days > 0 else "",
        "copies": (COPY,) if told.get("do") != "acknowledge" else (),
        "first_contact": told.get("do") == "confirm",
    }
    return LetterData(
        debtor=who.debtor,
        creditor=who.creditor,
        channel="email",
        today=_TODAY.isoformat(),
        days_late=days,
        **(plain | told),
    )


def _case(who: Pair, *, due: date = DUE, number: str = "INV-2026-0042", **more: Any) -> Case:
    early = Discount(minor=2380, until=_TODAY + timedelta(days=2)) if more.get("discount") else None
    invoice = Invoice(
        creditor=who.creditor.id,
        number=number,
        customer=who.debtor.id,
        issued=due - timedelta(days=30),
        due=due,
        amount=Money(more.get("minor", _AMOUNT), more.get("currency", who.currency)),
        opened_at=NOON - timedelta(days=60),
        discount=early,
    )
    return Case(invoice=invoice, released_at=invoice.opened_at, heard_at=invoice.opened_at)


def _lines(who: Pair) -> Iterator[InvoiceLine]:
    told = ((20, _AMOUNT, who.currency), (12, 45050, who.currency), (5, 9900, "USD"))
    for number, (days, minor, currency) in enumerate(told, start=42):
        due = _TODAY - timedelta(days=days)
        case = _case(who, due=due, number=f"INV-2026-00{number}", minor=minor, currency=currency)
        none = Money(0, currency)
        asked = Statement(
            day=_TODAY, principal=Money(minor, currency), lines=(), costs_paid=none, waived=none
        )
        yield InvoiceLine(case=case, statement=asked, days_late=days)


def _costs(who: Pair, open_: int) -> Statement:
    """A late fee, the fixed sum and the interest of the law of the creditor's country."""
    currency, none = who.currency, Money(0, who.currency)
    fee = Money(500, currency)
    lines = (
        CostLine(name="fee", amount=fee, ground=f"a late fee of {fee}, by the payment terms"),
        *_fixed_sum(who),
        *_interest(who, open_ or _AMOUNT),
    )
    principal = Money(open_, currency)
    return Statement(day=_TODAY, principal=principal, lines=lines, costs_paid=none, waived=none)


def _fixed_sum(who: Pair) -> Iterator[CostLine]:
    law = rate_table(who.law).compensation
    found = compensation(who.law, Money(_AMOUNT, who.currency), consumer=_is_consumer(who))
    if law and found:
        cited = law.cited or law.law
        yield CostLine(name="compensation", amount=found.amount, ground=found.ground, law=cited)


def _is_consumer(who: Pair) -> bool:
    return who.debtor.consumer is True


def _interest(who: Pair, bearing: int) -> Iterator[CostLine]:
    """What the law gives; of some consumers it asks nothing without a further step."""
    scheme = rate_table(who.law).scheme(consumer=_is_consumer(who))
    if scheme.none:
        return
    terms = InterestTerms(
        jurisdiction=who.law, consumer=_is_consumer(who), past_table="provisional"
    )
    earned = interest(((DUE, bearing),), who.currency, DUE, _TODAY, terms)
    yield CostLine(
        name="interest",
        amount=earned.amount,
        ground=earned.ground,
        law=scheme.cited or scheme.law,
        spans=earned.spans,
    )


def _agreements(who: Pair, first: date = SOON) -> Iterator[tuple[str, Case]]:
    """What can be agreed on, with the day on which the money, or its first part, is to come."""
    case, noon = _case(who), time(12, tzinfo=UTC)
    check_at = datetime.combine(first, noon) + timedelta(days=1)
    plan_b = PlanBAgreed(check_at=check_at, then="we call the same day")
    made: dict[str, Any] = {"made_at": NOON, "counts_from": NOON, "plan_b": plan_b}
    promise = Promise(key="p", day=first, amount=None, **made)
    yield "agreement-promise", replace(case, promises=(promise,))
    parts = (InvoicePart(day=first, minor=60000), InvoicePart(day=LATER, minor=_AMOUNT - 60000))
    checks = tuple(datetime.combine(part.day, noon) + timedelta(days=1) for part in parts)
    cures = tuple(check + timedelta(days=7) for check in checks)
    plan = Plan(
        key="l",
        made_at=NOON,
        accepted_at=NOON,
        parts=parts,
        checks=checks,
        cures=cures,
        plan_b=plan_b,
    )
    yield "agreement-plan", replace(case, plans=(plan,))
    offer = Settlement(key="o", day=first, amount=100000, **made)
    yield "agreement-settlement", replace(case, settlements=(offer,))
    yield "agreement-costs", replace(case, settlements=(replace(offer, amount=None),))

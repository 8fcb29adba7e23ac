"""Makes the values of templates: plain texts, numbers and lists, ready for a sentence."""

from __future__ import annotations

from typing import Any

from activities.ports.letter_data import InvoiceLine, LetterData
from adapters.letters.agreed import AGREEMENT, agreement_for, came_late, mistaken_day
from adapters.letters.answers.endings import answer_values
from adapters.letters.answers.occasions import ANSWER_OCCASIONS
from adapters.letters.answers.together import beside_promise, together_values
from adapters.letters.asked import asked_sum
from adapters.letters.renewed import (
    DISPUTE_SETTLED,
    PAYMENT_FAILED,
    PAYMENT_RETURNED,
    believes_paid,
    dispute_answer,
    failed_at,
    returned_money,
    untold,
    went_back,
)
from adapters.letters.stated import lines_of, statement_in, totals_of
from adapters.letters.text.locale import LetterLocale, clean
from adapters.letters.text.parts import due_of, name_of
from adapters.letters.text.template_choice import SEVERAL_AGREEMENTS
from domain.agreements.numbering import asks_for_an_instalment
from domain.calendar import Calendar
from domain.case.model import Case
from domain.money import Money

UNIGNORED = (
    *(AGREEMENT, SEVERAL_AGREEMENTS, "agreement_reminder"),
    *ANSWER_OCCASIONS,
    *(
        "instalment_missed",
        "plan_over",
        "costs_left",
        DISPUTE_SETTLED,
        PAYMENT_RETURNED,
        PAYMENT_FAILED,
    ),
)
"""Letters that nobody is asked to ignore who has paid: they are about something just said, about
money whose coming is watched day by day, or they thank for a payment already."""


def values_of(data: LetterData, letter: str, locale: LetterLocale) -> dict[str, Any]:
    """Make all values of a letter's words."""
    invoice, lines = data.case.invoice, lines_of(data)
    late = any(line.days_late > 0 for line in lines)
    return {
        "letter": letter,
        "tone": data.tone,
        "issued": locale.day(invoice.issued),
        "due": due_of(data.case, locale),
        "lateness": locale.lateness(data.days_late),
        "late": late,
        "amount": locale.money(invoice.amount),
        "part_paid": data.case.paid > 0,
        "last_contact": locale.day(data.last_contact),
        "today": locale.day(data.today),
        "first_contact": data.first_contact,
        "count": len(data.lines),
        "ignorable": late and letter not in UNIGNORED and not _is_known(data, letter),
        **_sums(data, locale),
        **_people(data, locale),
        **_agreed(data, locale),
        **what_became_of(data.case, data.debtor.zone, locale),
        "news": any(map(_has_news, data.lines)),
        "decided": untold(data.case) == DISPUTE_SETTLED,
        **_contested(data, locale),
        **_answered(data, locale),
    }


def _answered(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """What answers and confirmations say, as far as this letter is one."""
    return {**answer_values(data, locale), **together_values(data, locale)}


def _sums(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """What the letter asks for and by when, and what is owed."""
    asked = asked_sum(data)
    return {
        "owed": locale.listed([locale.money(one) for one in asked.sums]),
        "total": locale.listed([locale.money(total) for total in totals_of(lines_of(data))]),
        "discounted": asked.discount is not None,
        "principal": locale.money(statement_in(data).principal),
        "deadline": locale.day(asked.until or ""),
    }


def _is_known(data: LetterData, letter: str) -> bool:
    """Whether we know what became of the payment: it went back, never came, or came late.

    Who is asked then to ignore the letter if they have paid would do so, and wrongly.
    """
    if letter == "promise_broken" and came_late(data):
        return True
    if any(map(_was_not_kept, data.lines)):
        return True
    return any(went_back(line.case) or believes_paid(line.case) for line in lines_of(data))


def _has_news(line: InvoiceLine) -> bool:
    """Whether we know more of an invoice than that it is unpaid: nobody overlooked it."""
    return bool(untold(line.case)) or _was_not_kept(line)


def _was_not_kept(line: InvoiceLine) -> bool:
    return bool(line.promised) or asks_for_an_instalment(line.step)


def what_became_of(case: Case, zone: str, locale: LetterLocale) -> dict[str, Any]:
    """How an invoice's dispute was decided, and which money for it went back."""
    answer, back, failed = dispute_answer(case), returned_money(case, zone), failed_at(case)
    return {
        "number": name_of(case, locale),
        "outcome": answer.outcome,
        "conceded": locale.money(answer.conceded),
        "returned": locale.money(back.amount) if back else "",
        "returned_day": locale.day(back.day) if back else "",
        "failed_day": locale.day(Calendar(zone).local_date(failed)) if failed else "",
        "refunded": back is not None and back.refunded,
    }


def _contested(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """What is contested, where it is not all of it, and by when all of it is answered."""
    case, cases = data.case, [line.case for line in lines_of(data)]
    part = case.disputed if case.undisputed > 0 else 0
    days = [one.disputes[-1].deadline for one in cases if one.disputes]
    return {
        "contested": locale.money(Money(part, case.invoice.amount.currency)) if part else "",
        "rest_stays": any(one.undisputed > 0 for one in cases),
        "answer_by": locale.day(max((day for day in days if day), default="")),
    }


def _people(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    us, you = data.creditor, data.debtor
    return {
        "us": clean(us.name or us.id),
        "you": clean(you.name),
        "consumer": you.consumer is True,
        "customer_number": clean(you.id),
        "phone": clean(us.phone, 24),
        "contact": clean(us.contact),
        "email": clean(us.email),
        "language": locale.tag,
    }


def _agreed(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """What people agreed on, as far as this letter is about it."""
    agreed, promise = agreement_for(data), data.case.running_promise
    return {
        "kind": agreed.kind,
        "agreed_amount": locale.money(agreed.amount),
        "agreed_day": locale.day(agreed.day),
        "parts": [
            {"amount": locale.money(part.amount), "day": locale.day(part.day)}
            for part in agreed.parts
        ],
        "parts_count": len(agreed.parts),
        "cure": locale.day(agreed.cure),
        "cure_days": agreed.cure_days,
        "goes_on": agreed.goes_on,
        "beside": beside_promise(data, locale),
        "missing": locale.money(agreed.to_pay),
        "part_missing": agreed.came_in_part,
        "mistaken_day": locale.day(mistaken_day(data) or ""),
        "promised": locale.day(promise.day) if promise else "",
        "came_late": came_late(data),
    }

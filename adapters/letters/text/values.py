"""Makes the values of templates: plain texts, numbers and lists, ready for a sentence."""

from __future__ import annotations

from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.agreed import AgreementText, agreement_for, came_late
from adapters.letters.figures import asked_of, lines_of, totals_of
from adapters.letters.text.locale import LetterLocale, clean
from domain.case.promised import part_promise, still_promised
from domain.money import Money

UNIGNORED = ("agreement", "agreement_reminder", "thanks")
"""Letters that nobody is asked to ignore: they are about something just said, or paid."""


def values_of(data: LetterData, letter: str, locale: LetterLocale) -> dict[str, Any]:
    """Make all values of a letter's words."""
    invoice, lines = data.case.invoice, lines_of(data)
    late = any(line.days_late > 0 for line in lines)
    return {
        "letter": letter,
        "tone": data.tone,
        "number": clean(invoice.number),
        "issued": locale.day(invoice.issued),
        "due": locale.day(invoice.due),
        "lateness": locale.lateness(data.days_late),
        "late": late,
        "amount": locale.money(invoice.amount),
        "owed": locale.listed([locale.money(total) for total in totals_of(lines)]),
        "principal": locale.money(asked_of(data).principal),
        "part_paid": data.case.paid > 0,
        "deadline": locale.day(data.deadline),
        "last_contact": locale.day(data.last_contact),
        "today": locale.day(data.today),
        "first_contact": data.first_contact,
        "count": len(data.lines),
        "ignorable": late and letter not in UNIGNORED,
        **_people(data, locale),
        **_agreed(data, locale),
    }


def _people(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    us, you = data.creditor, data.debtor
    return {
        "us": clean(us.name or us.id),
        "you": clean(you.name),
        "customer_number": clean(you.id),
        "phone": clean(us.phone, 24),
        "contact": clean(us.contact),
        "email": clean(us.email),
        "language": locale.tag,
    }


def _agreed(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """What people agreed on, as far as this letter is about it."""
    agreed, promise = agreement_for(data), data.case.running_promise
    missing = agreed.missing
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
        "beside": beside_promise(data, locale),
        "missing": locale.money(missing) if missing else "",
        "part_missing": _is_part(agreed),
        "promised": locale.day(promise.day) if promise else "",
        "came_late": came_late(data),
    }


def beside_promise(data: LetterData, locale: LetterLocale) -> str:
    """What a promise of part leaves to be paid now; empty if it is of all that is open."""
    promise = part_promise(data.case)
    if promise is None:
        return ""
    left = data.case.undisputed - still_promised(data.case, promise)
    return locale.money(Money(left, data.case.invoice.amount.currency))


def _is_part(agreed: AgreementText) -> bool:
    """Whether some of an instalment has come, and some has not."""
    return agreed.missing is not None and agreed.missing.minor < agreed.amount.minor

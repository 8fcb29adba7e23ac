"""Names an invoice that falls due in parts: which of them a letter is about, and their dates."""

from __future__ import annotations

from adapters.letters.text.locale import LetterLocale, clean
from domain.case.invoice import InvoicePart
from domain.case.model import Case

MOST_DATES = 3
"""Due dates that a sentence lists; the figures name every one."""


def name_of(case: Case, locale: LetterLocale) -> str:
    """Name an invoice, and the parts of it that are asked for where others are not."""
    number, parts = clean(case.invoice.number), _asked(case)
    if not parts or len(parts) == len(case.invoice.terms):
        return number
    first = case.invoice.terms.index(parts[0]) + 1
    told = {"number": number, "first": first, "parts": len(case.invoice.terms)}
    if len(parts) == 1:
        return locale.gettext("%(number)s (part %(first)d of %(parts)d)") % told
    told["last"] = first + len(parts) - 1
    return locale.gettext("%(number)s (parts %(first)d to %(last)d of %(parts)d)") % told


def due_of(case: Case, locale: LetterLocale) -> str:
    """Name the due date of what is asked for; the dates where several parts have fallen due."""
    parts = _asked(case)
    if 1 < len(parts) <= MOST_DATES:
        return locale.listed([locale.day(part.day) for part in parts])
    return locale.day(case.printed_due)


def _asked(case: Case) -> tuple[InvoicePart, ...]:
    """The parts, as printed, that are asked for."""
    days = [part.day for part in case.due_parts]
    return tuple(part for part in case.invoice.terms if part.day in days)

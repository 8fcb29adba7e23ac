"""Gathers what answers have to say of money: a surplus, a part that came, an offer in hardship."""

from __future__ import annotations

from datetime import date
from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.answers.corrections import correction_values
from adapters.letters.text.locale import LetterLocale
from domain.agreements.schedules import spread
from domain.calendar import Calendar
from domain.case.invoice import InvoicePart
from domain.decision.answering.endings import case_ending
from domain.errors import DomainError
from domain.money import Money

_NEXT_MONTH = 1


def answer_values(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """Make the values of all answers; those of others are empty."""
    return {
        **correction_values(data, locale),
        **_ending_values(data, locale),
        **_part_payment_values(data, locale),
        **_offer_values(data, locale),
    }


def _ending_values(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """Make the values of the last word about an invoice."""
    ending, currency = case_ending(data.case), data.case.invoice.amount.currency
    return {
        "surplus": locale.money(Money(ending.surplus, currency)) if ending.surplus else "",
        "nothing_left": ending.conceded > 0,
        "plan_kept": ending.plan_kept,
        "recalled": ending.recalled,
    }


def _part_payment_values(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """Make the values of the last payment that came: how much, and on which day."""
    case = data.case
    if not case.payments:
        return {"came": "", "came_day": ""}
    _, minor, at = max(case.payments, key=lambda payment: payment[2])
    return {
        "came": locale.money(Money(minor, case.invoice.amount.currency)),
        "came_day": locale.day(Calendar(data.debtor.zone).local_date(at)),
    }


def _offer_values(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """Make the instalments that are offered to who cannot pay."""
    currency = data.case.invoice.amount.currency
    return {
        "offered": [
            {"amount": locale.money(Money(part.minor, currency)), "day": locale.day(part.day)}
            for part in _offered(data)
        ]
    }


def _offered(data: LetterData) -> tuple[InvoicePart, ...]:
    """Equal monthly instalments of what is open, the first one in a month."""
    if not data.instalments or not data.case.in_hardship or data.case.open_now <= 0:
        return ()
    today = date.fromisoformat(data.today)
    months = f"{data.instalments + _NEXT_MONTH} monthly"
    try:
        spread_out = spread(months, today, data.case.open_now, None)
        sums = spread(f"{data.instalments} monthly", today, data.case.open_now, None)
    except DomainError:
        return ()
    days = [part.day for part in spread_out[_NEXT_MONTH:]]
    return tuple(
        InvoicePart(day=day, minor=part.minor) for day, part in zip(days, sums, strict=True)
    )

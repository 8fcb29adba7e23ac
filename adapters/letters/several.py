"""The figures of a message about several invoices: each by itself, and a total per currency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from activities.letter_data import InvoiceLine, LetterData
from adapters.letters.words import money_words
from domain.money import Money


def several(data: LetterData) -> dict[str, Any]:
    """The values that only a message about several invoices has."""
    totals = _totals(line.statement.total for line in data.lines)
    return {
        "lines_of_several": len(data.lines),
        "invoices": [_line(line) for line in data.lines],
        "totals_by_currency": totals,
        "totals": " and ".join(money_words(total) for total in totals),
    }


def _totals(sums: Iterable[Money]) -> list[Money]:
    """Currencies never add up."""
    found: dict[str, Money] = {}
    for money in sums:
        known = found.get(money.currency)
        found[money.currency] = known + money if known else money
    return [found[currency] for currency in sorted(found)]


def _line(line: InvoiceLine) -> dict[str, Any]:
    case, asked = line.case, line.statement
    currency = case.invoice.amount.currency
    return {
        "invoice": case.invoice,
        "days_late": line.days_late,
        "paid": Money(case.paid, currency),
        "credited": Money(case.credited, currency),
        "written_off": Money(case.written_off, currency),
        "disputed": Money(case.disputed, currency),
        "promised": line.promised,
        "costs": asked.lines,
        "costs_paid": asked.costs_paid,
        "costs_waived": asked.waived,
        "owed": asked.total,
    }

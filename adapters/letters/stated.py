"""Lists what a letter states of its invoices: a line and a statement each, and the totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from activities.ports.letter_data import InvoiceLine, LetterData
from domain.case.promised import held_back
from domain.charges.statement import Statement
from domain.money import Money, sums_together


def lines_of(data: LetterData) -> tuple[InvoiceLine, ...]:
    """List every invoice that a letter speaks of; one alone is a line, too."""
    if data.lines:
        return data.lines
    return (InvoiceLine(case=data.case, statement=statement_in(data), days_late=data.days_late),)


def alone(data: LetterData, line: InvoiceLine) -> LetterData:
    """Make the data of a letter about one invoice alone, from those of one about several."""
    return replace(
        data,
        case=line.case,
        step=line.step,
        statement=line.statement,
        days_late=line.days_late,
        lines=(),
        # Whether another invoice has its reference is known of the letter's own alone.
        reference_taken=True,
    )


def statement_in(data: LetterData) -> Statement:
    """Find what is asked for the letter's own invoice; the principal if nothing more is stated."""
    if data.statement:
        return data.statement
    currency = data.case.invoice.amount.currency
    held = held_back(data.case, datetime.combine(date.fromisoformat(data.today), time(12), UTC))
    return Statement(
        day=date.fromisoformat(data.today),
        principal=Money(data.case.undisputed - held, currency),
        lines=(),
        costs_paid=Money(0, currency),
        waived=Money(0, currency),
        promised=Money(held, currency) if held else None,
    )


def owed_in_all(stated: Statement) -> Money:
    """Add up what is owed today and what was promised for a later day."""
    return stated.total + stated.promised if stated.promised else stated.total


def totals_of(lines: Iterable[InvoiceLine]) -> tuple[Money, ...]:
    """Add up what is asked for, per currency."""
    return sums_together(line.statement.total for line in lines)


def later_sums(lines: Iterable[InvoiceLine]) -> tuple[Money, ...]:
    """Add up what was promised, agreed or invoiced for later days, per currency that has any."""
    found = (money for line in lines for money in _later(line.statement))
    return tuple(money for money in sums_together(found) if money.minor)


def _later(stated: Statement) -> Iterator[Money]:
    if stated.promised:
        yield stated.promised
    yield Money(sum(part.minor for part in stated.later), stated.principal.currency)

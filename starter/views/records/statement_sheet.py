"""Shows what settles a case on a day, for commands and gateway."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from activities.ports.types import CaseFile
from domain.case.model import Case
from domain.charges.statement import Statement
from domain.decision.state import case_state
from domain.money import Money


def statement_sheet(file: CaseFile, now: datetime, day: date | None) -> dict[str, Any]:
    """Show what settles a case on a day, today unless given; a past one from what had happened."""
    state = case_state(file, now)
    wanted = day or state.calendar.local_date(now)
    then = state.before(state.calendar.end_of(wanted))
    return _shape(then.case, then.statement_on(wanted))


def _shape(case: Case, found: Statement) -> dict[str, Any]:
    costs = [
        {"name": line.name, "amount": line.amount, "provisional": line.provisional}
        | {"ground": line.ground}
        for line in found.lines
    ]
    return {
        "case": case.invoice.case_id,
        "day": found.day,
        "currency": found.principal.currency,
        "principal": found.principal,
        "disputed": Money(case.disputed, found.principal.currency),
        "promised": found.promised,
        "due_later": _due_later(found),
        "costs": costs,
        "costs_paid": found.costs_paid,
        "waived": found.waived,
        "total": found.total,
        "accruing": found.accruing,
        "deferred": found.deferred,
        "interest_left_out": [
            {"from": gap.start, "to": gap.end, "half_year": gap.half_year} for gap in found.left_out
        ],
        "problem": found.problem or None,
    }


def _due_later(found: Statement) -> list[dict[str, Any]]:
    """Show the parts that are not due yet, each with what is left of it."""
    currency = found.principal.currency
    return [{"due": part.day, "amount": Money(part.minor, currency)} for part in found.later]

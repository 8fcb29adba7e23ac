"""The verb `case statement`: what settles a case on a day."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from adapters.runtime.machine import machine_clock
from domain.case.model import Case
from domain.charges.statement import Statement
from domain.decision.state import case_state
from domain.money import Money
from starter.application import open_application
from starter.cli import options as o
from starter.cli.output import show_one

_Day = Annotated[str, typer.Option("--on", help="The day, ISO, debtor time; today if not given.")]


def show_statement(
    case: o.CaseArgument,
    *,
    on: _Day = "",
    creditor: o.Creditor = o.CREDITOR,
    output: o.Output = o.OUTPUT,
) -> None:
    """Show what settles a case on a day: the principal, each cost with its ground, the total.

    A past day is computed from what had happened by its end.

    Example: amicable case statement 2026-0007 --creditor acme --on 2026-09-30
    """
    file = o.case_file_of(open_application(), case, creditor)
    state = case_state(file, machine_clock())
    day = o.day(on, "--on") or state.calendar.local_date(state.now)
    then = state.before(state.calendar.end_of(day))
    show_one(_shape(then.case, then.statement_on(day)), output)


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

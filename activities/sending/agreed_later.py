"""What is asked for of one of several invoices where a day was agreed for its money."""

from __future__ import annotations

from datetime import date

from domain.agreements.status import missing_up_to, running_plan, still_to_come
from domain.case.agreement_types import Plan
from domain.case.invoice import InvoicePart
from domain.case.promised import holds_whole
from domain.charges.statement import Statement
from domain.decision.state import CaseState
from domain.money import Money


def asked_beside_others(state: CaseState, day: date | None = None) -> Statement:
    """Leave out of a case's statement what was agreed for a later day: no letter asks for it.

    On the day itself it is asked for again. Costs wait with it, as they do in a letter. Whatever
    shows several invoices asks this: page, statement of account and letters say the same sum.
    """
    stated, case = state.statement_on(day) if day else state.statement, state.case
    promise, plan = case.running_promise, running_plan(case, state.now)
    if promise and promise.day > stated.day and holds_whole(case, promise):
        return only_asking(stated, 0, promised=stated.principal.minor)
    return _by_instalments(state, plan, stated) if plan and not promise else stated


def only_asking(
    stated: Statement, minor: int, *, promised: int = 0, later: tuple[InvoicePart, ...] = ()
) -> Statement:
    """Ask for so much of the principal and for no costs, whatever else is owed; minor units."""
    currency = stated.principal.currency
    return Statement(
        day=stated.day,
        principal=Money(minor, currency),
        lines=(),
        costs_paid=Money(0, currency),
        waived=Money(0, currency),
        promised=Money(promised, currency) if promised else None,
        later=later,
    )


def _by_instalments(state: CaseState, plan: Plan, stated: Statement) -> Statement:
    """Ask for the instalments whose day has come, and for no more than is open."""
    case = state.case
    come = sum(part.day <= stated.day for part in plan.parts) - 1
    missing = min(stated.principal.minor, missing_up_to(case, plan, come))
    return only_asking(stated, missing, later=still_to_come(case, plan, come))

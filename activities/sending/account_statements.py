"""Writes the monthly statement of account: which invoices stand in it, and when it is let go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from activities.cases.session import Session
from activities.ports.letter_data import InvoiceLine
from activities.sending.agreed_later import asked_beside_others
from domain.case.facts import Action
from domain.decision.answering.account_statements import (
    MOST_LINES,
    forbids_account_statement,
    is_account_statement,
    keeps_apart_until,
)
from domain.decision.bundling import JOINING
from domain.decision.state import CaseState


def is_statement_let_go(session: Session, action: Action | None) -> bool:
    """Tell whether a due statement is not written: another invoice of the customer forbids it.

    One is with the agency, paused, parked or held, or is about to be written about; or there are
    more than fit into a letter.
    """
    if action is None or not is_account_statement(action):
        return False
    facts, policy, cases = session.state.facts, session.file.policy, session.account.cases
    until = keeps_apart_until(action, facts, policy, session.now)
    if cases.planned(session.case_id, until, JOINING):
        return True
    ids = cases.open_invoices()
    if len(ids) > MOST_LINES:
        return True
    others = _open_ones(session, ids)
    held = any(one.file.parked or one.file.on_hold for one in others)
    return held or forbids_account_statement(one.case for one in others)


def lines_of_account(session: Session, today: date) -> tuple[InvoiceLine, ...]:
    """List every open invoice of the customer; none where the session's is the only one."""
    others = _open_ones(session, session.account.cases.open_invoices())
    states = [session.state, *(one.state for one in others if one.case_id != session.case_id)]
    return several_lines(states, today)


def several_lines(states: Iterable[CaseState], day: date) -> tuple[InvoiceLine, ...]:
    """Make the lines of an overview; none where there is one invoice alone."""
    lines = tuple(overview_lines(states, day))
    return lines if len(lines) > 1 else ()


def overview_lines(states: Iterable[CaseState], day: date) -> Iterator[InvoiceLine]:
    """Make one line for each invoice with something open, by due date and number."""
    still_open = [one for one in states if one.case.open > 0]
    for state in sorted(still_open, key=lambda one: (one.case.printed_due, one.invoice.number)):
        stated, late = asked_beside_others(state, day), (day - state.case.due).days
        yield InvoiceLine(case=state.case, statement=stated, days_late=late)


def _open_ones(session: Session, ids: tuple[str, ...]) -> list[Session]:
    """Look at the customer's other cases; nothing is decided for them."""
    account = session.account
    others = [case_id for case_id in ids if case_id != session.case_id]
    if not others:
        return []
    with account.together(others):
        return [Session(account, case_id, session.now) for case_id in others]

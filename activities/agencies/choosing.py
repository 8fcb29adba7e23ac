"""Finds the agency that a case goes to, and the one that has it."""

from __future__ import annotations

from activities.agencies.comparing import BEST_NET, quotes_for
from activities.cases.session import Session
from activities.ports.agencies.book import AgencyBook
from activities.ports.types import AGENCY, LAWYER
from domain.message_types import ActionType


def agency_for(session: Session, book: AgencyBook) -> str:
    """Find whom a handoff goes to: whom a person named, else the policy's choice.

    Answers ``agency`` for the installation's one, and ``best_net`` where the policy wants the
    best offer and nobody makes one. Tariffs alone are compared here, so that no account is held
    while somebody outside thinks.
    """
    named = session.case.agency_chosen or session.file.policy.plan_b.agency
    if named != BEST_NET:
        return named or AGENCY
    quotes = quotes_for(book, session.state, live=False)
    return quotes[0].agency if quotes and quotes[0].net is not None else BEST_NET


def lawyer_for(session: Session, book: AgencyBook) -> str:
    """Find who writes the demand letter: whom the policy names, else the creditor's lawyer.

    Answers ``lawyer`` where none is described: a person takes the file to one.
    """
    plan_b = session.file.policy.plan_b
    if plan_b.agency and plan_b.do is ActionType.LAWYER_LETTER:
        return plan_b.agency
    known = book.profiles(session.file.invoice.creditor)
    return next((one.id for one in known if one.kind == LAWYER), LAWYER)


def placed_with(session: Session) -> str:
    """Find who was given the case last; ``agency`` for the installation's one."""
    taken = session.case.last_deed(ActionType.HAND_OFF)
    if taken is None:
        return AGENCY
    placed = session.account.outbound.of_step(session.case_id, taken.step, taken.episode)
    return placed.recipient if placed and placed.recipient else AGENCY

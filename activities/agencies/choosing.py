"""Finds the agency that a case goes to, and the one that has it."""

from __future__ import annotations

from activities.agencies.comparing import BEST_NET, quotes_for
from activities.cases.session import Session
from activities.ports.agencies.book import AgencyBook
from activities.ports.types import AGENCY
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


def placed_with(session: Session) -> str:
    """Find who was given the case last; ``agency`` for the installation's one."""
    taken = session.case.last_deed(ActionType.HAND_OFF)
    if taken is None:
        return AGENCY
    placed = session.account.outbound.of_step(session.case_id, taken.step, taken.episode)
    return placed.recipient if placed and placed.recipient else AGENCY

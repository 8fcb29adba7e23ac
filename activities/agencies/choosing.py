"""Finds the agency that a case goes to, and the one that has it."""

from __future__ import annotations

from activities.agencies.comparing import BEST_NET, quotes_for
from activities.cases.session import Session
from activities.ports.agencies.book import AgencyBook
from activities.ports.types import AGENCY, LAWYER
from domain.decision.rules_plan_b import agreed_plan_b
from domain.message_types import ActionType


def agency_for(session: Session, book: AgencyBook, step: str = "") -> str:
    """Find whom a handoff goes to: whom an agreement or a person named, else the policy's choice.

    ``step`` is the handoff's: it tells whether it is the Plan B of an agreement.
    Answers ``agency`` for the installation's one, and ``best_net`` where the policy wants the
    best offer and nobody makes one. Tariffs alone are compared here, so that no account is held
    while somebody outside thinks.
    """
    agreed, plan_b = agreed_plan_b(session.case, step), session.file.policy.plan_b
    by_people = agreed.to if agreed else session.case.agency_chosen
    by_policy = "" if plan_b.do is ActionType.LAWYER_LETTER else plan_b.agency
    named = by_people or by_policy
    if named != BEST_NET:
        return named or AGENCY
    quotes = quotes_for(book, session.state, live=False)
    return quotes[0].agency if quotes and quotes[0].net is not None else BEST_NET


def lawyer_for(session: Session, book: AgencyBook, step: str = "") -> str:
    """Find who writes the demand letter: whom agreement or policy names, else the creditor's one.

    Answers ``lawyer`` where none is described: a person takes the file to one.
    """
    agreed, plan_b = agreed_plan_b(session.case, step), session.file.policy.plan_b
    if agreed and agreed.to:
        return agreed.to
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

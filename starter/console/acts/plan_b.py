"""The choices of who goes on if an agreement is not kept: those of the creditor, by name."""

from __future__ import annotations

from dataclasses import replace

from domain.errors import DomainError
from starter.console.acts.case_acts import PLAN_B_CHOICE, CaseAct
from starter.console.security.visit import Visit
from starter.console.shown.words import said


def plan_b_choices(visit: Visit) -> tuple[tuple[str, str], ...]:
    """List them; an agency's file that cannot be read names none."""
    try:
        known = visit.application.agencies.placing.agencies(visit.creditor)
    except DomainError:
        known = ()
    named = (
        (f"{one.kind}:{one.id}", f"{said(one.kind, visit.tongue)} {one.name}") for one in known
    )
    return (*PLAN_B_CHOICE.choices, *named)


def with_plans_b(act: CaseAct, choices: tuple[tuple[str, str], ...]) -> CaseAct:
    """Offer these in an act that makes an agreement."""
    filled = replace(PLAN_B_CHOICE, choices=choices)
    return replace(act, fields=tuple(filled if one is PLAN_B_CHOICE else one for one in act.fields))

"""What another policy would change for running invoices, before it does, and then doing it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.policies import PolicyScope
from activities.services.policies import (
    Move,
    NextStepChange,
    costs_summary,
    moves_summary,
    plan_b_summary,
)
from domain.parties.console import CHIEFS, ConsoleRole
from starter.console.acts.reading import GivenForm, text_of
from starter.console.pages.policies.choosing import ChosenPolicy, policy_of
from starter.console.security.visit import Visit, Visiting

LOOKED_AT = 500
"""Invoices of which every date is shown, and added up."""

POLICY_KEEPERS = frozenset({ConsoleRole.ADMIN})


def applying_pages() -> APIRouter:
    """Make the addresses by which a policy is looked at and applied."""
    router = APIRouter()
    router.add_api_route("/policies/look", look_before, methods=["POST"])
    router.add_api_route("/policies/apply", apply_by_form, methods=["POST"])
    return router


def look_before(form: GivenForm, visit: Visiting) -> HTMLResponse:
    """Show every date, Plan B and sum that would move; nothing is changed."""
    visit.needs(CHIEFS)
    chosen = policy_of(visit, form, "policy")
    return _look(visit, chosen, _wanted(visit, form, chosen))


def apply_by_form(form: GivenForm, visit: Visiting) -> Response:
    """Move running invoices to the policy, and choose it for new ones."""
    visit.needs(POLICY_KEEPERS)
    chosen = policy_of(visit, form, "policy")
    wanted = _wanted(visit, form, chosen)
    pages = visit.application.policies.move(wanted, lambda _: None)
    _wake(visit, next(pages, []))
    answer = visit.back_to(f"/policies/{wanted.sha}")
    answer.background = BackgroundTask(_move_on, visit, pages)
    return answer


def _wanted(visit: Visit, form: FormData, chosen: ChosenPolicy) -> Move:
    customer = text_of(form, "customer")
    if customer and not visit.application.customers.is_known(visit.creditor, customer):
        raise NotKnownError(Sought.CUSTOMER, "there is no such customer")
    scope = PolicyScope(
        creditor=visit.creditor, customer=customer, also_own=text_of(form, "own") == "yes"
    )
    return visit.application.policies.plan(scope, chosen.policy, visit.person.name)


def _look(visit: Visit, chosen: ChosenPolicy, wanted: Move) -> HTMLResponse:
    application = visit.application
    policies = application.policies
    found = list(islice(policies.differences(wanted), LOOKED_AT))
    changed = [one for one in found if one.changes]
    rows = {row.case_id: row for row in application.cases.rows([one.case for one in changed])}
    return visit.page(
        "policies/look.html",
        title=visit.gettext("What would change"),
        here="policies",
        chosen=chosen,
        wanted=wanted,
        found=found,
        changed=sorted(changed, key=_soonest),
        rows=rows,
        all_of_them=policies.movable(wanted),
        kept=policies.kept(wanted),
        costs=costs_summary(found),
        plan_b=plan_b_summary(found),
        ways=moves_summary(found),
        may_apply=visit.person.role in POLICY_KEEPERS,
    )


def _soonest(one: NextStepChange) -> str:
    """Those first whose next step comes first; one that waits for nothing last."""
    at = one.after.at or one.before.at
    return f"{at.isoformat() if at else '~'} {one.case}"


def _move_on(visit: Visit, pages: Iterator[list[str]]) -> None:
    """Move the others after the answer: many take a while; doing it again ends what broke off."""
    for page in pages:
        _wake(visit, page)
    visit.services.worklist.refresh(visit.creditor)


def _wake(visit: Visit, page: list[str]) -> None:
    for case_id in page:
        visit.wake(visit.application.desk.look(case_id))

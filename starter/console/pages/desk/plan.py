"""The calculator of plans: every day and sum before anybody agrees; what was shown is recorded."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from activities.ports.stores.errors import NotKnownError, Sought
from domain.decision.state import CaseState, case_state
from domain.errors import DomainError
from domain.intake.plan_calculator import PlanCalculation, PlanWish, calculate_plan
from domain.message_types import MessageType
from domain.parties.console import COLLECTING
from starter.console.acts.acting import case_of, new_key
from starter.console.acts.plan_b import plan_b_choices
from starter.console.acts.reading import GivenForm, plain_amount, text_of
from starter.console.security.visit import Visit, Visiting
from starter.console.shown.addresses import case_address
from starter.console.shown.tongue import noted

CALCULATOR_FIELDS = ("count", "every", "first", "amount", "round_to", "plan_b")
_CHANGED = noted("Something has changed meanwhile: look at it once more.")
RECORDED_AS = {"propose": MessageType.PLAN_PROPOSED, "agree": MessageType.PLAN_AGREED}


def plan_pages() -> APIRouter:
    """Make the addresses of the calculator."""
    router = APIRouter()
    router.add_api_route("/plans/{number:path}", calculator_page, methods=["GET"])
    router.add_api_route("/plan", record_plan, methods=["POST"])
    return router


def calculator_page(number: str, visit: Visiting) -> HTMLResponse:
    """Show a plan as it would be recorded; nothing is recorded by looking."""
    asked = {name: visit.request.query_params.get(name, "")[:100] for name in CALCULATOR_FIELDS}
    return _page(visit, number, asked)


def record_plan(form: GivenForm, visit: Visiting) -> Response:
    """Record the plan that was shown; if another one comes of it now, that one is shown first."""
    visit.needs(COLLECTING)
    number, kind = text_of(form, "number"), RECORDED_AS.get(text_of(form, "kind"))
    asked = {name: text_of(form, name)[:100] for name in CALCULATOR_FIELDS}
    state = _state(visit, number)
    found = calculate_plan(state, _wish(asked))
    if kind is None or seen_as(found) != text_of(form, "seen"):
        return _page(visit, number, asked, _CHANGED)
    key = text_of(form, "id")[:100] or new_key()
    body: dict[str, Any] = {"id": key, "by": visit.person.name, "instalments": found.instalments}
    if asked["plan_b"]:
        body["plan_b"] = asked["plan_b"]
    answer, woken = visit.application.desk.say(state.invoice.case_id, kind, body)
    visit.wake(woken)
    visit.services.worklist.refresh_customer(visit.creditor, state.invoice.customer)
    if not answer.accepted and not found.approval:
        return _page(visit, number, asked, answer.text)
    return visit.back_to(case_address(number, told=key))


def seen_as(found: PlanCalculation) -> str:
    """Write the parts in one line, to know whether the plan is still the one that was shown."""
    return " ".join(f"{part.day}={part.amount.plain}" for part in found.parts)


def _state(visit: Visit, number: str) -> CaseState:
    file = visit.application.cases.file(case_of(visit, number).case_id)
    if file is None:
        raise NotKnownError(Sought.CASE, "there is no such invoice")
    return case_state(file, visit.now)


def _wish(asked: dict[str, str]) -> PlanWish:
    return PlanWish(
        count=asked["count"],
        every=asked["every"] or "month",
        first=asked["first"],
        amount=plain_amount(asked["amount"]),
        round_to=plain_amount(asked["round_to"]),
        plan_b=asked["plan_b"],
    )


def _page(visit: Visit, number: str, asked: dict[str, str], problem: str = "") -> HTMLResponse:
    state = _state(visit, number)
    found = _calculated(state, asked) if asked["first"] else None
    return visit.page(
        "plan.html",
        422 if problem else 200,
        title=visit.gettext("A plan for invoice %(number)s") % {"number": number},
        here="",
        number=number,
        customer=state.invoice.customer,
        open=state.case.open_money,
        found=found,
        seen=seen_as(found) if found else "",
        asked=asked,
        plans_b=plan_b_choices(visit),
        problem=problem,
        key=new_key(),
    )


def _calculated(state: CaseState, asked: dict[str, str]) -> PlanCalculation:
    try:
        return calculate_plan(state, _wish(asked))
    except DomainError as reason:
        return PlanCalculation(
            open=state.case.open_money,
            costs_now=state.statement.costs,
            left_after=state.statement.costs,
            refused=str(reason),
        )

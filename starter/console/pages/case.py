"""The case's page: what is owed, the ladder with its dates, what was agreed, and all acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from activities.ports.stores.cases import CaseRow
from activities.ports.stores.errors import NotKnownError, Sought
from adapters.temporal.client import namespace_of
from domain.agreements.text import what_follows
from domain.calls.meaning import MEANS_PROMISE
from domain.case.model import Case
from domain.contact.letter_changes import KeptChange
from domain.decision.deeds import stage_of
from domain.ids import CaseId
from domain.message_types import MessageStatus, Stage
from domain.money import Money
from domain.wire import Answer
from starter.application import Application
from starter.console.acts.acting import carry_out, case_of, new_key
from starter.console.acts.case_acts import CASE_ACTS, Needs, acts_for
from starter.console.acts.named import Choices, named_in_forms
from starter.console.acts.plan_b import plan_b_choices, with_plans_b
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visit, Visiting
from starter.console.shown.addresses import case_address
from starter.console.shown.saving import to_be_saved
from starter.views.case_sheet import case_sheet
from starter.views.looking import View, look_at_case

STEPS_AHEAD = 8
"""Steps to come that are shown."""

Given = Annotated[str, Query(max_length=200)]


def case_pages() -> APIRouter:
    """Make the addresses of cases, and of what is said to them."""
    router = APIRouter()
    router.add_api_route("/cases/{number:path}", case_page, methods=["GET"])
    router.add_api_route("/acts/{name}", act_on_case, methods=["POST"])
    router.add_api_route("/approve", approve_act, methods=["POST"])
    router.add_api_route("/evidence/{sha256}", give_evidence, methods=["GET"])
    return router


def case_page(number: str, visit: Visiting, told: Given = "", act: Given = "") -> HTMLResponse:
    """Show a case; ``told`` is the id of what was just said, ``act`` a form to fill in."""
    row = case_of(visit, number)
    view = _view(visit, row)
    asked = visit.request.query_params if act in CASE_ACTS else {}
    given = {name: value[:400] for name, value in asked.items() if name not in ("told", "act")}
    return _show(visit, view, _Came(answer=_what_came(view, told), opened=act, given=given))


def act_on_case(name: str, form: GivenForm, visit: Visiting) -> Response:
    """Say something to a case, and show what came of it: the check and the Plan B."""
    act = CASE_ACTS.get(name)
    if act is None:
        raise HTTPException(404)
    number = text_of(form, "number")
    row = case_of(visit, number)
    done = carry_out(visit, act, row, form)
    if done.answer.accepted:
        return visit.back_to(case_address(number, told=done.key))
    came = _Came(answer=done.answer, opened=act.name, given=done.given)
    return _show(visit, _view(visit, row), came)


def approve_act(form: GivenForm, visit: Visiting) -> Response:
    """Approve what waits for a supervisor: whoever is signed in, and nobody else, approves it."""
    visit.needs(CASE_ACTS["handoff"].roles)
    number, ref = text_of(form, "number"), text_of(form, "ref")
    row = case_of(visit, number)
    answer, woken = visit.application.desk.approve(row.case_id, ref, visit.person.name)
    visit.wake(woken)
    if not answer.accepted:
        return _show(visit, _view(visit, row), _Came(answer=answer))
    return visit.back_to(case_address(number, told=ref))


def give_evidence(sha256: str, visit: Visiting, number: Given = "") -> Response:
    """Give out a file that is kept with a case, to be saved and never to be run."""
    row = case_of(visit, number)
    evidence = visit.application.evidence
    kept = next((one for one in evidence.list(row.case_id) if one.sha256 == sha256), None)
    body = evidence.content(row.case_id, kept) if kept else b""
    if kept is None or not body:
        raise NotKnownError(Sought.FILE, "no such file is kept")
    return to_be_saved(kept.name, body)


def _view(visit: Visit, row: CaseRow) -> View:
    file = visit.application.cases.file(row.case_id)
    if file is None:
        raise NotKnownError(Sought.CASE, "there is no such invoice")
    return look_at_case(file, visit.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Came:
    """What came of an act, and the form that is open: as it was filled in, where it was refused."""

    answer: Answer | None
    opened: str = ""
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The status of the page."""
        return 422 if self.answer and not self.answer.accepted else 200


def _show(visit: Visit, view: View, came: _Came) -> HTMLResponse:
    application, case = visit.application, view.case
    case_id = case.invoice.case_id
    ahead = application.previews.ahead(view.file, view.now, STEPS_AHEAD) if not case.outcome else []
    return visit.page(
        "case.html",
        came.status,
        title=visit.gettext("Invoice %(number)s") % {"number": case.invoice.number},
        here="",
        view=view,
        sheet=case_sheet(application, view),
        number=case.invoice.number,
        numbers=[case.invoice.number],
        customer=view.file.debtor.id,
        ahead=ahead,
        change=_waiting_change(application, view),
        gone={key for back in case.taken_back for key in back.keys},
        plans=plans_shown(case),
        evidence=application.evidence.list(case_id),
        tasks=application.cases.contacts(case_id).tasks,
        answer=came.answer,
        opened=came.opened,
        given=came.given,
        temporal=_temporal_page(visit, case_id),
        **_forms(visit, view),
    )


def _waiting_change(application: Application, view: View) -> KeptChange | None:
    """What somebody changed of the letter that leaves next, whether or not it still counts."""
    invoice = view.case.invoice
    changes = application.letter_desk.looking.changes
    return changes.waiting(invoice.creditor, invoice.customer, invoice.case_id)


def _forms(visit: Visit, view: View) -> dict[str, Any]:
    """The acts of this person, by their groups, and what may be named in them."""
    refs = named_in_forms(view, visit.zone, visit.tongue)
    there, plans_b = _what_there_is(view, refs), plan_b_choices(visit)
    acts = [with_plans_b(act, plans_b) for act in acts_for(visit.person.role, there)]
    groups = list(dict.fromkeys(act.group for act in acts))
    grouped = [(name, [one for one in acts if one.group == name]) for name in groups]
    return {"groups": grouped, "refs": refs, "key": new_key()}


def _what_there_is(view: View, refs: Mapping[str, Choices]) -> frozenset[Needs]:
    case, stage = view.case, stage_of(view.case, view.state.calendar, view.now)
    there = {
        Needs.NOTHING: True,
        Needs.NOTHING_ENDED: not case.outcome,
        Needs.A_PLAN: bool(case.plans),
        Needs.AN_AGREEMENT: bool(case.plans or case.promises or case.settlements),
        Needs.A_DISPUTE: any(one.settled_at is None for one in case.disputes),
        Needs.A_PAUSE: case.paused or view.file.parked,
        Needs.A_WRITE_OFF: bool(case.written_off),
        Needs.THE_AGENCY: stage is Stage.WITH_AGENCY,
        Needs.A_SLIP: bool(refs["undo"]),
        Needs.A_STEP: bool(refs["skip"]),
        Needs.A_LETTER: bool(refs["send-now"]),
    }
    return frozenset(one for one, is_there in there.items() if is_there)


def _what_came(view: View, key: str) -> Answer | None:
    """What became of a message that was recorded: told from the ledger, whoever opens the page."""
    recorded = next((one for one in view.file.recorded if one.message.key == key), None)
    if recorded is None:
        return None
    case = view.case
    agreements: tuple[Any, ...] = (*case.promises, *case.plans, *case.settlements)
    agreed = next((one for one in agreements if one.key in (key, f"{key}/{MEANS_PROMISE}")), None)
    return Answer(
        accepted=recorded.status is not MessageStatus.REFUSED,
        text=recorded.answer,
        check_at=agreed.plan_b.check_at if agreed else None,
        plan_b=what_follows(case, agreed) if agreed else "",
    )


def plans_shown(case: Case) -> list[tuple[Any, list[tuple[Any, Money]]]]:
    """Show each plan with its parts as money."""
    currency = case.invoice.amount.currency
    return [
        (plan, [(part.day, Money(part.minor, currency)) for part in plan.parts])
        for plan in case.plans
    ]


def _temporal_page(visit: Visit, case_id: str) -> str:
    """The workflow's page in Temporal's own UI; empty where none is known."""
    base = visit.application.settings.temporal_ui.rstrip("/")
    name = str(CaseId.parse(case_id)).replace("/", "%2F")
    space = namespace_of(visit.application.settings.home)
    return f"{base}/namespaces/{space}/workflows/{name}" if base else ""

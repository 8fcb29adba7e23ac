"""Agencies: what each would take, which has which case, what it says, and its money."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, RedirectResponse

from activities.cases.waking import ToWake
from activities.ports.agencies.store import Placed
from activities.ports.stores.cases import CaseRow
from activities.ports.stores.errors import NotKnownError, Sought
from activities.services.agencies.money import MoneySaid
from activities.services.agencies.progress import THEIRS
from domain.agencies.progress import NEWS_MEANS, WhoActs
from domain.errors import DomainError, RefusedError
from domain.message_types import MessageType
from domain.parties.console import CHIEFS, COLLECTING
from domain.wire import Answer
from starter.console.acts.acting import case_of, new_key
from starter.console.acts.reading import GivenForm, day_of, plain_amount, text_of
from starter.console.security.visit import Visit, Visiting
from starter.views.agency_lines import (
    agency_sheet,
    agency_words,
    choice_line,
    quote_line,
    report_line,
)
from starter.views.looking import View, look_at_case

_A_PAGE = 50


def agency_pages() -> APIRouter:
    """Make the addresses of agencies, and of what is decided and recorded about them."""
    router = APIRouter()
    router.add_api_route("/agencies", agencies_page, methods=["GET"])
    router.add_api_route("/agencies/case/{number:path}", agency_case_page, methods=["GET"])
    router.add_api_route("/agencies/place", place_by_form, methods=["POST"])
    router.add_api_route("/agencies/decide", decide_by_form, methods=["POST"])
    router.add_api_route("/agencies/tell", tell_by_form, methods=["POST"])
    router.add_api_route("/agencies/news", news_by_form, methods=["POST"])
    router.add_api_route("/agencies/money", money_by_form, methods=["POST"])
    return router


def agencies_page(
    visit: Visiting,
    of: Annotated[str, Query(max_length=40)] = "",
    after: Annotated[str, Query(max_length=400)] = "",
) -> HTMLResponse:
    """List the placed cases: where each stands, who must act next, and its money."""
    services = visit.application.agencies
    known, wrong = _described(visit)
    found = services.progress.cases(visit.creditor, of, after, _A_PAGE + 1)
    rows = [_row(visit, one) for one in found[:_A_PAGE]]
    return visit.page(
        "agencies/list.html",
        title=visit.gettext("Agencies"),
        here="agencies",
        of=of,
        agencies=known,
        wrong=wrong,
        rows=sorted(rows, key=lambda row: row["acts_next"] != WhoActs.WE),
        next=found[_A_PAGE - 1].case if len(found) > _A_PAGE else "",
    )


def agency_case_page(number: str, visit: Visiting) -> HTMLResponse:
    """Show a case as far as agencies go: quotes, words both ways, and money."""
    row = case_of(visit, number)
    view = _view(visit, row)
    return _show(visit, view)


def place_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Decide that an agency takes over; the quotes and the choice are kept as evidence."""
    visit.needs(CHIEFS)
    row = case_of(visit, text_of(form, "number"))
    answer, woken = visit.application.agencies.placing.place(
        _view(visit, row).file,
        text_of(form, "agency"),
        by=visit.person.name,
        note=text_of(form, "note"),
        key=_key(form),
    )
    return _back(visit, row, answer, woken)


def decide_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Decide what becomes of a case that its agency gave back, by one button."""
    visit.needs(CHIEFS)
    row = case_of(visit, text_of(form, "number"))
    answer, woken = visit.application.agencies.returned.decide(
        _view(visit, row).file,
        text_of(form, "choice"),
        by=visit.person.name,
        note=text_of(form, "note"),
        key=_key(form),
    )
    return _back(visit, row, answer, woken)


def tell_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Write to the agency that has a case."""
    visit.needs(COLLECTING)
    row = case_of(visit, text_of(form, "number"))
    progress, said = visit.application.agencies.progress, text_of(form, "note")
    answer, woken = progress.tell(row.case_id, said, by=visit.person.name, key=_key(form))
    return _back(visit, row, answer, woken)


def news_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Record what an agency reports by phone or in a mail."""
    visit.needs(COLLECTING)
    row = case_of(visit, text_of(form, "number"))
    state = text_of(form, "state")
    if state not in THEIRS:
        raise DomainError("choose what the agency reports", field="state")
    told = {"id": _key(form), "reason": state, "by": visit.person.name}
    note = {"note": text_of(form, "note")} if text_of(form, "note") else {}
    answer, woken = visit.application.desk.say(
        row.case_id, MessageType.AGENCY_NEWS, {**told, **note}
    )
    return _back(visit, row, answer, woken)


def money_by_form(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Record what an agency collected, keeps and paid out."""
    visit.needs(COLLECTING)
    row = case_of(visit, text_of(form, "number"))
    file, day = _view(visit, row).file, day_of(form, "date")
    placed = visit.application.agencies.progress.placements(row.case_id)
    if not placed:
        raise DomainError("no agency was ever given this case", field="number")
    said = MoneySaid(
        id=text_of(form, "report")[:100] or _key(form),
        collected=plain_amount(text_of(form, "collected")),
        fee=plain_amount(text_of(form, "fee")),
        paid_out=plain_amount(text_of(form, "paid_out")),
        at=datetime.combine(day, time(), UTC) if day else None,
    )
    services, agency = visit.application.agencies, text_of(form, "agency") or placed[-1].agency
    services.progress.had_case(row.case_id, agency)
    _, woken = services.money.record(file, agency, said, visit.person.name)
    for one in woken:
        visit.wake(one)
    return visit.back_to(agency_address(row.number))


def agency_address(number: str) -> str:
    """Make the address of a case's page about its agency."""
    return f"/agencies/case/{quote(number, safe='')}"


def _back(visit: Visit, row: CaseRow, answer: Answer, woken: ToWake) -> RedirectResponse:
    visit.wake(woken)
    if not answer.accepted:
        raise RefusedError(answer.text)
    visit.services.worklist.refresh_customer(visit.creditor, row.customer)
    return visit.back_to(agency_address(row.number))


def _key(form: GivenForm) -> str:
    return text_of(form, "id")[:100] or new_key()


def _view(visit: Visit, row: CaseRow) -> View:
    file = visit.application.cases.file(row.case_id)
    if file is None:
        raise NotKnownError(Sought.CASE, "there is no such invoice")
    return look_at_case(file, visit.now)


def _described(visit: Visit) -> tuple[tuple[Any, ...], str]:
    """The agencies of the creditor; where a file cannot be read, which and why."""
    try:
        return visit.application.agencies.placing.agencies(visit.creditor), ""
    except DomainError as error:
        return (), str(error)


def _choices(visit: Visit, view: View) -> list[dict[str, Any]]:
    """What may become of a case that came back; empty where nothing waits for a decision."""
    try:
        return [choice_line(one) for one in visit.application.agencies.returned.choices(view.file)]
    except DomainError:
        return []


def _row(visit: Visit, placed: Placed) -> dict[str, Any]:
    file = visit.application.cases.file(placed.case)
    if file is None:
        raise NotKnownError(Sought.CASE, "there is no such invoice")
    view = look_at_case(file, visit.now)
    shown = {
        "number": view.case.invoice.number,
        "name": file.debtor.name or file.debtor.id,
        "open": view.case.open_money,
        "address": agency_address(view.case.invoice.number),
    }
    return shown | (agency_sheet(visit.application, view) or {})


def _show(visit: Visit, view: View) -> HTMLResponse:
    services, case_id = visit.application.agencies, view.case.invoice.case_id
    known, wrong = _described(visit)
    asks = bool(known) and not view.case.with_agency and not view.case.outcome
    quotes = services.placing.quotes(view.file) if asks else ()
    return visit.page(
        "agencies/case.html",
        title=visit.gettext("Agency, invoice %(number)s") % {"number": view.case.invoice.number},
        here="agencies",
        view=view,
        number=view.case.invoice.number,
        customer=view.file.debtor.id,
        sheet=agency_sheet(visit.application, view),
        quotes=[quote_line(one) for one in quotes],
        choices=_choices(visit, view),
        wrong=wrong,
        words=agency_words(view),
        reports=[report_line(one) for one in services.money.reports(case_id)],
        had_it=list(dict.fromkeys(one.agency for one in services.progress.placements(case_id))),
        states=[(word.value, NEWS_MEANS[word]) for word in THEIRS],
        key=new_key(),
    )

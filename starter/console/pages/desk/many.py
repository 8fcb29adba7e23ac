"""Acts on many customers at once: looked at before, at most 500, each line with its answer."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from activities.services.many.orders import MOST_AT_ONCE, BulkAct, BulkLine, BulkOrder
from domain.errors import DomainError
from domain.parties.console import COLLECTING
from domain.policy.model import CLASSES
from starter.console.acts.acting import new_key
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visit, Visiting
from starter.many import bulk_of


def bulk_pages() -> APIRouter:
    """Make the addresses of acts on many."""
    router = APIRouter()
    router.add_api_route("/many", choose_act, methods=["POST"])
    router.add_api_route("/many/look", look_at_many, methods=["POST"])
    router.add_api_route("/many/do", do_to_many, methods=["POST"])
    return router


def choose_act(form: GivenForm, visit: Visiting) -> HTMLResponse:
    """Ask what is to be done with those that were chosen."""
    visit.needs(COLLECTING)
    return _page(visit, form, ())


def look_at_many(form: GivenForm, visit: Visiting) -> HTMLResponse:
    """Show what would come of it, line by line; nothing is changed."""
    visit.needs(COLLECTING)
    order = _order(form, visit)
    return _page(visit, form, bulk_of(visit.application).look(order), looked=True)


def do_to_many(form: GivenForm, visit: Visiting) -> HTMLResponse:
    """Do it, and show each line's own answer; sent twice it counts once."""
    visit.needs(COLLECTING)
    lines, woken = bulk_of(visit.application).carry_out(_order(form, visit))
    for one in woken:
        visit.wake(one)
    return _page(visit, form, lines, done=True)


def _order(form: FormData, visit: Visit) -> BulkOrder:
    act = text_of(form, "act")
    if act not in list(BulkAct):
        raise DomainError("choose what is done", field="act")
    return BulkOrder(
        id=text_of(form, "id")[:100] or new_key(),
        creditor=visit.creditor,
        act=BulkAct(act),
        customers=_all(form, "customer"),
        numbers=_all(form, "number"),
        value=text_of(form, "value"),
        reason=text_of(form, "reason"),
        by=visit.person.name,
        zone=visit.zone.key,
    )


def _all(form: FormData, name: str) -> tuple[str, ...]:
    return tuple(one for one in form.getlist(name) if isinstance(one, str) and one)


def _page(
    visit: Visit,
    form: FormData,
    lines: Iterable[BulkLine],
    *,
    looked: bool = False,
    done: bool = False,
) -> HTMLResponse:
    shown = tuple(lines)
    return visit.page(
        "many.html",
        title=visit.gettext("Many at once"),
        here="",
        act=text_of(form, "act"),
        acts=list(BulkAct),
        customers=_all(form, "customer"),
        numbers=_all(form, "number"),
        value=text_of(form, "value"),
        reason=text_of(form, "reason"),
        lines=shown,
        fine=sum(one.ok for one in shown),
        looked=looked,
        done=done,
        most=MOST_AT_ONCE,
        team=[one.name for one in visit.application.team.list(visit.creditor)],
        classes=CLASSES,
        key=text_of(form, "id")[:100] or new_key(),
    )

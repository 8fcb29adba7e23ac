"""Operation: the switch that stops everything, what is about to leave, and who may come in."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from activities.ports.stores.holds import EVERYONE
from domain.errors import DomainError
from domain.parties.console import CHIEFS, ConsoleRole
from domain.parties.team import Role
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visit, Visiting
from starter.console.server_address import invitation_link

ADMINS = frozenset({ConsoleRole.ADMIN})


def operation_pages() -> APIRouter:
    """Make the addresses of the operation."""
    router = APIRouter()
    router.add_api_route("/operation", operation_page, methods=["GET"])
    for path, act in (
        ("hold", stop_everything),
        ("release", release_by_form),
        ("team", change_team),
        ("invite", invite_by_form),
        ("remove", remove_by_form),
        ("done", finish_by_operator),
    ):
        router.add_api_route(f"/operation/{path}", act, methods=["POST"])
    return router


def operation_page(visit: Visiting) -> HTMLResponse:
    """Show what is stopped, what leaves within a day, what is parked, and the people."""
    return _shown(visit)


def stop_everything(visit: Visiting) -> Response:
    """Stop whatever would go out for this creditor, at once."""
    visit.needs(CHIEFS)
    visit.application.holds.stop(visit.creditor, visit.person.name)
    return visit.back_to("/operation")


def release_by_form(form: GivenForm, visit: Visiting) -> Response:
    """Let messages go again; on a live installation only after a look at what leaves."""
    visit.needs(CHIEFS)
    holds, name = visit.application.holds, visit.person.name
    if visit.application.settings.live:
        if text_of(form, "seen") != "yes":
            raise DomainError("look first at what leaves within a day, and say that you have")
        holds.agree_to_live(name)
    for case_id in holds.release(visit.creditor, name) or ():
        visit.wake(visit.application.desk.look(case_id))
    return visit.back_to("/operation")


def change_team(form: GivenForm, visit: Visiting) -> Response:
    """Add a colleague, or note that one is away or back; open tasks go to others."""
    visit.needs(CHIEFS)
    team, name, what = visit.application.team, text_of(form, "name"), text_of(form, "what")
    if what == "away":
        team.away(visit.creditor, name)
    elif what == "back":
        team.back(visit.creditor, name)
    else:
        role = text_of(form, "role")
        team.add(visit.creditor, name, Role(role) if role in list(Role) else Role.COLLECTOR)
    return visit.back_to("/operation")


def invite_by_form(form: GivenForm, visit: Visiting) -> Response:
    """Invite a person; the link is shown this once."""
    visit.needs(ADMINS)
    role, name = text_of(form, "role"), text_of(form, "name")
    if role not in list(ConsoleRole):
        raise DomainError("choose a role", field="role")
    secret = visit.services.access.invite(
        visit.creditor, name, ConsoleRole(role), by=visit.person.name, zone=visit.person.zone
    )
    return _shown(visit, link=invitation_link(visit.application.settings, secret), invited=name)


def remove_by_form(form: GivenForm, visit: Visiting) -> Response:
    """Take a person's access away; nobody locks themselves out."""
    visit.needs(ADMINS)
    name = text_of(form, "name")
    if name == visit.person.name:
        raise DomainError("ask another admin to take your own access away", field="name")
    visit.services.access.remove(visit.creditor, name)
    return visit.back_to("/operation")


def finish_by_operator(form: GivenForm, visit: Visiting) -> Response:
    """Tick off a question about what serves all creditors, with what came of it."""
    visit.needs(CHIEFS)
    tasks, note = visit.application.tasks, text_of(form, "note")
    tasks.finish_of_the_installation(text_of(form, "key"), visit.person.name, note)
    return visit.back_to("/operation")


def _shown(visit: Visit, link: str = "", invited: str = "") -> HTMLResponse:
    standing, application = visit.services.standing, visit.application
    held = {one.scope for one in application.holds.list()}
    return visit.page(
        "operation.html",
        title=visit.gettext("Operation"),
        here="operation",
        is_held=visit.creditor in held,
        all_held=EVERYONE in held,
        live=application.settings.live,
        leaving=standing.leaving(visit.creditor),
        parked=standing.parked(visit.creditor),
        team=application.team.list(visit.creditor),
        people=visit.services.access.people(visit.creditor),
        roles=list(ConsoleRole),
        soon=visit.services.running.leaving(visit.creditor),
        stuck=visit.services.running.stuck(visit.creditor),
        failing=visit.services.running.failing_parts(),
        silent=visit.services.running.silent_providers(),
        questions=application.tasks.of_the_installation() if visit.is_chief else (),
        is_admin=visit.person.role in ADMINS,
        link=link,
        invited=invited,
    )

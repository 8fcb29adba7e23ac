"""Programs: the keys of those that ask, and the addresses of those that are told."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from activities.ports.events import EVENT_TYPES
from activities.ports.stores.errors import NotKnownError, Sought
from domain.errors import DomainError
from domain.parties.console import ConsoleRole
from domain.parties.keys import KeyRole
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visit, Visiting

KEY_KEEPERS = frozenset({ConsoleRole.ADMIN})
_HERE = "/operation/programs"


def program_pages() -> APIRouter:
    """Make the addresses of keys and webhooks."""
    router = APIRouter()
    router.add_api_route(_HERE, programs_page, methods=["GET"])
    for path, act in (
        ("key", make_key_by_form),
        ("key/revoke", revoke_by_form),
        ("webhook", add_webhook),
        ("webhook/remove", remove_webhook),
        ("webhook/try", try_webhook),
        ("webhook/retry", retry_webhook),
        ("webhook/secret", show_secret),
    ):
        router.add_api_route(f"{_HERE}/{path}", act, methods=["POST"])
    return router


def programs_page(visit: Visiting) -> HTMLResponse:
    """Show the keys and the webhooks of one's own creditor."""
    return _shown(visit)


def make_key_by_form(form: GivenForm, visit: Visiting) -> HTMLResponse:
    """Make a key; it is shown this once."""
    visit.needs(KEY_KEEPERS)
    role = text_of(form, "role")
    if role not in list(KeyRole):
        raise DomainError("choose what the program may do", field="role")
    made, secret = visit.application.keys.make(
        visit.creditor, KeyRole(role), text_of(form, "label")[:100]
    )
    return _shown(visit, secret=secret, told=visit.gettext("The key %(id)s") % {"id": made.id})


def revoke_by_form(form: GivenForm, visit: Visiting) -> Response:
    """Let a key of one's own creditor open nothing from now on."""
    visit.needs(KEY_KEEPERS)
    wanted, keys = text_of(form, "id"), visit.application.keys
    if wanted not in {one.id for one in keys.list(visit.creditor)}:
        raise NotKnownError(Sought.KEY, "there is no such key")
    keys.revoke(wanted)
    return visit.back_to(_HERE)


def add_webhook(form: GivenForm, visit: Visiting) -> Response:
    """Tell another system what happens from now on; again, to change it."""
    visit.needs(KEY_KEEPERS)
    kinds = [kind for kind in form.getlist("kind") if isinstance(kind, str)]
    name, url = text_of(form, "name"), text_of(form, "url")
    visit.application.webhooks.add(visit.creditor, name, url, kinds)
    return visit.back_to(_HERE)


def remove_webhook(form: GivenForm, visit: Visiting) -> Response:
    """Tell an endpoint nothing more, and forget what waited for it."""
    visit.needs(KEY_KEEPERS)
    visit.application.webhooks.remove(visit.creditor, text_of(form, "name"))
    return visit.back_to(_HERE)


def try_webhook(form: GivenForm, visit: Visiting) -> HTMLResponse:
    """Post one signed event now, and show what was answered."""
    visit.needs(KEY_KEEPERS)
    name = text_of(form, "name")
    reply = visit.application.webhooks.try_out(visit.creditor, name)
    words = (
        visit.gettext("%(name)s took the event")
        if reply.taken
        else visit.gettext("%(name)s did not take it: %(why)s")
    )
    return _shown(visit, told=words % {"name": name, "why": reply.detail}, is_well=reply.taken)


def retry_webhook(form: GivenForm, visit: Visiting) -> HTMLResponse:
    """Try at once what an endpoint did not take, also what was given up."""
    visit.needs(KEY_KEEPERS)
    name = text_of(form, "name")
    queued = visit.application.webhooks.retry(visit.creditor, name, None)
    words = visit.tongue.ngettext(
        "%(n)d event goes to %(name)s again", "%(n)d events go to %(name)s again", queued
    )
    return _shown(visit, told=words % {"n": queued, "name": name})


def show_secret(visit: Visiting) -> HTMLResponse:
    """Show the secret with which endpoints check our signatures."""
    visit.needs(KEY_KEEPERS)
    secret = visit.application.webhooks.secret(visit.creditor)
    return _shown(visit, secret=secret, told=visit.gettext("The secret of your endpoints"))


def _shown(visit: Visit, **came: Any) -> HTMLResponse:
    application = visit.application
    values: dict[str, Any] = {"secret": "", "told": "", "is_well": True} | came
    return visit.page(
        "operating/programs.html",
        title=visit.gettext("Programs"),
        here="operation",
        keys=application.keys.list(visit.creditor),
        key_roles=list(KeyRole),
        webhooks=application.webhooks.list(visit.creditor),
        kinds=EVENT_TYPES,
        may_change=visit.person.role in KEY_KEEPERS,
        **values,
    )

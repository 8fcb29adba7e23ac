"""Views of the worklist and of the search under names of one's own."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse

from activities.ports.stores.console.views import SavedView
from activities.ports.stores.console.worklist import WorklistOrder, WorklistView
from domain.errors import DomainError
from domain.parties.console import NOTING
from starter.console.acts.reading import GivenForm, text_of
from starter.console.security.visit import Visiting
from starter.console.shown.addresses import view_address


def saved_view_pages() -> APIRouter:
    """Make the addresses that keep and forget views."""
    router = APIRouter()
    router.add_api_route("/view-keep", keep_view, methods=["POST"])
    router.add_api_route("/view-forget", forget_view, methods=["POST"])
    return router


def keep_view(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Keep what is looked at under a name, and show it."""
    visit.needs(NOTING)
    view, order = text_of(form, "view"), text_of(form, "order")
    sought = text_of(form, "sought")
    if not sought and (view not in list(WorklistView) or order not in list(WorklistOrder)):
        raise DomainError("this is no view of the list", field="view")
    kept = SavedView(
        label=text_of(form, "label"),
        view="" if sought else view,
        order="" if sought else order,
        sought=sought,
    )
    visit.services.views.keep(visit.creditor, visit.person.name, kept)
    return visit.back_to(view_address(kept))


def forget_view(form: GivenForm, visit: Visiting) -> RedirectResponse:
    """Forget a view of one's own."""
    visit.needs(NOTING)
    visit.services.views.forget(visit.creditor, visit.person.name, text_of(form, "label"))
    return visit.back_to("/")

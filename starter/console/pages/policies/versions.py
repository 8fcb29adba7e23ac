"""The policies that invoices follow, each with its ladder drawn."""

from __future__ import annotations

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import HTMLResponse

from domain.policy.model import Policy
from domain.policy.policy_file import SHIPPED, shipped_policies
from starter.charts.ladder import ladder_svg, rungs
from starter.console.pages.policies.choosing import WHOLE_SHA, choices_of
from starter.console.security.visit import Visit, Visiting
from starter.console.shown.pictures import chart_words

_STANDARD = "standard"


def version_pages() -> APIRouter:
    """Make the addresses of policies."""
    router = APIRouter()
    router.add_api_route("/policies", versions_page, methods=["GET"])
    router.add_api_route("/policies/{word}", policy_page, methods=["GET"])
    return router


def versions_page(visit: Visiting) -> HTMLResponse:
    """Show the policy of new invoices, which versions are followed, and what can be tried."""
    chosen = visit.application.policies.choices(visit.creditor).get("")
    policy = chosen or shipped_policies(_STANDARD)
    return _shown(visit, policy, word="" if chosen else _STANDARD, is_chosen=True)


def policy_page(word: str, visit: Visiting) -> HTMLResponse:
    """Show one policy."""
    policy = visit.application.policies.known(visit.creditor, word, WHOLE_SHA)
    return _shown(visit, policy, word=word, is_chosen=False)


def _shown(visit: Visit, policy: Policy, word: str, *, is_chosen: bool) -> HTMLResponse:
    versions = visit.application.policies.versions(visit.creditor)
    words = chart_words(visit.tongue)
    return visit.page(
        "policies/versions.html",
        title=visit.gettext("Policies"),
        here="policies",
        policy=policy,
        word=word,
        is_chosen=is_chosen,
        picture=Markup(ladder_svg(policy, words)),  # noqa: S704 - drawn by us, every name in it escaped
        rungs=rungs(policy, words),
        versions=versions,
        shipped=SHIPPED,
        choices=choices_of(visit, versions),
    )

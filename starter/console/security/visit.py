"""One request of a person who is signed in: who it is, whose data, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from activities.cases.waking import ToWake
from activities.ports.stores.console.access import ConsoleSession
from activities.ports.stores.holds import EVERYONE, Hold
from adapters.oidc.sign_in import OpenIdSignIn
from adapters.runtime.machine import machine_clock
from domain.parties.console import CHIEFS, COLLECTING, NOTING, ConsolePerson, ConsoleRole
from starter.api import access_log
from starter.api.auth import FAILURES
from starter.api.rate_limit import TokenBuckets
from starter.api.wake_queue import WakeQueue
from starter.application import Application
from starter.console.security.questions import AskedQuestions
from starter.console.services import ConsoleServices
from starter.console.shown.templates import templates_in
from starter.console.shown.tongue import Tongue, choose_tongue, noted

SECURE_COOKIE = "__Host-amicable"
LOOPBACK_COOKIE = "amicable-on-this-machine"
"""Without TLS, on this machine only: browsers keep no `__Host-` cookie from plain http."""


PAGES = (
    ("/", "t", noted("Today")),
    ("/tasks", "w", noted("Tasks")),
    ("/inbox", "i", noted("Inbox")),
    ("/agreements", "p", noted("Agreements")),
    ("/money", "m", noted("Money")),
    ("/agencies", "a", noted("Agencies")),
    ("/reports", "r", noted("Reports")),
    ("/policies", "y", noted("Policies")),
    ("/operation", "o", noted("Operation")),
)
"""Address, key and label of each page in the bar."""


class SignedOutError(Exception):
    """Nobody is signed in, or not any more."""


class NotAllowedError(Exception):
    """The person's role does not allow it."""


@dataclass(frozen=True)
class ConsoleParts:
    """What all pages share.

    Attributes:
        secure: whether people reach it by https.
        guesses: links that opened nothing, from one address in a minute.
        questions: what browsers were asked about passkeys.
        provider: where the company's own people sign in; None if nowhere.
    """

    application: Application
    services: ConsoleServices
    waking: WakeQueue
    secure: bool
    guesses: TokenBuckets = field(default_factory=lambda: TokenBuckets(FAILURES))
    questions: AskedQuestions = field(default_factory=AskedQuestions)
    provider: OpenIdSignIn | None = None

    @property
    def cookie(self) -> str:
        """The name of the session's cookie."""
        return SECURE_COOKIE if self.secure else LOOPBACK_COOKIE

    def show(self, tongue: Tongue, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Write a page in a language."""
        text = templates_in(tongue).get_template(template).render(**values)
        return HTMLResponse(text, status_code=status)

    def signed_in(self, answer: Response, session: str) -> Response:
        """Give the browser its session, for as long as it is open."""
        answer.set_cookie(
            self.cookie, session, secure=self.secure, httponly=True, samesite="lax", path="/"
        )
        return answer


class Visit:
    """One request of a person who is signed in."""

    def __init__(self, request: Request, parts: ConsoleParts, session: ConsoleSession) -> None:
        self.request = request
        self.parts = parts
        self.session = session
        self.application = parts.application
        self.services = parts.services

    @property
    def pages(self) -> tuple[tuple[str, str, str], ...]:
        """The pages in the bar."""
        return PAGES

    @property
    def person(self) -> ConsolePerson:
        """Who it is."""
        return self.session.person

    @property
    def creditor(self) -> str:
        """Whose data this person sees, and nobody else's."""
        return self.person.creditor

    @cached_property
    def now(self) -> datetime:
        """The instant of this request (UTC)."""
        return machine_clock()

    @property
    def zone(self) -> ZoneInfo:
        """Where the person works."""
        return ZoneInfo(self.person.zone)

    @cached_property
    def tongue(self) -> Tongue:
        """The language in which the person reads."""
        accepted = self.request.headers.get("accept-language", "")
        return choose_tongue(self.person.language, accepted)

    def gettext(self, words: str) -> str:
        """Translate a phrase for this person."""
        return self.tongue.gettext(words)

    @property
    def day_began(self) -> datetime:
        """When the person's day began."""
        there = self.now.astimezone(self.zone)
        return there.replace(hour=0, minute=0, second=0, microsecond=0)

    @property
    def may_note(self) -> bool:
        """Whether the person may write anything down."""
        return self.person.role in NOTING

    @property
    def may_collect(self) -> bool:
        """Whether the person records what customers say and agree."""
        return self.person.role in COLLECTING

    @property
    def is_chief(self) -> bool:
        """Whether the person decides what a collector may not decide alone."""
        return self.person.role in CHIEFS

    def needs(self, roles: frozenset[ConsoleRole]) -> None:
        """Go on only with one of these roles.

        Raises:
            NotAllowedError: with any other.
        """
        if self.person.role not in roles:
            raise NotAllowedError

    @cached_property
    def hold(self) -> Hold | None:
        """What stops everything that would go out; None if nothing does."""
        scopes = (EVERYONE, self.creditor)
        found = (one for one in self.application.holds.list() if one.scope in scopes)
        return next(found, None)

    def wake(self, found: ToWake) -> None:
        """Wake a case once the answer is on its way."""
        self.parts.waking.later(found)

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Write a page for this person."""
        return self.parts.show(self.tongue, template, status, visit=self, now=self.now, **values)

    def back_to(self, address: str) -> RedirectResponse:
        """Send the browser to the page that shows what came of it."""
        return RedirectResponse(address, status_code=303)


def tongue_of_browser(request: Request) -> Tongue:
    """Find in which language somebody reads who is not signed in."""
    return choose_tongue("", request.headers.get("accept-language", ""))


def tongue_of_reader(request: Request) -> Tongue:
    """Find in which language a page is read that went wrong: the person's, if they came so far."""
    tongue: Tongue | None = getattr(request.state, "tongue", None)
    return tongue or tongue_of_browser(request)


def parts_of(request: Request) -> ConsoleParts:
    """Find what all pages share."""
    parts: ConsoleParts = request.app.state.parts
    return parts


def visit_of(request: Request) -> Visit:
    """Find who is signed in.

    Raises:
        SignedOutError: if nobody is.
    """
    parts = parts_of(request)
    session = parts.services.access.session(request.cookies.get(parts.cookie, ""))
    if session is None:
        raise SignedOutError
    access_log.learned(request, creditor=session.person.creditor)
    visit = Visit(request, parts, session)
    request.state.tongue = visit.tongue
    return visit


Visiting = Annotated[Visit, Depends(visit_of)]

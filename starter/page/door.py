"""Lets customers in by their link; whatever is wrong with one, the answer is the same."""

# One thing: the way of a request from its link to its answer.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from activities.ports.types import BusyError
from activities.services.page.acts import was_said
from adapters.config.tokens import RECEIPT, Tokens
from adapters.wiring.customer_page import PageServices
from domain.errors import CodedError
from domain.evidence.model import PDF
from starter.api.auth import address_of
from starter.api.errors import HttpProblem
from starter.api.hooks.bodies import UnprovedBodies
from starter.api.rate_limit import TokenBuckets
from starter.application import Application
from starter.page.acts.address import CONFIRM_ADDRESS, SESSION
from starter.page.acts.agreeing import WEIGHED
from starter.page.acts.registry import ACTS, STATEMENT, ActLink
from starter.page.acts.telling import thanks
from starter.page.acts.turn import PageAct, Turn
from starter.page.forms import Filled, FormError, PageForm
from starter.page.pages import PagePath, PageWriter
from starter.page.requests import (
    MOST_FORM,
    filled_in,
    is_from_elsewhere,
    keep_session,
    languages_of,
    page_secret_of,
)
from starter.page.words import page_locale

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""What a browser may do with a page: show it, and send its forms back."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
GUESSES, VISITS = 10, 120
"""A minute."""

WANTED_NEXT = "next"


class UnknownLinkError(Exception):
    """The link is unknown, taken back or over; nobody is told which."""


@dataclass(frozen=True, kw_only=True)
class PageParts:
    """What the page needs of the gateway.

    Attributes:
        arrived: records that a message's reader has said that the invoice has arrived.
        noticed: tells the processor of it.
        guesses: wrong links of one address a minute.
        visits: requests by one link a minute.
    """

    application: Application
    pages: PageServices
    tokens: Tokens
    arrived: Callable[[str, datetime], bool]
    clock: Callable[[], datetime]
    noticed: Callable[[], None]
    guesses: int = GUESSES
    visits: int = VISITS


@dataclass(frozen=True, kw_only=True)
class _Visit:
    """One request, let in: what it shows, which act is meant, and by which name it came."""

    request: Request
    turn: Turn
    place: PagePath
    act: PageAct
    name: str
    filled: Filled | None = None


class PageDoor:
    """Answers customers who have a link."""

    def __init__(self, parts: PageParts) -> None:
        self._parts = parts
        self._guesses, self._visits = TokenBuckets(parts.guesses), TokenBuckets(parts.visits)
        self._bodies = UnprovedBodies()
        self.writer = PageWriter(parts.application.settings.letters_dir)

    async def answered(self, request: Request, make: Callable[[], Response]) -> Response:
        """Make an answer in a thread; a link that is none is answered like every other such."""
        try:
            return await run_in_threadpool(make)
        except UnknownLinkError:
            return self.unknown(request)
        except HttpProblem as problem:
            return problem.response()
        except BusyError:
            return Response(status_code=503, headers={**HEADERS, "Retry-After": "5"})

    async def told(self, request: Request, token: str, act: str) -> Response:
        """Read what was sent, and answer it."""
        try:
            filled = await self._filled(request, token)
        except UnknownLinkError:
            return self.unknown(request)
        except HttpProblem as problem:
            return problem.response()
        return await self.answered(request, lambda: self._tell(request, token, act, filled))

    def unknown(self, request: Request) -> Response:
        """Answer a link that is unknown, taken back or over."""
        return HTMLResponse(self.writer.unknown(*languages_of(request)), 404, HEADERS)

    def overview(self, request: Request, token: str) -> Response:
        """Draw the first page."""
        turn, place = self._turn(request, token)
        return HTMLResponse(self.writer.overview(turn, place), headers=HEADERS)

    def logo(self, request: Request, token: str) -> Response:
        """Answer with the creditor's logo."""
        turn, _ = self._turn(request, token)
        picture = self.writer.content(turn.view, turn.locale).logo
        if picture is None:
            raise UnknownLinkError
        return Response(picture.body, media_type=picture.media_type, headers=HEADERS)

    def copy(self, request: Request, token: str, number: str) -> Response:
        """Answer with the copy of an invoice, as a file to be kept."""
        turn, _ = self._turn(request, token)
        states = turn.view.states
        if not (number.isdecimal() and 1 <= int(number[:4]) <= len(states)):
            raise UnknownLinkError
        case_id = states[int(number[:4]) - 1].invoice.case_id
        body = self._parts.pages.shown.copy(turn.view, case_id)
        if body is None:
            raise UnknownLinkError
        kept = {"Content-Disposition": 'attachment; filename="invoice.pdf"'}
        return Response(body, media_type=PDF, headers={**HEADERS, **kept})

    def ask(self, request: Request, token: str, name: str) -> Response:
        """Draw the form of an act, or first the wish for a confirmed address."""
        turn, place = self._turn(request, token)
        if name == STATEMENT and turn.confirmed:
            everything = self._parts.pages.shown.all_invoices(turn.view)
            page = self.writer.all_invoices(turn, everything, place)
            return HTMLResponse(page, headers=HEADERS)
        act = _act(turn, name)
        visit = _Visit(request=request, turn=turn, place=place, act=act, name=name)
        return self._drawn(visit, lambda: act.form(turn, Filled()))

    def has_arrived(self, request: Request, token: str) -> Response:
        """Record that the invoice has arrived; said again it stays one message."""
        turn, place = self._sent_from_here(request, token)
        if turn.view.link.is_of_a_message:
            self._parts.arrived(turn.view.link.id, self._parts.clock())
            self._parts.noticed()
        told = turn.gettext("You need do nothing else. You can close this page.")
        form = PageForm(title=turn.gettext("Thank you for telling us"), told=(told,))
        return HTMLResponse(self.writer.form(turn, form, place), headers=HEADERS)

    def _tell(self, request: Request, token: str, name: str, filled: Filled) -> Response:
        """Take in what was sent; where something is agreed, its Plan B is shown before."""
        turn, place = self._sent_from_here(request, token)
        act = _act(turn, name)
        visit = _Visit(request=request, turn=turn, place=place, act=act, name=name, filled=filled)
        answer = self._drawn(visit, lambda: _said(visit, filled))
        for one in turn.woken:
            request.app.state.waking.later(one)
        return answer

    def _drawn(self, visit: _Visit, make: Callable[[], PageForm]) -> Response:
        turn, place, act, status = visit.turn, visit.place, visit.act, 200
        try:
            form = make()
        except (FormError, CodedError) as error:
            status = 422 if visit.filled else 200
            form = _once_more(turn, act, visit.filled or Filled(), error)
        if act is CONFIRM_ADDRESS:
            return self._confirming(visit, form, status)
        return HTMLResponse(self.writer.form(turn, form, place, act.name), status, HEADERS)

    def _confirming(self, visit: _Visit, form: PageForm, status: int) -> Response:
        """Carry on what was wanted before, and open the session of a right code."""
        turn, act = visit.turn, visit.act
        wanted = (visit.filled or Filled())[WANTED_NEXT] or (
            "" if visit.name == act.name else visit.name
        )
        secret = form.hidden.get(SESSION, "")
        form = replace(form, hidden={**form.hidden, SESSION: "", WANTED_NEXT: wanted})
        links = _next_link(turn, wanted) if secret else ()
        page = self.writer.form(turn, form, visit.place, act.name, links)
        answer = HTMLResponse(page, status, HEADERS)
        if secret:
            keep_session(visit.request, answer, secret)
        return answer

    def _sent_from_here(self, request: Request, token: str) -> tuple[Turn, PagePath]:
        if is_from_elsewhere(request):
            raise HttpProblem("forbidden", "this form was not sent by our page")
        return self._turn(request, token)

    def _turn(self, request: Request, token: str) -> tuple[Turn, PagePath]:
        """Look at what a link shows; whoever guesses too often is not even looked at."""
        caller, application = address_of(request), self._parts.application
        if self._guesses.wait(caller):
            raise UnknownLinkError
        link_id = self._parts.tokens.read(RECEIPT, token)
        if link_id and self._visits.take(link_id):
            raise HttpProblem("too-many-requests", "wait a minute, then come again", wait=60)
        view = self._parts.pages.shown.look(link_id) if link_id else None
        if view is None:
            self._guesses.take(caller)
            raise UnknownLinkError
        wanted, accepted = languages_of(request)
        you, ours = view.debtor, f"{accepted},{view.creditor.languages}"
        locale = page_locale(wanted or you.language, ours, consumer=you.consumer is True)
        opened = self._parts.pages.proofs.confirmed(view.link, page_secret_of(request))
        turn = Turn(
            view=view,
            locale=locale,
            application=application,
            pages=self._parts.pages,
            confirmed=opened.address if opened else "",
            address=self._parts.pages.links.url(view.link.id),
        )
        return turn, PagePath(here=f"/r/{token}", query=f"?l={wanted}" if wanted else "")

    async def _filled(self, request: Request, token: str) -> Filled:
        """Read what was sent; by a link that is none nothing is read at all."""
        if not self._parts.tokens.read(RECEIPT, token):
            self._guesses.take(address_of(request))
            raise UnknownLinkError
        async with self._bodies.whole(address_of(request), request.stream(), MOST_FORM) as body:
            return await filled_in(request, body)


def _said(visit: _Visit, filled: Filled) -> PageForm:
    turn, act = visit.turn, visit.act
    if act is CONFIRM_ADDRESS and visit.name != act.name:
        return act.form(turn, Filled())
    if filled["id"] and any(was_said(one, filled["id"]) for one in turn.view.states):
        return thanks(turn, turn.gettext("We have heard it already."))
    if filled.bad_files:
        raise FormError(turn.gettext("PDF, PNG or JPEG, up to 10 MB each, five at most."))
    if act.weigh is not None and not filled[WEIGHED]:
        return act.weigh(turn, filled)
    return act.carry_out(turn, filled)


def _act(turn: Turn, name: str) -> PageAct:
    """Find an act by the last part of its address; without a confirmed address that comes first."""
    if name == STATEMENT:
        return CONFIRM_ADDRESS
    act = ACTS.get(name)
    if act is None:
        raise UnknownLinkError
    return CONFIRM_ADDRESS if act.needs_address and not turn.confirmed else act


def _once_more(turn: Turn, act: PageAct, filled: Filled, error: Exception) -> PageForm:
    """The form again, with what was sent and why it could not be taken."""
    plain = turn.gettext("This is not possible; please choose other days or sums.")
    told = str(error) if isinstance(error, FormError) else plain
    try:
        return replace(act.form(turn, filled), problem=told)
    except FormError:
        return PageForm(title=told)


def _next_link(turn: Turn, wanted: str) -> tuple[ActLink, ...]:
    if wanted not in (*ACTS, STATEMENT):
        return ()
    return (ActLink(name=wanted, label=turn.gettext("Go on")),)

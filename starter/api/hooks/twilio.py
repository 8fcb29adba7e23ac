"""The addresses that Twilio calls; only what it signed is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from adapters.config.creditors import own_settings
from adapters.config.settings import Settings
from adapters.incoming.twilio.calls import Calls
from adapters.incoming.twilio.hooks import IncomingText, Texts
from adapters.incoming.twilio.signed import Form, Signatures, SignedRequest
from adapters.letters.writer import LetterWriter
from adapters.messages.twilio_addresses import ANSWERED, DETAILS, INBOUND, KEY_ANSWERS, SMS, VOICE
from adapters.runtime.machine import machine_clock
from adapters.wiring.choose import reported_to
from starter.api.auth import address_of
from starter.api.errors import HttpProblem
from starter.api.hooks.bodies import UnprovedBodies
from starter.application import Application

_MOST_BYTES = 64 * 1024
"""Twilio's forms are far shorter; a text message has 1,600 characters at the most."""

FORBIDDEN, TOO_MUCH = 403, 413
_Answer = Callable[[Form, str], IncomingText]


def twilio_hooks(
    application: Application,
    noticed: Callable[[], None],
    bodies: UnprovedBodies | None = None,
) -> APIRouter:
    """Make the routes that Twilio calls; `noticed` is called when something new was kept."""
    engine, settings = application.engine, application.settings
    public = reported_to(settings).rstrip("/")
    own = (one.settings for one in own_settings(settings).values() if "twilio" in one.groups)
    signatures = [_signatures(one, public) for one in (settings, *own)]
    texts = Texts(engine, machine_clock)
    calls = Calls(engine, machine_clock, LetterWriter(settings.letters_dir), public)
    router, bodies = APIRouter(), bodies or UnprovedBodies()
    for path, answer in (
        (SMS, texts.status),
        (INBOUND, texts.inbound),
        (VOICE, calls.status),
        (ANSWERED, calls.answered),
        (DETAILS, calls.pressed),
        (KEY_ANSWERS, calls.keyed),
    ):
        hook = _hook(path, answer, signatures, noticed, bodies)
        # Not for programs that read our description: nobody but Twilio can sign for it.
        router.add_api_route(path, hook, methods=["POST"], include_in_schema=False)
    return router


def _signatures(settings: Settings, public: str) -> Signatures:
    told = settings.twilio
    return Signatures(
        told.account_sid,
        told.auth_token.get_secret_value(),
        public,
        told.signing_secret.get_secret_value(),
    )


def _hook(
    path: str,
    answer: _Answer,
    signatures: Sequence[Signatures],
    noticed: Callable[[], None],
    bodies: UnprovedBodies,
) -> Callable[[Request], object]:
    def work(form: Form, message_id: str) -> Response:
        said = answer(form, message_id)
        if said.news:
            noticed()
        return _response(said)

    async def hook(request: Request) -> Response:
        body = await _bounded_body(request, bodies)
        if isinstance(body, Response):
            return body
        told = _told(path, request, body)
        forms = (one.form(told) for one in signatures)
        form = next((found for found in forms if found is not None), None)
        if form is None:
            return Response(status_code=FORBIDDEN)
        return await run_in_threadpool(work, form, request.query_params.get("m", ""))

    return hook


def _told(path: str, request: Request, body: bytes) -> SignedRequest:
    return SignedRequest(
        path=path,
        query=request.scope["query_string"].decode("latin-1"),
        signatures=request.headers.getlist("x-twilio-signature"),
        schemes=request.headers.getlist("x-twilio-webhooks-signature-settings"),
        content_type=request.headers.get("content-type", ""),
        body=body,
    )


async def _bounded_body(request: Request, bodies: UnprovedBodies) -> bytes | Response:
    """The body, unless it is longer than anything that Twilio says, or too many come at once."""
    body = bytearray()
    try:
        with bodies.one(address_of(request)):
            async for part in request.stream():
                body += part
                if len(body) > _MOST_BYTES:
                    return Response(status_code=TOO_MUCH)
    except HttpProblem as problem:
        return problem.response()
    return bytes(body)


def _response(said: IncomingText) -> Response:
    if not said.xml:
        return Response(status_code=said.status)
    return Response(said.xml, said.status, media_type="text/xml")

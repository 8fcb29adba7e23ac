"""The addresses that SendGrid calls: with events about mails, and with inbound mails."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.types import Message

from activities.ports.incoming import LedgerDownError
from adapters.config.creditors import own_settings
from adapters.config.tokens import Tokens
from adapters.incoming.email.inbound_mail import Cover
from adapters.incoming.sendgrid.hooks import Mails
from adapters.incoming.sendgrid.signed import SIGNATURE, TIMESTAMP, SignatureCheck, stated
from adapters.runtime.machine import machine_clock
from starter.api.auth import address_of
from starter.api.errors import HttpProblem
from starter.api.hooks.bodies import UnprovedBodies
from starter.application import Application

MOST_EVENTS = 8_000_000
"""Bytes of one batch; SendGrid's are far smaller."""

MOST_MAIL = 36_000_000
"""Bytes of one mail with its form; SendGrid takes 30 MB."""

_AGAIN = {"Retry-After": "60"}
SignedReader = Callable[[Request], Awaitable[bytes | Response]]
"""Reads a body whose signature was checked, or makes the refusal."""


def mail_hooks(
    application: Application,
    noticed: Callable[[], None],
    bodies: UnprovedBodies | None = None,
) -> APIRouter:
    """Make the two routes that SendGrid calls; ``noticed`` tells the processor of work.

    Raises:
        SettingsError: if a public key cannot be one.
    """
    router = APIRouter(prefix="/hooks/sendgrid", include_in_schema=False)
    settings = application.settings
    own = (one.settings for one in own_settings(settings).values() if "sendgrid" in one.groups)
    told = [one.sendgrid for one in (settings, *own)]
    keys = ",".join(one.event_key for one in told), ",".join(one.inbound_key for one in told)
    events = SignatureCheck(keys[0], "AMICABLE_SENDGRID__EVENT_KEY")
    inbound = SignatureCheck(keys[1], "AMICABLE_SENDGRID__INBOUND_KEY")
    mails = Mails(application.engine, Tokens(settings.replies.secrets), machine_clock)
    bodies = bodies or UnprovedBodies()
    _take_events(router, _reader(events, MOST_EVENTS, bodies), mails.status, noticed)
    _take_mail(router, _reader(inbound, MOST_MAIL, bodies), mails.inbound, noticed)
    return router


def _reader(seal: SignatureCheck, most: int, bodies: UnprovedBodies) -> SignedReader:
    async def signed_body(request: Request) -> bytes | Response:
        try:
            return await _signed_body(request, seal, most, bodies)
        except HttpProblem as problem:
            return problem.response()

    return signed_body


def _take_events(
    router: APIRouter,
    signed_body: SignedReader,
    keep: Callable[[bytes], int],
    noticed: Callable[[], None],
) -> None:
    @router.post("/events", status_code=204, response_model=None)
    async def take_events(request: Request) -> Response:
        """Take in what became of mails: a signed batch, in any order, as often as it comes."""
        body = await signed_body(request)
        if isinstance(body, Response):
            return body
        return await _kept(lambda: keep(body), noticed)


def _take_mail(
    router: APIRouter,
    signed_body: SignedReader,
    keep: Callable[[bytes, Cover], int],
    noticed: Callable[[], None],
) -> None:
    @router.post("/inbound", status_code=204, response_model=None)
    async def take_mail(request: Request) -> Response:
        """Take in a mail as it was sent, in the form's field ``email``, signed as a whole."""
        body = await signed_body(request)
        if isinstance(body, Response):
            return body
        raw, cover = await _mail_in(request, body)
        return await _kept(lambda: keep(raw, cover), noticed)


async def _signed_body(
    request: Request, seal: SignatureCheck, most: int, bodies: UnprovedBodies
) -> bytes | Response:
    """The bytes as they came; without a signature nothing is even read.

    Until the signature over all of it is checked, it lies on disk and its digest alone in memory.
    """
    signatures = request.headers.getlist(SIGNATURE)
    timestamps = request.headers.getlist(TIMESTAMP)
    if not seal or not stated(signatures, timestamps):
        return Response(status_code=403)
    with bodies.one(address_of(request)):
        digest = seal.digest_of(timestamps)
        body = await bodies.receive(request.stream(), most, digest.update)
        try:
            if not await run_in_threadpool(seal.is_of, digest.digest(), signatures, timestamps):
                return Response(status_code=403)
            return await run_in_threadpool(body.read)
        finally:
            body.close()


async def _kept(keep: Callable[[], int], noticed: Callable[[], None]) -> Response:
    """2xx only when it is in the ledger; without one SendGrid comes again, for days."""
    try:
        new = await run_in_threadpool(keep)
    except LedgerDownError:
        return Response(status_code=503, headers=_AGAIN)
    if new:
        noticed()
    return Response(status_code=204)


async def _mail_in(request: Request, body: bytes) -> tuple[bytes, Cover]:
    """The mail and its envelope; a form that cannot be read is kept as if it were the mail."""

    async def again() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    try:
        signed = Request(request.scope, again)
        form = await signed.form(max_files=20, max_fields=100, max_part_size=MOST_MAIL)
        raw, envelope = form.get("email"), form.get("envelope")
        told = await raw.read() if isinstance(raw, UploadFile) else _bytes(raw, body)
    except Exception:  # noqa: BLE001 - whatever is wrong with the form, the mail is not thrown away
        return body, Cover()
    return told or body, _cover(envelope)


def _bytes(field: object, body: bytes) -> bytes:
    """The very bytes of a field: what is not UTF-8 was read as Latin-1, byte by byte."""
    if not isinstance(field, str):
        return b""
    told = field.encode("utf-8", "surrogateescape")
    return told if told in body else field.encode("latin-1", "replace")


def _cover(envelope: object) -> Cover:
    try:
        told = json.loads(envelope) if isinstance(envelope, str) else {}
    except (ValueError, RecursionError):
        told = {}
    if not isinstance(told, dict):
        return Cover()
    to, sender = told.get("to"), told.get("from")
    recipients = tuple(map(str, to[:50])) if isinstance(to, list) else ()
    return Cover(recipients=recipients, sender=str(sender) if sender is not None else None)

"""The codec of Temporal's UI and command line: opens sealed payloads for who has its key.

The protocol is Temporal's own for remote codecs: POST a JSON ``Payloads`` to ``/decode`` or
``/encode``, with the namespace in ``X-Namespace``.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from google.protobuf import json_format
from starlette.responses import Response
from temporalio.api.common.v1 import Payload, Payloads

from adapters.oidc.issuer import IssuerAwayError, OpenIdIssuer, TokenRefusedError
from adapters.temporal.payload_encryption import PayloadEncryption, PayloadLockedError
from starter.api import access_log
from starter.api.auth import FAILURES, address_of, unauthorized
from starter.api.errors import LATER, HttpProblem
from starter.api.rate_limit import TokenBuckets

OPEN, SEAL = "decode", "encode"
_PATH = "/codec"
_HEADERS = "content-type,x-namespace,authorization"
_AN_HOUR = "3600"
Bare = Callable[[Request], Awaitable[Response]]
Keyed = Callable[[Request, str], Awaitable[Response]]


@dataclass(frozen=True, kw_only=True)
class CodecCallers:
    """Who may have payloads opened.

    Attributes:
        secret: comes as ``Authorization: Bearer``, or as a part of the address, for a UI that
            sends no headers of its own; empty if no key opens it.
        origins: the pages of Temporal's UI that a browser may ask from.
        issuer: checks tokens of persons who signed in; None if nobody does.
        group: to which such a person must belong.
    """

    secret: str = ""
    origins: tuple[str, ...] = ()
    issuer: OpenIdIssuer | None = None
    group: str = ""

    @property
    def anybody(self) -> bool:
        """Tell whether there is anybody who may."""
        return bool(self.secret or (self.issuer and self.group))


def codec(encryption: PayloadEncryption | None, namespace: str, callers: CodecCallers) -> APIRouter:
    """Make the codec's routes; none without keys, or if nobody may use them.

    Args:
        encryption: what opens and seals.
        namespace: the one whose payloads these are.
        callers: who may.
    """
    router = APIRouter(include_in_schema=False)
    if encryption is None or not callers.anybody:
        return router
    asked = _Codec(encryption, namespace, _Door(callers))
    for work in (OPEN, SEAL):
        bare, keyed = asked.routes(work)
        for path, call in ((f"{_PATH}/{work}", bare), (f"{_PATH}/{{key}}/{work}", keyed)):
            router.add_api_route(path, call, methods=["POST"])
            router.add_api_route(path, asked.preflight, methods=["OPTIONS"])
    return router


class _Codec:
    """Opens and seals what is posted to it."""

    def __init__(self, encryption: PayloadEncryption, namespace: str, door: _Door) -> None:
        self._works: dict[str, Callable[[Payload], Payload]] = {
            OPEN: encryption.unseal,
            SEAL: encryption.seal,
        }
        self._namespace = namespace
        self._door = door

    def routes(self, work: str) -> tuple[Bare, Keyed]:
        """Make what answers with the secret in a header, and with it in the address."""

        async def bare(request: Request) -> Response:
            return await self._run(request, work, "")

        async def keyed(request: Request, key: str) -> Response:
            return await self._run(request, work, key)

        return bare, keyed

    async def preflight(self, request: Request) -> Response:
        """Answer what a browser asks before it sends."""
        headers = {
            **self._door.cors(request),
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": _HEADERS,
            "Access-Control-Max-Age": _AN_HOUR,
        }
        return Response(status_code=204, headers=headers)

    async def _run(self, request: Request, work: str, key: str) -> Response:
        headers = await self._door.check(request, key)
        if request.headers.get("x-namespace", self._namespace) != self._namespace:
            told = f"the keys are those of the namespace {self._namespace}"
            raise HttpProblem("forbidden", told)
        given = _payloads(await request.body())
        try:
            done = Payloads(payloads=[self._works[work](payload) for payload in given])
        except PayloadLockedError as error:
            raise HttpProblem("invalid", str(error), field="payloads") from None
        body = json_format.MessageToJson(done, indent=None)
        return Response(body, media_type="application/json", headers=headers)


class _Door:
    """Who may ask: one secret, persons of one group, and pages of the UI's origin only."""

    def __init__(self, callers: CodecCallers) -> None:
        self._callers = callers
        self._secret = callers.secret.encode()
        self._origins = callers.origins
        self._failures = TokenBuckets(FAILURES)

    async def check(self, request: Request, key: str) -> dict[str, str]:
        """Let who may pass and stop who guesses; returns the headers of CORS."""
        headers = self.cors(request)
        scheme, _, told = request.headers.get("authorization", "").partition(" ")
        bearer = told.strip() if scheme.lower() == "bearer" else ""
        address = address_of(request)
        if wait := self._failures.wait(address):
            raise HttpProblem("too-many-requests", "too many wrong keys from here", wait=wait)
        if self._is_key(key or bearer):
            access_log.learned(request, by="key")
        elif key or not await self._is_person(bearer):
            self._failures.take(address)
            raise unauthorized()
        else:
            access_log.learned(request, by="person")
        return headers

    def _is_key(self, given: str) -> bool:
        return bool(self._secret) and hmac.compare_digest(given.encode(), self._secret)

    async def _is_person(self, token: str) -> bool:
        """Tell whether a token speaks for one who signed in.

        Raises:
            HttpProblem: if they signed in and may not, or nobody can tell now.
        """
        issuer, group = self._callers.issuer, self._callers.group
        if not (issuer and group and token):
            return False
        try:
            person = await asyncio.to_thread(issuer.person, token)
        except TokenRefusedError:
            return False
        except IssuerAwayError:
            told = "the OpenID provider cannot be read; a key still opens the codec"
            raise HttpProblem("busy", told, wait=LATER) from None
        if group not in person.groups:
            raise HttpProblem("forbidden", "persons of the group in AMICABLE_OIDC__CODEC_GROUP may")
        return True

    def cors(self, request: Request) -> dict[str, str]:
        """What the browser is told; a page of any other origin is refused.

        Raises:
            HttpProblem: if the page is not the UI's.
        """
        origin = request.headers.get("origin")
        if origin is None:
            return {}
        if origin not in self._origins:
            told = "a page of that origin may not; name the UI's in AMICABLE_ENCRYPTION__UI_ORIGIN"
            raise HttpProblem("forbidden", told)
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}


def _payloads(body: bytes) -> list[Payload]:
    try:
        told = json.loads(body)
        if isinstance(told, dict):
            return list(json_format.ParseDict(told, Payloads()).payloads)
    except (ValueError, RecursionError, json_format.ParseError):
        pass
    way_out = 'write {"payloads": [{"metadata": {…}, "data": "…"}]}, values in base64'
    raise HttpProblem("malformed", way_out)

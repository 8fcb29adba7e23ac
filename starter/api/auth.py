"""Authenticates every request: whose key, which role, how often, and whether it is a repeat."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from activities.ports.stores.gateway import ApiKey, IdempotencyClaim, KeptAnswer
from domain.parties.keys import KeyRole
from starter.api import access_log
from starter.api.errors import MEDIA_TYPE, HttpProblem, UnlikeDescribedError, problem_of
from starter.api.rate_limit import CrowdedError, FairShares, TokenBuckets
from starter.api.reading import body_fingerprint, idempotency_key, json_of
from starter.application import Application

FAILURES = 10
"""Wrong keys from one address in a minute."""

_KNOWN = 1_000
_LOOKS = 4
"""Keys that are looked up at once unless they were right lately: guesses get no more of the ledger,
from however many addresses they come."""

REPLAYED = "Idempotent-Replayed"
Networks = tuple[IPv4Network | IPv6Network, ...]
Handle = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass
class Gate:
    """Authenticates and limits callers; one for each application."""

    application: Application
    requests: TokenBuckets
    places: FairShares
    failures: TokenBuckets = field(default_factory=lambda: TokenBuckets(FAILURES))
    looks: FairShares = field(default_factory=lambda: FairShares(_LOOKS))
    _known: OrderedDict[str, None] = field(default_factory=OrderedDict)

    async def caller(self, request: Request) -> ApiKey:
        """Find whose request it is; wrong, revoked and unknown keys are all answered the same."""
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        given = secret.strip() if scheme.lower() == "bearer" else ""
        keys = self.application.keys
        mark, address = keys.fingerprint(given), address_of(request)
        if mark in self._known:
            found = await asyncio.to_thread(keys.holder, given)
        else:
            found = await self._unknown(given, address)
        if found is None:
            self._known.pop(mark, None)
            self.failures.take(address)
            raise unauthorized()
        self._remember(mark)
        return found

    async def _unknown(self, given: str, address: str) -> ApiKey | None:
        """Look up a key that was not right lately; who guesses is stopped before the look."""
        async with _turn(self.looks, address):
            if wait := self.failures.wait(address):
                raise HttpProblem("too-many-requests", "too many wrong keys from here", wait=wait)
            return await asyncio.to_thread(self.application.keys.holder, given)

    def count(self, key: ApiKey) -> None:
        """Count one more request of this key; refused if it is one too many."""
        if wait := self.requests.take(key.id):
            raise HttpProblem("too-many-requests", f"wait {wait} s; see Retry-After", wait=wait)

    def _remember(self, mark: str) -> None:
        self._known[mark] = None
        self._known.move_to_end(mark)
        if len(self._known) > _KNOWN:
            self._known.popitem(last=False)


class KeyAuthenticator(APIRoute):
    """A route that needs a key; `x-roles` names who may use it.

    Attributes:
        once: whether a repeat with the same idempotency key is answered as the first was.
    """

    once = True

    @property
    def roles(self) -> tuple[KeyRole, ...]:
        """The roles that may use it."""
        return tuple((self.openapi_extra or {})["x-roles"])

    def _names(self) -> tuple[str, ...]:
        """The names that a body or a query may have here."""
        given = (*self.dependant.body_params, *self.dependant.query_params)
        models = (param.field_info.annotation for param in given)
        return tuple(name for model in models for name in getattr(model, "model_fields", ()))

    def get_route_handler(self) -> Handle:
        """Wrap the route's own work in authentication."""
        plain, known = super().get_route_handler(), self._names()

        async def handle(request: Request) -> Response:
            try:
                return await plain(request)
            except RequestValidationError as error:
                raise UnlikeDescribedError(error, known) from None

        async def guarded(request: Request) -> Response:
            gate: Gate = request.app.state.gate
            caller = request.state.caller = await gate.caller(request)
            access_log.learned(request, creditor=caller.creditor)
            gate.count(caller)
            if caller.role not in self.roles:
                raise HttpProblem("forbidden", f"a key of the role {' or '.join(self.roles)} may")
            await request.body()  # whoever sends it slowly holds no place
            async with _turn(gate.places, caller.id):
                if request.method != "POST" or not self.once:
                    return await handle(request)
                return await _posted(gate, request, handle)

        return guarded


@asynccontextmanager
async def _turn(places: FairShares, caller: str) -> AsyncIterator[None]:
    """Wait for a turn among all callers."""
    try:
        async with places.place(caller):
            yield
    except CrowdedError:
        told = "too many of your requests wait already; send fewer at once"
        raise HttpProblem("too-many-requests", told, wait=1) from None


async def _posted(gate: Gate, request: Request, handle: Handle) -> Response:
    body, key = await json_of(request), idempotency_key(request)
    request.state.key = key
    if not key:
        return await handle(request)
    idempotency, caller = gate.application.idempotency, request.state.caller
    found = await asyncio.to_thread(
        idempotency.claim, caller.creditor, key, body_fingerprint(request, body)
    )
    if found.found is not KeptAnswer.MINE:
        return _again(found)
    return await _once(gate, request, handle, found)


async def _once(gate: Gate, request: Request, handle: Handle, mine: IdempotencyClaim) -> Response:
    """Do it, and keep the answer; what changed nothing lets the key go."""
    kept = True
    try:
        response = await handle(request)
    except Exception as error:  # noqa: BLE001 - every error becomes an answer, and some are kept
        problem = problem_of(error)
        if problem.sort.name == "internal":
            access_log.broke(request, error)
        response, kept = problem.response(), problem.sort.kept
    idempotency = gate.application.idempotency
    work: Callable[[], object] = (
        (lambda: idempotency.answer(mine, response.status_code, _text(response)))
        if kept
        else (lambda: idempotency.let_go(mine))
    )
    await _quietly(asyncio.to_thread(work), request)
    return response


async def _quietly(work: Awaitable[object], request: Request) -> None:
    """What was done is done: that its answer cannot be kept is no reason to hide it."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - see above
        access_log.broke(request, error)


def _again(found: IdempotencyClaim) -> Response:
    if found.found is KeptAnswer.OTHER:
        raise HttpProblem("key-reused", "it came with another request before; use a key of its own")
    if found.found is KeptAnswer.AT_WORK:
        raise HttpProblem("in-progress", "ask again in a moment with the same key", wait=1)
    kind = "application/json" if found.status < 400 else MEDIA_TYPE  # noqa: PLR2004 - problems begin there
    return Response(
        found.body, status_code=found.status, media_type=kind, headers={REPLAYED: "true"}
    )


def unauthorized() -> HttpProblem:
    """Make the one answer to all keys that open nothing."""
    problem = HttpProblem("unauthorized", "send Authorization: Bearer and a key that is in use")
    problem.headers = {"WWW-Authenticate": "Bearer"}
    return problem


def _text(response: Response) -> str:
    return bytes(response.body).decode()


def address_of(request: Request) -> str:
    """Read where a request comes from; a household of IPv6 addresses counts as one.

    What a request says of that itself (X-Forwarded-For) is believed only from a proxy of ours, and
    read from its end: a caller may write anything before what the proxy adds.
    """
    trusted: Networks = getattr(request.app.state, "trusted_proxies", ())
    host = request.client.host if request.client else ""
    told = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    while told and (address := _address(host)) and any(address in one for one in trusted):
        said = _address(told.pop())
        if said is None:
            break
        host = str(said)
    address = _address(host)
    if address is None:
        return host[:64]
    return str(address) if address.version == 4 else address.exploded[:19]  # noqa: PLR2004 - the number of the protocol


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address alone, without port and brackets; one of IPv4 in the form of IPv6 is IPv4's."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found

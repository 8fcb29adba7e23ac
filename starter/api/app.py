"""Puts the gateway together: one ASGI application with all its parts."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Match

from activities.ports.types import BusyError
from activities.watching.faults import place_of
from adapters.temporal.runs import Runs
from domain.errors import CodedError
from starter.api import access_log
from starter.api.auth import Gate
from starter.api.errors import HttpProblem, problem_of
from starter.api.middleware import RequestGuard
from starter.api.openapi import described
from starter.api.rate_limit import FairShares, TokenBuckets
from starter.api.routes.health import add_health
from starter.api.routes.table import add_routes
from starter.api.wake_queue import WakeQueue
from starter.application import Application

THREADS = 20
"""Requests that are at work in the ledger at once: as many as it has connections."""

HOUR = 3600.0
FORESEEN = (
    HttpProblem,
    RequestValidationError,
    HTTPException,
    CodedError,
    BusyError,
)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The parts of the gateway.

    Attributes:
        application: settings and ledger.
        connect: reaches Temporal, when the first case is to be woken.
        routers: addresses of other parts, such as what providers report to.
        started: work of other parts that runs as long as the gateway does.
    """

    application: Application
    connect: Callable[[], Awaitable[Runs]]
    routers: Sequence[APIRouter] = ()
    started: Sequence[Callable[[WakeQueue], Coroutine[Any, Any, None]]] = ()


def gateway(parts: Parts) -> FastAPI:
    """Make the ASGI application; nothing runs yet."""
    app = FastAPI(
        title="Amicable",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_life(parts),
    )
    app.state.gate = Gate(
        parts.application,
        TokenBuckets(parts.application.settings.api.per_minute),
        FairShares(THREADS),
    )
    app.state.trusted_proxies = tuple(map(ip_network, parts.application.settings.trusted_proxies))
    for error in FORESEEN:
        app.add_exception_handler(error, _answer)
    app.add_middleware(RequestGuard, most_bytes=parts.application.settings.api.most_bytes)
    add_routes(app)
    add_health(app, parts.application)
    for router in parts.routers:
        app.include_router(router)
    described(app)
    return app


def _life(parts: Parts) -> Callable[[FastAPI], Any]:
    @contextlib.asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        async def forget() -> None:
            await _forget(parts.application)

        current_default_thread_limiter().total_tokens = THREADS
        app.state.waking = waking = WakeQueue(parts.connect)
        waking.start()
        others = (work(waking) for work in parts.started)
        running = [asyncio.create_task(work) for work in (*others, forget())]
        for task in running:
            task.add_done_callback(_tell_if_it_failed)
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            await waking.stop()

    return life


def _tell_if_it_failed(part: asyncio.Task[None]) -> None:
    """Say that a part ended which should run as long as the gateway does."""
    if not part.cancelled() and (error := part.exception()):
        told = {"error": type(error).__name__, "where": place_of(error)}
        access_log.log.error("a part of the gateway has ended", **told)


async def _forget(application: Application) -> None:
    """Old answers are forgotten once an hour."""
    while True:
        try:
            await asyncio.to_thread(application.idempotency.prune)
        except Exception as error:  # noqa: BLE001 - the next hour is another chance
            access_log.log.warning("not pruned", error=type(error).__name__)
        await asyncio.sleep(HOUR)


async def _answer(request: Request, error: Exception) -> JSONResponse:
    problem = problem_of(error)
    if problem.sort.name == "method-not-allowed":
        problem.headers["Allow"] = ", ".join(sorted(_methods(request)))
    return problem.response()


def _methods(request: Request) -> set[str]:
    """Every method of this address: the router itself names those of its first route only."""
    here = (one for one in request.app.routes if one.matches(request.scope)[0] is not Match.NONE)
    return {method for route in here for method in getattr(route, "methods", None) or ()}

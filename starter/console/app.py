"""Puts the console together: one ASGI application with all its pages."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from ipaddress import ip_network
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from activities.ports.types import BusyError
from adapters.config.environment import SettingsError
from adapters.oidc.sign_in import OpenIdSignIn
from adapters.temporal.runs import Runs
from domain.errors import CodedError
from starter.api import access_log
from starter.api.app import THREADS
from starter.api.middleware import RequestGuard
from starter.api.routes.health import add_health
from starter.api.wake_queue import WakeQueue
from starter.application import Application
from starter.console.pages.agencies.placing import agency_pages
from starter.console.pages.agreements import agreement_pages
from starter.console.pages.banking.entries import bank_pages
from starter.console.pages.case import case_pages
from starter.console.pages.customer import customer_pages
from starter.console.pages.desk.letter import leaving_letter_pages
from starter.console.pages.desk.many import bulk_pages
from starter.console.pages.desk.plan import plan_pages
from starter.console.pages.desk.sent import sent_letter_pages
from starter.console.pages.desk.views import saved_view_pages
from starter.console.pages.entering import entering
from starter.console.pages.failing import answer_failure
from starter.console.pages.finding import finding_pages
from starter.console.pages.inbox import inbox_pages
from starter.console.pages.letters import letter_pages
from starter.console.pages.money import money_pages
from starter.console.pages.operating.going_live import going_live_pages
from starter.console.pages.operating.programs import program_pages
from starter.console.pages.operating.sender import sender_pages
from starter.console.pages.operation import operation_pages
from starter.console.pages.passkeys import passkey_pages
from starter.console.pages.policies.applying import applying_pages
from starter.console.pages.policies.rehearsing import rehearsing_pages
from starter.console.pages.policies.versions import version_pages
from starter.console.pages.reports import report_pages
from starter.console.pages.signing_in.provider import provider_pages
from starter.console.pages.static import static_files
from starter.console.pages.tasks import task_pages
from starter.console.pages.today import today_pages
from starter.console.security.origin import OriginGuard
from starter.console.security.visit import ConsoleParts, NotAllowedError, SignedOutError
from starter.console.services import ConsoleServices

LARGEST_FORM = 25_000_000
"""Of a form with its files."""

REFRESH = 60.0
"""Seconds from one ordering of the worklist to the next, or longer where it takes long."""

_AT_MOST = 20
"""An ordering that took so many seconds is begun again after as many times that."""

_SMALL = 1000
"""Bytes of an answer that is not worth packing."""

_FORESEEN = (
    *(SignedOutError, NotAllowedError, CodedError, BusyError, SettingsError),
    *(HTTPException, RequestValidationError),
)

_PAGES = (
    *(bulk_pages, plan_pages, leaving_letter_pages, saved_view_pages),
    *(static_files, entering, passkey_pages, today_pages, customer_pages, case_pages),
    *(task_pages, finding_pages, inbox_pages, agreement_pages, operation_pages),
    *(letter_pages, sent_letter_pages, money_pages, bank_pages, report_pages, agency_pages),
    *(version_pages, applying_pages, rehearsing_pages),
    *(going_live_pages, program_pages, sender_pages, provider_pages),
)


def console_app(application: Application, connect: Callable[[], Awaitable[Runs]]) -> FastAPI:
    """Make the ASGI application; ``connect`` reaches Temporal when the first case is woken."""
    services, settings = ConsoleServices(application), application.settings
    waking = WakeQueue(connect)
    parts = ConsoleParts(
        application=application,
        services=services,
        waking=waking,
        secure=settings.console.public_url.startswith("https://"),
        provider=_provider(application),
    )
    life = _life(parts)
    app = FastAPI(title="Amicable", openapi_url=None, redirect_slashes=False, lifespan=life)
    app.state.parts = parts
    app.state.trusted_proxies = tuple(map(ip_network, settings.trusted_proxies))
    add_health(app, application)
    for error in _FORESEEN:
        app.add_exception_handler(error, answer_failure)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALL)
    app.add_middleware(OriginGuard, public_url=settings.console.public_url, failed=answer_failure)
    app.add_middleware(RequestGuard, most_bytes=LARGEST_FORM)
    for pages in _PAGES:
        app.include_router(pages(), include_in_schema=False)
    return app


def _provider(application: Application) -> OpenIdSignIn | None:
    """Where the company's own people sign in; None where no client is named."""
    oidc = application.settings.oidc
    return OpenIdSignIn(oidc) if oidc.issuer and oidc.client_id else None


def _life(parts: ConsoleParts) -> Callable[[FastAPI], Any]:
    @contextlib.asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        parts.waking.start()
        ordering = asyncio.create_task(_order(parts.services))
        try:
            yield
        finally:
            ordering.cancel()
            await asyncio.gather(ordering, return_exceptions=True)
            await parts.waking.stop()

    return life


async def _order(services: ConsoleServices) -> None:
    """Keep the worklist in order; the ledger may be away for a while."""
    while True:
        began = time.monotonic()
        try:
            await asyncio.to_thread(services.worklist.refresh_all)
        except Exception as error:  # noqa: BLE001 - the next round is another chance
            access_log.log.warning("worklist not ordered", error=type(error).__name__)
        await asyncio.sleep(max(REFRESH, (time.monotonic() - began) * _AT_MOST))

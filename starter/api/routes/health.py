"""Tells whoever runs the gateway whether its process lives, and whether it can be used."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.responses import JSONResponse

if TYPE_CHECKING:
    from starter.application import Application

FRESH = 5.0
"""Seconds for which one look at the ledger answers everybody: anyone may ask, at any pace."""

_PATIENCE = 4.0
"""Seconds after which a ledger that has not answered counts as away."""


def add_health(app: FastAPI, application: Application) -> None:
    """Add the two addresses: ``/healthz`` asks nobody, ``/readyz`` the ledger."""
    ledger = _LedgerLook(application)

    async def healthy() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    async def readiness() -> JSONResponse:
        state = await ledger.state()
        return JSONResponse({"status": state}, 200 if state == "ready" else 503)

    app.router.add_api_route("/healthz", healthy, include_in_schema=False)
    app.router.add_api_route("/readyz", readiness, include_in_schema=False)


class _LedgerLook:
    """Looks at the ledger at most once in five seconds, however many ask."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._lock = asyncio.Lock()
        self._state, self._until = "", 0.0

    async def state(self) -> str:
        """Say in a word how the ledger stands; nothing about where it is."""
        async with self._lock:
            if time.monotonic() >= self._until:
                self._state = await self._look()
                self._until = time.monotonic() + FRESH
            return self._state

    async def _look(self) -> str:
        look = asyncio.to_thread(self._application.readiness)
        try:
            return (await asyncio.wait_for(look, _PATIENCE)).state.value
        except TimeoutError:
            return "unreachable"

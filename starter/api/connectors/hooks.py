"""The address that billing systems call, and the round that asks each of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cached_property

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from activities.ports.connectors.connector import ConnectorError, UnsignedCallError
from adapters.runtime.machine import machine_clock
from adapters.wiring.billing.connectors import connectors_of
from starter.api.auth import address_of
from starter.api.errors import HttpProblem
from starter.api.hooks.bodies import UnprovedBodies
from starter.api.wake_queue import QueueStarter, WakeQueue
from starter.application import Application
from starter.importing.connected.connectors import Connectors

PULL_EVERY = 30.0
"""Seconds: what happens there is heard within a minute, whether it calls or not."""

_MOST_BYTES = 1_000_000


class ConnectorHooks:
    """Hears connected billing systems.

    Raises:
        SettingsError: if one is only half described.
    """

    def __init__(self, application: Application, bodies: UnprovedBodies) -> None:
        self._application, self._bodies = application, bodies
        self._every = connectors_of(application.settings, machine_clock)

    @cached_property
    def router(self) -> APIRouter:
        """The address; each call proves by its signature from whom it comes."""
        router = APIRouter()

        @router.post(
            "/hooks/connector/{name}", status_code=204, response_model=None, include_in_schema=False
        )
        async def take_call(name: str, request: Request) -> Response:
            """Take in a signed call, as often as it comes."""
            if all(one.name != name for one in self._every):
                return Response(status_code=403)
            connectors = self._connectors(request.app.state.waking)
            try:
                where, stream = address_of(request), request.stream()
                async with self._bodies.whole(where, stream, _MOST_BYTES) as body:
                    await run_in_threadpool(connectors.heard, name, body, request.headers)
            except HttpProblem as problem:
                return problem.response()
            except UnsignedCallError:
                return Response(status_code=403)
            except ConnectorError:
                return Response(status_code=503)  # it comes again, and so does the next pull
            return Response(status_code=204)

        return router

    async def pulling(self, waking: WakeQueue) -> None:
        """Ask each system, again and again."""
        if not self._every:
            await asyncio.Event().wait()
        connectors = self._connectors(waking)
        while True:
            await asyncio.to_thread(connectors.pull_all)
            await asyncio.sleep(PULL_EVERY)

    def _connectors(self, waking: WakeQueue) -> Connectors:
        # Its own loop would be run from several threads; nothing here asks Temporal.
        application = replace(self._application)
        return Connectors(application, self._every, QueueStarter(waking.later), machine_clock)

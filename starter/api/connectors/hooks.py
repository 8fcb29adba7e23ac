"""The address that billing systems call, and the round that asks each of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from activities.cases.waking import ToWake
from activities.ports.connectors.connector import ConnectorError, UnsignedCallError
from adapters.runtime.machine import machine_clock
from adapters.wiring.billing.connectors import connectors_of
from starter.api.auth import address_of
from starter.api.errors import HttpProblem
from starter.api.hooks.bodies import UnprovedBodies
from starter.api.wake_queue import WakeQueue
from starter.application import Application
from starter.importing.connected.connectors import Connectors
from starter.importing.intake.deciding import Ready

PULL_EVERY = 30.0
"""Seconds: what happens there is heard within a minute, whether it calls or not."""

_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class _QueueStarter:
    """Starts workflows by the gateway's queue; who runs already is woken."""

    waking: WakeQueue

    def alive(self, creditor: str) -> set[str] | None:
        """Tell nothing: what is known already is looked after by the reconciler."""

    def start(self, ready: Iterator[list[Ready]], expected: int) -> int:
        """Start all cases behind the answer."""
        started = 0
        for some in ready:
            for one in some:
                news = ToWake(case=one.case, stage=one.decision.stage, is_over=one.over)
                self.waking.later(news)
                started += not one.over
        return started

    def wake(self, woken: Iterable[ToWake]) -> None:
        """Wake cases that heard something."""
        for one in woken:
            self.waking.later(one)


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
        return Connectors(application, self._every, _QueueStarter(waking), machine_clock)

"""The addresses without a key: what providers report, and the links that customers got."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter

from activities.inbound.rounds import WakeUp
from adapters.config.tokens import Tokens
from adapters.incoming.confirmations import Confirmations
from adapters.runtime.machine import machine_clock
from adapters.wiring.background import inbound_rounds
from adapters.wiring.customer_page import page_services
from starter.api.agencies.hooks import AgencyHooks
from starter.api.connectors.hooks import ConnectorHooks
from starter.api.hooks.bodies import UnprovedBodies
from starter.api.hooks.mail import mail_hooks
from starter.api.hooks.mollie import asking_round, mollie_hooks
from starter.api.hooks.stripe import stripe_hooks
from starter.api.hooks.twilio import twilio_hooks
from starter.api.wake_queue import WakeQueue
from starter.application import Application
from starter.page.door import PageParts
from starter.page.routes import page_routes

OFTEN = 60.0
"""Seconds after which the processor looks in although nobody rang: another process may have."""


class ProviderHooks:
    """The open addresses, and the processor that applies what comes in through them.

    Raises:
        SettingsError: if a part is named that cannot work.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._wake_up: WakeUp | None = None
        self._bodies = UnprovedBodies()
        self._connectors = ConnectorHooks(application, self._bodies)
        self._pages = page_services(application.engine, application.settings)
        self._rounds = inbound_rounds(application.engine, application.settings, machine_clock)

    @property
    def routers(self) -> tuple[APIRouter, ...]:
        """The addresses; each checks by itself who calls.

        Raises:
            SettingsError: if a provider's key cannot be one.
        """
        tokens = Tokens(self._application.settings.replies.secrets)
        confirmations = Confirmations(self._application.engine)
        bodies = self._bodies
        pages = self._pages
        return (
            mail_hooks(self._application, self._ring, bodies),
            twilio_hooks(self._application, self._ring, bodies),
            AgencyHooks(self._application, bodies).router,
            stripe_hooks(pages.online, bodies),
            mollie_hooks(pages.online, bodies),
            self._connectors.router,
            page_routes(
                PageParts(
                    application=self._application,
                    pages=pages,
                    tokens=tokens,
                    arrived=confirmations.confirm,
                    clock=machine_clock,
                    noticed=self._ring,
                )
            ),
        )

    async def processor(self, waking: WakeQueue) -> None:
        """Apply what comes in as soon as it is there, and wake its cases."""

        def wake(cases: Sequence[str]) -> None:
            for case in cases:
                waking.later(self._application.desk.look(case))

        self._wake_up = WakeUp(self._rounds, wake)
        try:
            while True:
                self._ring()
                await asyncio.sleep(OFTEN)
        finally:
            await asyncio.to_thread(self._wake_up.close)

    async def connectors(self, waking: WakeQueue) -> None:
        """Ask connected billing systems what changed."""
        await self._connectors.pulling(waking)

    async def payments(self, waking: WakeQueue) -> None:
        """Ask how payments stand that were begun online."""
        await asking_round(self._pages.online, waking)

    def _ring(self) -> None:
        if self._wake_up:
            self._wake_up.ring()

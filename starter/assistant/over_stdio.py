"""Serves one assistant on this machine, over its standard input and output."""

from __future__ import annotations

import asyncio

from mcp.server.stdio import stdio_server

from activities.ports.stores.gateway import ApiKey
from domain.errors import DomainError
from domain.parties.keys import KeyRole
from starter.application import Application
from starter.assistant.asking import on_behalf
from starter.assistant.protocol import assistant_server
from starter.assistant.tools import AssistantDesk


def serve_on_stdio(application: Application, secret: str, person: str) -> None:
    """Answer an assistant until its input ends; every act is checked and recorded as over HTTP.

    Raises:
        DomainError: if the key is not an assistant's, or the person is nobody of the team.
    """
    desk = AssistantDesk(application, on_behalf(application, _key(application, secret), person))
    server = assistant_server(lambda _context: _still_open(desk, secret))

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    asyncio.run(serve())


def _key(application: Application, secret: str) -> ApiKey:
    key = application.keys.holder(secret) if secret else None
    if key is None or key.role is not KeyRole.ASSISTANT:
        raise DomainError("the key is no assistant's, or was revoked", field="key")
    return key


def _still_open(desk: AssistantDesk, secret: str) -> AssistantDesk:
    """A key that is revoked while the assistant runs opens nothing from then on."""
    _key(desk.application, secret)
    return desk

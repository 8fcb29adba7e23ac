"""A gateway with assistants let in, one creditor with a team, and the official client."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from httpx import Client as HttpClient
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from adapters.config.settings import Settings
from adapters.config.settings_groups import ApiSettings
from adapters.ledger.core.engine import Engine
from adapters.ledger.tasks.team import put_colleague
from domain.parties.team import Role
from starter.api.app import Parts, gateway
from starter.api.rate_limit import TokenBuckets
from starter.application import Application
from starter.assistant.over_http import ADDRESS, PERSON, AssistantGate
from tests.starter.api.factories import Desk, Outside, Remembering, listening

_numbers = itertools.count(1)
ANN = "Ann Åker"


@dataclass(frozen=True)
class Answered:
    """What a tool answered."""

    told: Any
    text: str
    refused: bool


@dataclass(frozen=True)
class Assisted:
    """The assistant of a creditor, as the official client speaks to it."""

    client: Client

    async def call(self, tool: str, **given: Any) -> Answered:
        """Call a tool."""
        found = await self.client.call_tool(tool, given)
        text = "".join(getattr(part, "text", "") for part in found.content)
        return Answered(found.structured_content, text, found.is_error)


@pytest.fixture(scope="module")
def outside(engine: Engine) -> Iterator[Outside]:
    """The gateway with the assistants' address."""
    settings = Settings(api=ApiSettings(per_minute=100_000))
    application, temporal = Application(settings, engine), Remembering()
    gate = AssistantGate(application)
    app = gateway(
        Parts(
            application=application,
            connect=temporal.connect,
            routers=(gate.router,),
            started=(gate.serve,),
        )
    )
    app.state.gate.failures = TokenBuckets(10**9)
    with listening(app) as address, HttpClient(base_url=address, timeout=100) as client:
        yield Outside(app, client, engine, temporal)


@pytest.fixture
def desk(outside: Outside) -> Desk:
    """A creditor with Ann in its team, and a key of each role."""
    found = outside.desk(f"help-{os.getpid()}-{next(_numbers)}")
    put_colleague(outside.engine, found.creditor, ANN, Role.COLLECTOR)
    return found


@asynccontextmanager
async def assisted(desk: Desk, person: str = ANN, mode: str = "auto") -> AsyncIterator[Assisted]:
    """The official client with an assistant's key, for a person."""
    headers = {"Authorization": f"Bearer {desk.keys['assistant']}", PERSON: quote(person)}
    address = f"{desk.client.base_url}".rstrip("/") + ADDRESS
    async with (
        httpx2.AsyncClient(headers=headers, timeout=100) as http,
        Client(streamable_http_client(address, http_client=http), mode=mode) as client,
    ):
        yield Assisted(client)

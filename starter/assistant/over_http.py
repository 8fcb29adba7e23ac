"""Lets assistants in over HTTP, each by a key of its role and for a person of the team."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote

from fastapi import APIRouter
from mcp.server.context import ServerRequestContext
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from activities.ports.assistant.acts import OnBehalf
from domain.errors import DomainError
from domain.parties.keys import KeyRole
from starter.api.auth import KeyAuthenticator
from starter.api.errors import HttpProblem
from starter.api.wake_queue import WakeQueue
from starter.application import Application
from starter.assistant.asking import on_behalf
from starter.assistant.protocol import assistant_server
from starter.assistant.tools import AssistantDesk

PERSON = "Amicable-Person"
"""The header that names the person who asks; a name that is not ASCII is percent-encoded."""

ADDRESS = "/mcp"
_ASKED = "amicable.asked"


class AssistantRoute(KeyAuthenticator):
    """The assistants' address: a proposal counts once by its own id, so no answer is kept."""

    once = False


class AssistantGate:
    """Answers assistants over HTTP; every request stands for itself, so no session is held."""

    def __init__(self, application: Application) -> None:
        self._application = application
        server = assistant_server(self._desk_of)
        # One answer in JSON for each request: nothing is kept open between them.
        self._sessions = StreamableHTTPSessionManager(server, json_response=True, stateless=True)

    @property
    def router(self) -> APIRouter:
        """The address at which assistants ask."""
        router = APIRouter(route_class=AssistantRoute)
        router.add_api_route(
            ADDRESS,
            self._assist,
            methods=["POST"],
            include_in_schema=False,
            response_model=None,
            openapi_extra={"x-roles": [KeyRole.ASSISTANT]},
        )
        return router

    async def serve(self, _waking: WakeQueue) -> None:
        """Answer as long as the gateway runs."""
        async with self._sessions.run():
            await asyncio.Event().wait()

    async def _assist(self, request: Request) -> Response:
        request.scope[_ASKED] = await asyncio.to_thread(self._asked, request)
        body, kept = await request.body(), _Kept()

        async def replay() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        await self._sessions.handle_request(request.scope, replay, kept)
        return kept.response()

    def _asked(self, request: Request) -> OnBehalf:
        named = unquote(request.headers.get(PERSON, ""))
        try:
            return on_behalf(self._application, request.state.caller, named)
        except DomainError as reason:
            raise HttpProblem("forbidden", f"{PERSON}: {reason}") from None

    def _desk_of(self, context: ServerRequestContext[Any, Any]) -> AssistantDesk:
        if context.request is None:
            raise HttpProblem("unauthorized", "nobody asked")
        return AssistantDesk(self._application, context.request.scope[_ASKED])


class _Kept:
    """The answer, as the protocol's own part sends it."""

    def __init__(self) -> None:
        self._start: Message = {"status": 500, "headers": []}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._body += message.get("body", b"")

    def response(self) -> Response:
        """Make the response."""
        response = Response(self._body, status_code=self._start["status"])
        response.raw_headers = list(self._start["headers"])
        return response

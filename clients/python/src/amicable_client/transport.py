"""Asks the gateway surely: each command has an idempotency key, so it may be said again."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from amicable_client.problems import ProblemError, UnreachableError, problem_of

__all__ = ["Ask", "AsyncTransport", "Retries", "SyncTransport"]

_AGAIN = frozenset({408, 425, 429, 502, 503, 504})
_IN_PROGRESS = "urn:amicable:problem:in-progress"


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a request is made, and how long it is waited in between.

    Attributes:
        attempts: in all.
        first, longest: seconds of waiting; each wait is twice the one before, less a random part.
        deadline: seconds for all attempts together; nothing is tried that would begin later.
    """

    attempts: int = 5
    first: float = 0.5
    longest: float = 20.0
    deadline: float = 60.0

    def waits(self) -> Iterator[float]:
        """How long to wait after each attempt but the last."""
        for number in range(self.attempts - 1):
            # No secret hangs on it: it only keeps many callers from coming back at once.
            yield min(self.longest, self.first * 2**number) * random.uniform(0.5, 1)  # noqa: S311


@dataclass(frozen=True, slots=True)
class Ask:
    """One request.

    Attributes:
        path: with names in braces; at: what stands in their places.
        query: what is None is left out.
        body: a model, or the bytes of a file.
        idempotency_key: of a command; made anew if none is given.
        answer: the model of the answer.
    """

    method: str
    path: str
    answer: type[BaseModel]
    at: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: BaseModel | None = None
    idempotency_key: str | None = None

    def request(self, client: httpx.Client | httpx.AsyncClient) -> httpx.Request:
        """Make it; the very same may be sent several times."""
        path = self.path.format_map({name: quote(one, safe="") for name, one in self.at.items()})
        query = {name: _plain(one) for name, one in self.query.items() if one is not None}
        headers, content = {}, None
        if self.method != "GET":
            headers["Idempotency-Key"] = self.idempotency_key or str(uuid.uuid4())
        if self.body is not None:
            headers["Content-Type"] = "application/json"
            content = self.body.model_dump_json(exclude_unset=True)
        return client.build_request(
            self.method, path, params=query, headers=headers, content=content
        )


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(getattr(value, "value", value))


def _settings(url: str, key: str, timeout: float) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {key}", "User-Agent": "amicable-client"}
    return {"base_url": url, "headers": headers, "timeout": timeout}


def _judged(answer: httpx.Response) -> tuple[bool, ProblemError | None]:
    """Whether it is worth another try, and what is wrong; None if nothing is."""
    if answer.is_success:
        return False, None
    problem = problem_of(answer)
    return answer.status_code in _AGAIN or problem.type == _IN_PROGRESS, problem


class SyncTransport:
    """Makes requests, again where that is safe and helps.

    Args:
        url: the gateway's address.
        key: a key of `amicable key make`.
        timeout: seconds for one attempt.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        timeout: float = 30.0,
        retries: Retries | None = None,
        http: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = httpx.Client(**_settings(url, key, timeout), transport=http)
        self._retries = retries or Retries()
        self._sleep = sleep

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End."""
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def _ask(self, ask: Ask) -> Any:
        request, began = ask.request(self._client), time.monotonic()
        waits = self._retries.waits()
        while True:
            problem: ProblemError | UnreachableError | None
            try:
                answer = self._client.send(request)
                again, problem = _judged(answer)
            except httpx.TransportError as error:
                again, problem = True, UnreachableError(type(error).__name__)
            if problem is None:
                return ask.answer.model_validate_json(answer.content)
            wait = _next_wait(waits, problem)
            spent = time.monotonic() - began
            if not again or wait is None or spent + wait > self._retries.deadline:
                raise problem
            self._sleep(wait)


class AsyncTransport:
    """Makes requests with an event loop; the arguments are those of `SyncTransport`."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        timeout: float = 30.0,
        retries: Retries | None = None,
        http: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._client = httpx.AsyncClient(**_settings(url, key, timeout), transport=http)
        self._retries = retries or Retries()

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End."""
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _ask(self, ask: Ask) -> Any:
        request, began = ask.request(self._client), time.monotonic()
        waits = self._retries.waits()
        while True:
            problem: ProblemError | UnreachableError | None
            try:
                answer = await self._client.send(request)
                again, problem = _judged(answer)
            except httpx.TransportError as error:
                again, problem = True, UnreachableError(type(error).__name__)
            if problem is None:
                return ask.answer.model_validate_json(answer.content)
            wait = _next_wait(waits, problem)
            spent = time.monotonic() - began
            if not again or wait is None or spent + wait > self._retries.deadline:
                raise problem
            await asyncio.sleep(wait)


def _next_wait(waits: Iterator[float], problem: ProblemError | UnreachableError) -> float | None:
    """How long to wait: what the gateway asks for, if that is longer; None after the last try."""
    wait = next(waits, None)
    if wait is None:
        return None
    return max(wait, problem.retry_after) if isinstance(problem, ProblemError) else wait

"""Asks the gateway surely: each command has an idempotency key, so it may be said again."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Callable,
    Iterable,
    Iterator,
    Mapping,
)
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from amicable_client.lines import (
    Line,
    LineBatch,
    LineTold,
    batches,
    batches_async,
)
from amicable_client.problems import AGAIN, AmicableError, UnreachableError, problem_of

__all__ = ["Ask", "AsyncTransport", "Retries", "SyncTransport"]

Answer = TypeVar("Answer", bound=BaseModel)

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
        body: a model; lines: instead of it, a line of JSON for each of many.
        idempotency_key: of a command; made anew if none is given.
        answer: the model of the answer.
    """

    method: str
    path: str
    answer: type[BaseModel]
    at: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: BaseModel | None = None
    lines: str | None = None
    idempotency_key: str | None = None

    def request(self, client: httpx.Client | httpx.AsyncClient) -> httpx.Request:
        """Make it; the very same may be sent several times."""
        path = self.path.format_map({name: quote(one, safe="") for name, one in self.at.items()})
        query = {name: _plain(one) for name, one in self.query.items() if one is not None}
        headers, content = {}, self.lines
        if self.lines is not None:
            headers["Content-Type"] = "application/x-ndjson"
        elif self.method != "GET":
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


class _Tries:
    """The tries of one request: how long to wait for the next, or why there is none."""

    def __init__(self, retries: Retries) -> None:
        self._waits, self._until = retries.waits(), time.monotonic() + retries.deadline

    def lost(self, error: httpx.TransportError) -> float:
        """Tell how long to wait where no answer came; raise that if it was the last try."""
        return self._next(UnreachableError(type(error).__name__))

    def refused(self, answer: httpx.Response) -> float:
        """Tell how long to wait after a no, as long as the gateway asks for; else raise it."""
        problem = problem_of(answer)
        if answer.status_code not in AGAIN and problem.type != _IN_PROGRESS:
            raise problem
        return self._next(problem, problem.retry_after)

    def _next(self, problem: AmicableError, least: float = 0.0) -> float:
        wait = next(self._waits, None)
        if wait is None or time.monotonic() + max(wait, least) > self._until:
            raise problem
        return max(wait, least)


class SyncTransport:
    """Makes requests, again where that is safe and helps.

    Args:
        url: the gateway's address.
        key: a key of `amicable key create`.
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
        return ask.answer.model_validate_json(self._send(ask).content)

    def _lines(
        self, path: str, answer: type[Answer], lines: Iterable[LineTold]
    ) -> Iterator[Line[LineTold, Answer]]:
        """Say many things, some hundred at a time, and tell what became of each in its order."""
        for told in batches(lines):
            batch = LineBatch(told, answer, self._retries.waits())
            while (content := batch.content()) is not None:
                try:
                    said = self._send(Ask("POST", path, answer, lines=content))
                except AmicableError as error:
                    batch.refused(error)
                else:
                    self._sleep(batch.answered(said.text))
            yield from batch.lines

    def _send(self, ask: Ask) -> httpx.Response:
        request, tries = ask.request(self._client), _Tries(self._retries)
        while True:
            try:
                answer = self._client.send(request)
            except httpx.TransportError as error:
                self._sleep(tries.lost(error))
                continue
            if answer.is_success:
                return answer
            self._sleep(tries.refused(answer))


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
        return ask.answer.model_validate_json((await self._send(ask)).content)

    async def _lines(
        self,
        path: str,
        answer: type[Answer],
        lines: Iterable[LineTold] | AsyncIterable[LineTold],
    ) -> AsyncIterator[Line[LineTold, Answer]]:
        """Say many things, some hundred at a time, and tell what became of each in its order."""
        async for told in batches_async(lines):
            batch = LineBatch(told, answer, self._retries.waits())
            while (content := batch.content()) is not None:
                try:
                    said = await self._send(Ask("POST", path, answer, lines=content))
                except AmicableError as error:
                    batch.refused(error)
                else:
                    await asyncio.sleep(batch.answered(said.text))
            for line in batch.lines:
                yield line

    async def _send(self, ask: Ask) -> httpx.Response:
        request, tries = ask.request(self._client), _Tries(self._retries)
        while True:
            try:
                answer = await self._client.send(request)
            except httpx.TransportError as error:
                await asyncio.sleep(tries.lost(error))
                continue
            if answer.is_success:
                return answer
            await asyncio.sleep(tries.refused(answer))

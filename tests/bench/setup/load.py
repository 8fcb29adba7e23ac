"""Fifty programs that ask at once: how long the slow ones of their requests take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import quantiles

import httpx

CLIENTS = 50
EACH = 20
WARM = 2
"""Requests of each client that are not counted: connections are made, pools are filled."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one round of requests took.

    Attributes:
        p95: seconds that 95 of 100 requests took at most.
        rate: requests in a second, all clients together.
    """

    p95: float
    rate: float


Ask = Callable[[httpx.AsyncClient, int], Awaitable[httpx.Response]]
"""One request, by its number."""


async def load(
    url: str, ask: Ask, headers: dict[str, str] | None = None, count: int = CLIENTS
) -> Load:
    """Let so many clients ask, each on a connection of its own, one request after the other."""
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        clients = [
            group.create_task(_client(url, ask, headers or {}, number)) for number in range(count)
        ]
    seconds = time.perf_counter() - began
    took = [one for client in clients for one in client.result()]
    return Load(p95=quantiles(took, n=20)[-1], rate=count * (EACH + WARM) / seconds)


async def _client(url: str, ask: Ask, headers: dict[str, str], number: int) -> list[float]:
    took = []
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as client:
        for turn in range(EACH + WARM):
            began = time.perf_counter()
            answer = await ask(client, number * (EACH + WARM) + turn)
            took.append(time.perf_counter() - began)
            if answer.status_code >= 300:
                raise RuntimeError(f"answered {answer.status_code}: {answer.text[:200]}")
    return took[WARM:]

"""The address that Mollie calls with the id of a payment, and the round that asks without a call.

Anybody can write an id into a call: nothing of it is believed but that it may be worth asking, and
only what we began ourselves is asked about.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from activities.cases.waking import ToWake
from activities.ports.online.provider import PayUnavailableError
from adapters.wiring.online import MOLLIE, MOLLIE_HOOK, OnlineServices
from starter.api.auth import address_of
from starter.api.errors import HttpProblem
from starter.api.hooks.bodies import UnprovedBodies
from starter.api.wake_queue import WakeQueue

LOOK_EVERY = 60.0
"""Seconds between two rounds."""

_MOST_BYTES = 4_000


def mollie_hooks(online: OnlineServices, bodies: UnprovedBodies | None = None) -> APIRouter:
    """Make the route that Mollie calls.

    Raises:
        SettingsError: if an account is only half described.
    """
    router, kept = APIRouter(), bodies or UnprovedBodies()
    any_account = online.providers.any_of(MOLLIE)

    @router.post(MOLLIE_HOOK, response_model=None, include_in_schema=False)
    async def take_call(request: Request) -> Response:
        """Ask how a payment of ours stands; an unknown one gets the same answer."""
        if not any_account:
            return Response(status_code=403)
        try:
            async with kept.whole(address_of(request), request.stream(), _MOST_BYTES) as body:
                woken = await run_in_threadpool(_asked_about, online, body)
        except HttpProblem as problem:
            return problem.response()
        except PayUnavailableError:
            return Response(status_code=503)  # it calls again
        for one in woken:
            request.app.state.waking.later(one)
        return Response(status_code=200)

    return router


async def asking_round(online: OnlineServices, waking: WakeQueue) -> None:
    """Ask about orders that nobody called about, again and again."""
    if not online.providers.any_of(MOLLIE):
        await asyncio.Event().wait()
    while True:
        for one in await asyncio.to_thread(online.looks.round):
            waking.later(one)
        await asyncio.sleep(LOOK_EVERY)


def _asked_about(online: OnlineServices, body: bytes) -> Sequence[ToWake]:
    ids = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10).get("id", [""])
    return online.looks.called_about(MOLLIE, ids[0])

"""The address that Stripe calls; only what it signed moves money."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from activities.cases.waking import ToWake
from activities.ports.online.provider import UnsignedNewsError
from adapters.wiring.online import STRIPE, OnlineServices
from starter.api.auth import address_of
from starter.api.errors import HttpProblem
from starter.api.hooks.bodies import UnprovedBodies

_PATH = "/hooks/stripe"
_SIGNATURE = "stripe-signature"

_MOST_BYTES = 1_000_000


def stripe_hooks(online: OnlineServices, bodies: UnprovedBodies | None = None) -> APIRouter:
    """Make the route that Stripe calls.

    Raises:
        SettingsError: if an account is only half described.
    """
    router, kept = APIRouter(), bodies or UnprovedBodies()
    any_account = online.providers.any_of(STRIPE)

    @router.post(_PATH, status_code=204, response_model=None, include_in_schema=False)
    async def take_news(request: Request) -> Response:
        """Take in signed news of payments, in any order, as often as they come."""
        if not any_account or _SIGNATURE not in request.headers:
            return Response(status_code=403)
        try:
            async with kept.whole(address_of(request), request.stream(), _MOST_BYTES) as body:
                woken = await run_in_threadpool(_taken_in, online, body, request)
        except HttpProblem as problem:
            return problem.response()
        except UnsignedNewsError:
            return Response(status_code=403)
        for one in woken:
            request.app.state.waking.later(one)
        return Response(status_code=204)

    return router


def _taken_in(online: OnlineServices, body: bytes, request: Request) -> Sequence[ToWake]:
    """Money of a creditor comes by its own account only: another's secret signs nothing of it."""
    accounts, news = online.providers.read(STRIPE, body, request.headers)
    order = online.money.order_of(STRIPE, news) if news else None
    if news is None or order is None:
        return ()
    if online.providers.account_of(order.creditor, STRIPE) not in accounts:
        raise UnsignedNewsError
    return online.money.take_in(order, news)

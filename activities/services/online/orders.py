"""Opens places to pay for customers; nothing is settled by opening or leaving one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from activities.ports.clock import Clock
from activities.ports.online.provider import (
    AskedProvider,
    PaymentProvider,
    PayOrder,
    PayUnavailableError,
)
from activities.ports.stores.page.online import OnlineOrder, OnlineOrderStore
from domain.decision.state import CaseState
from domain.money import Money

PAYABLE_FOR = timedelta(minutes=35)
"""So long a sum can be paid; then it is asked for anew. Stripe's shortest is 30 minutes."""

_STILL_WORTH = timedelta(minutes=5)

_LOOKS = tuple(
    timedelta(minutes=minutes)
    for minutes in (10, 40, 3 * 60, 24 * 60, 3 * 24 * 60, 7 * 24 * 60, 15 * 24 * 60)
)
"""Ages at which a provider that only calls is asked by us: a call may be lost, and a debit that has
only begun is not called about at all."""

ProviderOf = Callable[[str], PaymentProvider | None]
"""Finds the provider of a creditor; None if nothing of it can be paid online."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantsToPay:
    """A customer who sets out to pay.

    Attributes:
        states: the invoices that it is for, in the order in which the money is shared out.
        title: what it is for, as the customer reads it; return_url: where to come back to.
    """

    states: Sequence[CaseState]
    amount: Money
    title: str
    language: str
    return_url: str


def next_look(begun: datetime, now: datetime) -> datetime | None:
    """Tell when to ask how an order stands that was begun then; None when it was asked enough."""
    return next((begun + age for age in _LOOKS if begun + age > now), None)


class OnlineOrderService:
    """Lets customers pay online what is asked of them."""

    def __init__(self, store: OnlineOrderStore, provider_of: ProviderOf, clock: Clock) -> None:
        self._store = store
        self._provider_of = provider_of
        self._clock = clock

    def provider(self, creditor: str) -> str:
        """Name the provider of a creditor as customers read it; empty without one."""
        found = self._provider_of(creditor)
        return found.label if found else ""

    def begin(self, wanted: WantsToPay) -> str:
        """Open a place to pay and answer its address; asked again, it is the same place.

        What the customer could pay before and is asked for no more is closed.

        Raises:
            PayUnavailableError: if there is none now.
        """
        invoice, now = wanted.states[0].invoice, self._clock()
        provider = self._provider_of(invoice.creditor)
        if provider is None:
            raise PayUnavailableError
        cases = tuple(state.invoice.case_id for state in wanted.states)
        same = self._same_place(provider, wanted, cases, now)
        if same:
            return same
        order = OnlineOrder(
            id=str(uuid4()),
            creditor=invoice.creditor,
            customer=invoice.customer,
            provider=provider.name,
            cases=cases,
            amount=wanted.amount,
            at=now,
            until=now + PAYABLE_FOR,
            look_at=next_look(now, now) if isinstance(provider, AskedProvider) else None,
        )
        self._store.add(order)
        return self._placed(provider, order, wanted)

    def _same_place(
        self, provider: PaymentProvider, wanted: WantsToPay, cases: tuple[str, ...], now: datetime
    ) -> str:
        """Find where the same is paid already, and close what is asked for no more."""
        invoice = wanted.states[0].invoice
        for before in self._store.waiting(invoice.creditor, invoice.customer, now):
            if before.provider != provider.name:
                continue
            asks_the_same = (before.cases, before.amount) == (cases, wanted.amount)
            if asks_the_same and before.url and before.until - now > _STILL_WORTH:
                return before.url
            if before.reference and set(before.cases) & set(cases):
                with contextlib.suppress(PayUnavailableError):  # it closes by itself soon
                    provider.end(before.reference)
        return ""

    def _placed(self, provider: PaymentProvider, order: OnlineOrder, wanted: WantsToPay) -> str:
        place = provider.begin(
            PayOrder(
                id=order.id,
                amount=order.amount,
                title=wanted.title,
                language=wanted.language,
                return_url=wanted.return_url,
                until=order.until,
            )
        )
        self._store.placed(order.id, place.reference, place.url)
        return place.url

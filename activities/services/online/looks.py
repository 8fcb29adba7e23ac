"""Asks providers how payments stand that nobody called about, or that somebody called about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from activities.cases.waking import ToWake
from activities.ports.clock import Clock
from activities.ports.online.provider import AskedProvider, PayUnavailableError
from activities.ports.stores.page.online import OnlineOrder, OnlineOrderStore
from activities.ports.types import BusyError
from activities.services.online.money import OnlineMoneyService
from activities.services.online.orders import next_look

_AT_ONCE = 100
"""Orders that one round asks about; the rest is asked about in the next."""

_log = structlog.get_logger("amicable.online")


@dataclass(frozen=True, kw_only=True)
class OnlineLookService:
    """Asks how orders stand.

    Attributes:
        asked: finds who is asked about an order; None if nobody can be.
    """

    store: OnlineOrderStore
    money: OnlineMoneyService
    asked: Callable[[OnlineOrder], AskedProvider | None]
    clock: Clock

    def called_about(self, provider: str, reference: str) -> tuple[ToWake, ...]:
        """Hear that a payment changed; what is no payment of ours is not asked about.

        Raises:
            PayUnavailableError: if the provider does not answer.
            BusyError: if somebody held the account too long.
        """
        order = self.store.by_reference(provider, reference)
        found = self.asked(order) if order else None
        return self.money.ask(found, order) if order and found else ()

    def round(self) -> tuple[ToWake, ...]:
        """Ask about every order whose time has come; one that fails is asked about again later."""
        woken, now = list[ToWake](), self.clock()
        for order in self.store.to_look(now, _AT_ONCE):
            provider = self.asked(order)
            # Kept first: an order that cannot be read holds up no other one.
            self.store.look_at(order.id, next_look(order.at, now) if provider else None)
            if provider is None:
                continue
            try:
                woken.extend(self.money.ask(provider, order))
            except (PayUnavailableError, BusyError) as error:
                _log.warning("order not asked about", order=order.id, why=type(error).__name__)
        return tuple(woken)

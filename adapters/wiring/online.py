"""Puts together paying online: each creditor's provider, its orders, and what it signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Engine

from activities.ports.clock import Clock
from activities.ports.online.provider import PaymentProvider, PayNews, UnsignedNewsError
from activities.services.online.money import OnlineMoneyService
from activities.services.online.orders import OnlineOrderService
from adapters.config.creditors import own_settings
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.page.online import SqlOnlineOrders
from adapters.ledger.stores.payments import SqlPaymentStore
from adapters.wiring.choose import told_as_settings

_SHARED = ""
"""Stands for the creditors without an account of their own."""


class OnlineProviders:
    """The providers by creditor: an account of one's own, else that of the installation.

    Raises:
        SettingsError: if an account is only half described.
    """

    def __init__(self, settings: Settings) -> None:
        own = own_settings(settings)
        found = {_SHARED: _provider(settings)}
        found |= {
            who: _provider(one.settings) for who, one in own.items() if "stripe" in one.groups
        }
        self._by_creditor = {who: one for who, one in found.items() if one}
        self._own = frozenset(who for who, one in own.items() if "stripe" in one.groups)

    def __bool__(self) -> bool:
        return bool(self._by_creditor)

    def of(self, creditor: str) -> PaymentProvider | None:
        """Find the provider of a creditor; None if nothing of it can be paid online."""
        return self._by_creditor.get(self.account_of(creditor))

    def account_of(self, creditor: str) -> str:
        """Tell whose account a creditor's payments come to."""
        return creditor if creditor in self._own else _SHARED

    def read(
        self, body: bytes, headers: Mapping[str, str]
    ) -> tuple[frozenset[str], str, PayNews | None]:
        """Read news; answers whose accounts they may be about, and the provider's name.

        Raises:
            UnsignedNewsError: if no account's secret signed them.
        """
        accounts, read = set[str](), list[tuple[str, PayNews | None]]()
        for account, provider in self._by_creditor.items():
            try:
                read.append((provider.name, provider.read(body, headers)))
            except UnsignedNewsError:
                continue
            accounts.add(account)
        if not read:
            raise UnsignedNewsError
        return frozenset(accounts), *read[0]


def _provider(settings: Settings) -> PaymentProvider | None:
    told = settings.stripe
    key = told.api_key.get_secret_value()
    if not key:
        return None
    # Whoever has no account at Stripe loads nothing of its library.
    from adapters.stripe.checkout import StripeCheckout  # noqa: PLC0415

    secrets = (told.webhook_secret.get_secret_value(), told.old_webhook_secret.get_secret_value())
    return told_as_settings(lambda: StripeCheckout(key, secrets, told.base_url))


@dataclass(frozen=True)
class OnlineServices:
    """Paying online, on one ledger."""

    engine: Engine
    settings: Settings
    clock: Clock

    @cached_property
    def providers(self) -> OnlineProviders:
        """Who takes payments for whom."""
        return OnlineProviders(self.settings)

    @cached_property
    def orders(self) -> OnlineOrderService:
        """Opens places to pay."""
        return OnlineOrderService(SqlOnlineOrders(self.engine), self.providers.of, self.clock)

    @cached_property
    def money(self) -> OnlineMoneyService:
        """Takes in what providers signed."""
        return OnlineMoneyService(
            store=SqlOnlineOrders(self.engine),
            ledger=SqlLedger(self.engine),
            payments=SqlPaymentStore(self.engine),
            clock=self.clock,
        )

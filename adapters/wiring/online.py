"""Puts together paying online: each creditor's provider, its orders, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from sqlalchemy import Engine

from activities.ports.clock import Clock
from activities.ports.online.provider import (
    AskedProvider,
    PaymentProvider,
    PayNews,
    SigningProvider,
    UnsignedNewsError,
)
from activities.ports.stores.page.online import OnlineOrder
from activities.services.online.looks import OnlineLookService
from activities.services.online.money import OnlineMoneyService
from activities.services.online.orders import OnlineOrderService
from adapters.config.creditors import own_settings
from adapters.config.environment import SettingsError
from adapters.config.settings import Settings
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.page.online import SqlOnlineOrders
from adapters.ledger.stores.payments import SqlPaymentStore
from adapters.mollie.checkout import MollieCheckout
from adapters.wiring.choose import told_as_settings

STRIPE, MOLLIE = "stripe", "mollie"
MOLLIE_HOOK = "/hooks/mollie"
"""Where Mollie calls; each payment tells it so."""

_SHARED = ""
"""Stands for the creditors without an account of their own."""


class OnlineProviders:
    """The providers by creditor: accounts of one's own, else those of the installation.

    Raises:
        SettingsError: if an account is only half described, or two have nothing to choose by.
    """

    def __init__(self, settings: Settings) -> None:
        self._accounts = {_SHARED: _Account(settings, (STRIPE, MOLLIE))}
        for creditor, own in own_settings(settings).items():
            if groups := own.groups & {STRIPE, MOLLIE}:
                self._accounts[creditor] = _Account(own.settings, groups)

    def any_of(self, name: str) -> bool:
        """Whether any account is one of a provider."""
        return any(name in one.providers for one in self._accounts.values())

    def of(self, creditor: str) -> PaymentProvider | None:
        """Find who takes a creditor's payments; None if nothing of it can be paid online."""
        return self._accounts.get(creditor, self._accounts[_SHARED]).takes

    def asked(self, order: OnlineOrder) -> AskedProvider | None:
        """Find who is asked how an order stands; None if nobody can be."""
        account = self._accounts[self.account_of(order.creditor, order.provider)]
        found = account.providers.get(order.provider)
        return found if isinstance(found, AskedProvider) else None

    def account_of(self, creditor: str, provider: str) -> str:
        """Tell whose account a creditor's payments come to by a provider."""
        own = self._accounts.get(creditor)
        return creditor if own and provider in own.providers else _SHARED

    def read(
        self, name: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[frozenset[str], PayNews | None]:
        """Read signed news of a provider; answers whose accounts they may be about.

        Raises:
            UnsignedNewsError: if no account's secret signed them.
        """
        accounts, read = set[str](), list[PayNews | None]()
        for account, one in self._accounts.items():
            provider = one.providers.get(name)
            if not isinstance(provider, SigningProvider):
                continue
            try:
                read.append(provider.read(body, headers))
            except UnsignedNewsError:
                continue
            accounts.add(account)
        if not read:
            raise UnsignedNewsError
        return frozenset(accounts), read[0]


class _Account:
    """The providers of one creditor, or of the installation, and the one that takes payments."""

    def __init__(self, settings: Settings, groups: Iterable[str]) -> None:
        made = {name: _PROVIDERS[name](settings) for name in groups}
        self.providers = {name: one for name, one in made.items() if one}
        self.takes = self._chosen(settings.pay_with)

    def _chosen(self, wanted: str) -> PaymentProvider | None:
        if wanted in self.providers:
            return self.providers[wanted]
        if len(self.providers) > 1:
            names = " or ".join(sorted(self.providers))
            raise SettingsError(f"AMICABLE_PAY_WITH: say which takes new payments, {names}")
        return next(iter(self.providers.values()), None)


def _stripe(settings: Settings) -> PaymentProvider | None:
    told = settings.stripe
    key = told.api_key.get_secret_value()
    if not key:
        return None
    # Whoever has no account at Stripe loads nothing of its library.
    from adapters.stripe.checkout import StripeCheckout  # noqa: PLC0415

    secrets = (told.webhook_secret.get_secret_value(), told.old_webhook_secret.get_secret_value())
    return told_as_settings(lambda: StripeCheckout(key, secrets, told.base_url))


def _mollie(settings: Settings) -> PaymentProvider | None:
    told = settings.mollie
    key = told.api_key.get_secret_value()
    if not key:
        return None
    public = settings.api.public_url.rstrip("/")
    hook = f"{public}{MOLLIE_HOOK}" if public else ""
    return told_as_settings(lambda: MollieCheckout(key, hook, told.base_url))


_PROVIDERS: Mapping[str, Callable[[Settings], PaymentProvider | None]] = MappingProxyType(
    {STRIPE: _stripe, MOLLIE: _mollie}
)


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
        """Takes in what providers signed, or answered."""
        return OnlineMoneyService(
            store=SqlOnlineOrders(self.engine),
            ledger=SqlLedger(self.engine),
            payments=SqlPaymentStore(self.engine),
            clock=self.clock,
        )

    @cached_property
    def looks(self) -> OnlineLookService:
        """Asks how orders stand, of those who only call."""
        return OnlineLookService(
            store=SqlOnlineOrders(self.engine),
            money=self.money,
            asked=self.providers.asked,
            clock=self.clock,
        )

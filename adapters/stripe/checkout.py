"""Opens Stripe's payment pages, for creditors that are paid through Stripe."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

import stripe
from stripe.params.checkout import SessionCreateParams

from activities.ports.online.provider import PayNews, PayOrder, PayPlace, PayUnavailableError
from adapters.http.address_checks import safe_url
from adapters.stripe.amounts import stripe_amount
from adapters.stripe.client import stripe_client
from adapters.stripe.events import ORDER_KEY, STRIPE_SOURCE, stripe_news

_LANGUAGES = frozenset({"de", "en", "es", "fr", "it", "nl", "pl", "ro", "ru", "sv"})
"""Those of ours that Stripe's pages speak; all of them, as it happens."""


class StripeCheckout:
    """Payments by Stripe Checkout.

    Args:
        api_key: the account's secret or restricted key.
        webhook_secrets: those that news may be signed with; more than one while they change.
        base_url: another address than Stripe's own, for stand-ins; https, or this machine.

    Raises:
        ValueError: if a key is missing, or the address is not safe.
    """

    name, label = STRIPE_SOURCE, "Stripe"

    def __init__(self, api_key: str, webhook_secrets: tuple[str, ...], base_url: str) -> None:
        if not api_key:
            raise ValueError("stripe.api_key: missing; copy it from Stripe's dashboard")
        if not any(webhook_secrets):
            raise ValueError("stripe.webhook_secret: missing; without it no payment is believed")
        self._key = api_key
        self._secrets = tuple(filter(None, webhook_secrets))
        self._base = safe_url(base_url, "stripe.base_url")

    @cached_property
    def _client(self) -> stripe.StripeClient:
        return stripe_client(self._key, self._base)

    def begin(self, order: PayOrder) -> PayPlace:
        """Open a place to pay; Stripe answers the same order with the same place.

        Raises:
            PayUnavailableError: if Stripe cannot be reached, or refuses.
        """
        try:
            made = self._client.v1.checkout.sessions.create(
                _asked(order), options={"idempotency_key": order.id}
            )
        except stripe.StripeError as error:
            raise PayUnavailableError(type(error).__name__) from None
        if not made.url:
            raise PayUnavailableError("no address")
        return PayPlace(reference=made.id, url=made.url)

    def end(self, reference: str) -> None:
        """Close a place; one that was paid or has ended stays as it is.

        Raises:
            PayUnavailableError: if Stripe cannot be reached.
        """
        with contextlib.suppress(stripe.InvalidRequestError):
            try:
                self._client.v1.checkout.sessions.expire(reference)
            except stripe.APIConnectionError as error:
                raise PayUnavailableError(type(error).__name__) from None

    def read(self, body: bytes, headers: Mapping[str, str]) -> PayNews | None:
        """Read news that Stripe signed; None for what is about no payment.

        Raises:
            UnsignedNewsError: if it was not signed with our secret, or longer than 5 minutes ago.
        """
        return stripe_news(body, headers.get("stripe-signature", ""), self._secrets)


def _asked(order: PayOrder) -> SessionCreateParams:
    """One line with the sum that the page shows; our id goes with the session and the payment."""
    ours = {ORDER_KEY: order.id}
    told: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": order.id,
        "metadata": ours,
        "payment_intent_data": {"metadata": ours, "description": order.title},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": order.amount.currency.lower(),
                    "unit_amount": stripe_amount(order.amount),
                    "product_data": {"name": order.title},
                },
            }
        ],
        "locale": order.language if order.language in _LANGUAGES else "auto",
        "success_url": order.return_url,
        "cancel_url": order.return_url,
        "expires_at": int(order.until.timestamp()),
    }
    return cast("SessionCreateParams", told)

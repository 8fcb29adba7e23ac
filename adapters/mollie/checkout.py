"""Opens Mollie's payment pages, for creditors that are paid through Mollie.

Held against docs.mollie.com/reference/create-payment, /get-payment and /cancel-payment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import httpx

from activities.ports.online.provider import PayNews, PayOrder, PayPlace, PayUnavailableError
from adapters.http.address_checks import safe_url
from adapters.http.calls import TIMEOUT, silence_vendor_logs
from adapters.mollie.payments import MOLLIE_ORDER, MOLLIE_SOURCE, mollie_news

PAYMENT_ID = re.compile(r"tr_[A-Za-z0-9]{1,60}")
"""How Mollie writes the id of a payment: nothing else is asked about."""

_LOCALES = MappingProxyType(
    {
        "de": "de_DE",
        "en": "en_GB",
        "es": "es_ES",
        "fr": "fr_FR",
        "it": "it_IT",
        "nl": "nl_NL",
        "pl": "pl_PL",
        "sv": "sv_SE",
    }
)
"""Those of ours that Mollie's pages speak; for the others it asks the browser."""

_LONGEST_DESCRIPTION = 255
_PAYMENTS = "/v2/payments"
_WITH = MappingProxyType({"embed": "refunds,chargebacks"})


class MollieCheckout:
    """Payments by Mollie's payment page.

    Args:
        api_key: the profile's key, `live_…` or `test_…`.
        webhook_url: our address that Mollie calls when a payment changes.
        base_url: another address than Mollie's own, for stand-ins; https, or this machine.

    Raises:
        ValueError: if the key or our address is missing, or an address is not safe.
    """

    name, label = MOLLIE_SOURCE, "Mollie"

    def __init__(self, api_key: str, webhook_url: str, base_url: str) -> None:
        if not api_key:
            raise ValueError("mollie.api_key: missing; copy it from Mollie's dashboard")
        if not webhook_url:
            raise ValueError("mollie.api_key also needs AMICABLE_API__PUBLIC_URL: Mollie calls it")
        self._key = api_key
        self._webhook = webhook_url
        self._base = safe_url(base_url, "mollie.base_url")

    @cached_property
    def _client(self) -> httpx.Client:
        silence_vendor_logs()
        headers = {"Authorization": f"Bearer {self._key}"}
        # What Mollie answers is believed only from where it was asked: no redirects.
        return httpx.Client(base_url=self._base, headers=headers, timeout=TIMEOUT)

    def begin(self, order: PayOrder) -> PayPlace:
        """Open a place to pay; Mollie answers the same order with the same place.

        Raises:
            PayUnavailableError: if Mollie cannot be reached, or refuses.
        """
        once = {"Idempotency-Key": order.id}
        made = self._call("POST", _PAYMENTS, json=self._asked(order), headers=once)
        try:
            reference, url = str(made["id"]), safe_url(made["_links"]["checkout"]["href"], "url")
        except (LookupError, TypeError, AttributeError, ValueError):
            raise PayUnavailableError("no address") from None
        if not PAYMENT_ID.fullmatch(reference):
            raise PayUnavailableError("no payment")
        return PayPlace(reference=reference, url=url)

    def end(self, reference: str) -> None:
        """Close a place; one that Mollie lets nobody cancel any more stays as it is.

        Raises:
            PayUnavailableError: if Mollie cannot be reached.
        """
        final = (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND)
        self._call("DELETE", f"{_PAYMENTS}/{reference}", taken=final)

    def look(self, reference: str) -> Sequence[PayNews]:
        """Ask how a payment stands, with all that went back of it.

        Raises:
            PayUnavailableError: if Mollie does not answer, or knows no such payment.
        """
        if not PAYMENT_ID.fullmatch(reference):
            raise PayUnavailableError("no payment")
        told = self._call("GET", f"{_PAYMENTS}/{reference}", params=_WITH)
        if not isinstance(told, Mapping) or told.get("id") != reference:
            raise PayUnavailableError("Mollie answers about another payment")
        return mollie_news(told)

    def _asked(self, order: PayOrder) -> dict[str, Any]:
        """The sum that the page shows; our id goes along, and nobody's name or address."""
        amount = {"currency": order.amount.currency, "value": order.amount.plain}
        asked: dict[str, Any] = {
            "amount": amount,
            "description": order.title[:_LONGEST_DESCRIPTION],
            "redirectUrl": order.return_url,
            "webhookUrl": self._webhook,
            "metadata": {MOLLIE_ORDER: order.id},
        }
        spoken = _LOCALES.get(order.language)
        return asked | ({"locale": spoken} if spoken else {})

    def _call(self, method: str, path: str, taken: Sequence[int] = (), **told: Any) -> Any:
        """Call and read the answer; an error says its status alone."""
        try:
            answer = self._client.request(method, path, **told)
            if answer.status_code in taken:
                return None
            if not answer.is_success:
                raise PayUnavailableError(f"Mollie answers {answer.status_code}")
            return answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise PayUnavailableError(type(error).__name__) from None

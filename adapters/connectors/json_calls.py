"""Calls a billing system's JSON interface: one deadline, and errors that tell no secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import httpx

from activities.ports.connectors.connector import ConnectorError, UnsignedCallError
from adapters.http.address_checks import safe_url
from adapters.http.calls import TIMEOUT, silence_vendor_logs
from domain.errors import DomainError
from domain.money import Money, parse_money

ONE_PAGE = 200
"""Documents that are asked for at once."""

_REFUSED = 400


class JsonCalls:
    """Calls one system.

    Raises:
        ValueError: if the address is not safe for secrets.
    """

    def __init__(self, kind: str, url: str, headers: Mapping[str, str] | None = None) -> None:
        self._kind = kind
        silence_vendor_logs()
        base = safe_url(url, f"{kind}.url")
        # What a system answers is believed only from where it was asked.
        self._client = httpx.Client(base_url=base, headers=headers, timeout=TIMEOUT)

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: object | None = None,
    ) -> Any:
        """Call and read the answer.

        Raises:
            ConnectorError: if there is none, or it says no; it names status and path alone.
        """
        try:
            answer = self._client.request(method, path, params=params, json=body)
        except httpx.HTTPError as error:
            what = f"{self._kind} cannot be reached ({type(error).__name__})"
            raise ConnectorError(what) from None
        if answer.status_code >= _REFUSED:
            raise ConnectorError(f"{self._kind} answers {answer.status_code} to {method} {path}")
        try:
            return answer.json()
        except ValueError:
            raise ConnectorError(f"{self._kind} answers no JSON to {method} {path}") from None


def refuse_unsigned(body: bytes, given: str, secret: str) -> None:
    """Check a signature: HMAC-SHA256 of the body, in Base64.

    Raises:
        UnsignedCallError: if it is another, or no secret is known.
    """
    made = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    right = base64.b64encode(made)
    if not secret or not hmac.compare_digest(right, given.encode("utf-8", "replace")):
        raise UnsignedCallError


def decimal_money(told: object, currency: str) -> Money:
    """Read a number of JSON as money, rounded to what the currency has.

    Raises:
        DomainError: if it is none.
    """
    text = f"{Decimal(str(told)):f}"
    try:
        return parse_money(text, currency)
    except DomainError:
        # Some systems keep more decimals than are paid: 119.000000001.
        digits = len(Money(0, currency).plain.partition(".")[2])
        return parse_money(f"{round(Decimal(text), digits):f}", currency)


def told_day(told: object) -> date | None:
    """Read a day of ISO 8601; None if there is none."""
    return date.fromisoformat(str(told)[:10]) if told else None

"""Writes amounts as Stripe counts them: nearly always in the minor unit of ISO 4217."""

from __future__ import annotations

from decimal import Decimal

from activities.ports.online.provider import PayUnavailableError
from domain.money import Money, minor_digits

_OTHERWISE = {"ISK": 2, "UGX": 2, "MGA": 0}
"""Digits that Stripe counts with where ISO 4217 has others; docs.stripe.com/currencies."""

_THREE_DIGITS = 3


def stripe_amount(amount: Money) -> int:
    """Count an amount as Stripe does.

    Raises:
        PayUnavailableError: if Stripe cannot take it, such as single fils of a dinar.
    """
    digits = minor_digits(amount.currency)
    counted = Decimal(amount.minor).scaleb(_digits(amount.currency) - digits)
    if counted != int(counted) or (digits == _THREE_DIGITS and amount.minor % 10):
        raise PayUnavailableError(f"Stripe takes no {amount}")
    return int(counted)


def money_of(counted: int, currency: str) -> Money:
    """Read an amount that Stripe counted."""
    code = currency.upper()
    minor = Decimal(counted).scaleb(minor_digits(code) - _digits(code))
    return Money(int(minor), code)


def _digits(currency: str) -> int:
    return _OTHERWISE.get(currency, minor_digits(currency))

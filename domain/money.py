"""Exact money: whole minor units with a currency; the only place that does arithmetic on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from babel.core import get_global
from babel.numbers import get_currency_precision

from domain.errors import DomainError

MAX_MINOR = 10**15
"""No single invoice is larger than this many minor units; it also keeps BIGINT sums safe."""


@lru_cache(maxsize=512)
def minor_digits(currency: str) -> int:
    """How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217).

    Raises:
        DomainError: if the code is not a current or former ISO 4217 currency.
    """
    if currency not in get_global("all_currencies"):
        message = f"{currency!r} is no ISO 4217 currency code; write for example EUR, USD or GBP"
        raise DomainError(message, field="currency")
    return get_currency_precision(currency)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in one currency.

    Attributes:
        minor: whole minor units (cents), may be negative as a difference.
        currency: ISO 4217 code.
    """

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __str__(self) -> str:
        return f"{self.decimal} {self.currency}"

    @property
    def decimal(self) -> Decimal:
        """The amount as an exact decimal with the currency's own number of decimals."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    @property
    def plain(self) -> str:
        """The amount as a plain decimal string without its currency, such as ``119.00``."""
        return f"{self.decimal:f}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            message = f"{self} and {other} cannot be put together: currencies never add up"
            raise DomainError(message, field="currency")
        return other.minor


def zero(currency: str) -> Money:
    """Nothing, in a currency."""
    return Money(0, currency)


def parse_money(text: str, currency: str, *, field: str = "amount") -> Money:
    """Read a decimal such as ``119.00`` exactly, refusing what a currency cannot hold.

    Raises:
        DomainError: if it is not a plain decimal, has too many decimals, or is absurdly large.
    """
    digits = minor_digits(currency)
    try:
        value = Decimal(text.strip())
    except (InvalidOperation, AttributeError):
        raise DomainError(
            f"{text!r} is not an amount; write it like 1234.50", field=field
        ) from None
    if not value.is_finite():
        raise DomainError(f"{text!r} is not an amount; write it like 1234.50", field=field)
    minor = value.scaleb(digits)
    if minor != minor.to_integral_value():
        raise DomainError(f"{text} has more than {digits} decimals for {currency}", field=field)
    if abs(minor) > MAX_MINOR:
        raise DomainError(f"{text} {currency} is larger than any invoice here can be", field=field)
    return Money(int(minor), currency)


def round_half_up(value: Decimal, currency: str) -> Money:
    """Round an exact decimal to the minor unit, half away from zero, once, at the end."""
    minor = value.scaleb(minor_digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Money(int(minor), currency)

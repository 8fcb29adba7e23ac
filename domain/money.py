"""Exact money: whole minor units with a currency; the only place that does arithmetic on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from babel.core import get_global
from babel.numbers import get_currency_precision

from domain.errors import DomainError

MAX_MINOR = 10**15
"""No single invoice is larger than this many minor units; it also keeps BIGINT sums safe."""

_PLAIN = re.compile(r"([+-]?)([0-9]{1,30})(?:\.([0-9]{1,30}))?")

# Babel counts the coins people still use, ISO 4217 the decimals that invoices are written with.
_ISO_DIGITS: Mapping[str, int] = MappingProxyType(
    {"AFN": 2, "ALL": 2, "IQD": 3, "IRR": 2, "KPW": 2, "LAK": 2, "LBP": 2}
    | {"MGA": 2, "MMK": 2, "RSD": 2, "SOS": 2, "SYP": 2, "YER": 2}
)


@lru_cache(maxsize=512)
def minor_digits(currency: str) -> int:
    """Find how many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217).

    Raises:
        DomainError: if the code is not a current or former ISO 4217 currency.
    """
    if currency not in get_global("all_currencies"):
        message = f"{currency!r} is no ISO 4217 currency code; write for example EUR, USD or GBP"
        raise DomainError(message, field="currency")
    return _ISO_DIGITS.get(currency, get_currency_precision(currency))


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
    """Make a zero amount of a currency."""
    return Money(0, currency)


def parse_money(text: str, currency: str, *, field: str = "amount") -> Money:
    """Read a decimal such as ``119.00`` exactly, refusing what a currency cannot hold.

    Raises:
        DomainError: if it is not a plain decimal, has too many decimals, or is absurdly large.
    """
    digits = minor_digits(currency)
    plain = _PLAIN.fullmatch(text.strip())
    if plain is None:
        raise DomainError(f"{text!r} is not an amount; write it like 1234.50", field=field)
    sign, whole, rest = plain.groups()
    cents = (rest or "").rstrip("0")
    if len(cents) > digits:
        raise DomainError(f"{text} has more than {digits} decimals for {currency}", field=field)
    minor = int(whole + cents.ljust(digits, "0"))
    if minor > MAX_MINOR:
        raise DomainError(f"{text} {currency} is larger than any invoice here can be", field=field)
    return Money(-minor if sign == "-" else minor, currency)


def read_both(amount: str, currency: str, *, field: str = "amount") -> Money | None:
    """Read an amount that comes with its currency; None if neither is named.

    Raises:
        DomainError: if one of them is missing, or they are no amount.
    """
    if not amount and not currency:
        return None
    if not (amount and currency):
        missing = field if currency else "currency"
        raise DomainError("an amount goes with its currency: name both", field=missing)
    return parse_money(amount, currency.upper(), field=field)


def sums_together(sums: Iterable[Money]) -> tuple[Money, ...]:
    """Add up sums, one for each currency in their order: currencies never add up."""
    found: dict[str, Money] = {}
    for money in sums:
        known = found.get(money.currency)
        found[money.currency] = known + money if known else money
    return tuple(found[currency] for currency in sorted(found))


def round_half_up(value: Decimal, currency: str) -> Money:
    """Round an exact decimal to the minor unit, half away from zero, once, at the end."""
    minor = value.scaleb(minor_digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Money(int(minor), currency)


def round_minor(exact: Fraction, currency: str) -> Money:
    """Round an exact number of minor units to whole ones, half away from zero."""
    whole = (2 * abs(exact) + 1) // 2
    return Money(int(whole) if exact >= 0 else -int(whole), currency)


def exact_decimal(exact: Fraction, currency: str) -> Decimal:
    """Write an exact number of minor units as a decimal of the currency, to 34 digits."""
    scaled = exact / 10 ** minor_digits(currency)
    return Context(prec=34).divide(Decimal(scaled.numerator), Decimal(scaled.denominator))

"""What is too little to chase where a policy names no sum: about half a euro, in every currency."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from domain.money import minor_digits

# Round sums of about 0.30 to 0.70 EUR by the rates of November 2026; only their size matters.
_KNOWN: Mapping[str, int] = MappingProxyType(
    {"EUR": 50, "USD": 50, "GBP": 50, "CHF": 50, "CAD": 75, "AUD": 75, "NZD": 100, "SGD": 75}
    | {"SEK": 500, "NOK": 500, "DKK": 400, "ISK": 75, "PLN": 200, "CZK": 1200, "HUF": 20000}
    | {"RON": 250, "BGN": 100, "RSD": 6000, "UAH": 2500, "TRY": 2500, "RUB": 5000, "ILS": 200}
    | {"JPY": 80, "KRW": 800, "CNY": 400, "HKD": 400, "TWD": 1500, "INR": 5000, "THB": 2000}
    | {"IDR": 900000, "VND": 14000, "PHP": 3000, "MYR": 200, "BRL": 300, "MXN": 1000, "CLP": 500}
    | {"COP": 200000, "ARS": 70000, "ZAR": 1000, "NGN": 80000, "KES": 7000, "EGP": 2500}
    | {"AED": 200, "SAR": 200, "KWD": 150, "BHD": 200, "OMR": 200, "JOD": 400, "TND": 1700}
)
_BY_DIGITS: Mapping[int, int] = MappingProxyType({0: 50, 2: 50, 3: 200})
"""For every other currency, by how many decimals it has."""


@lru_cache(maxsize=512)
def default_tolerance(currency: str) -> int:
    """The smallest sum in minor units that is chased in a currency whose policy names none."""
    return _KNOWN.get(currency) or _BY_DIGITS.get(minor_digits(currency), 50)

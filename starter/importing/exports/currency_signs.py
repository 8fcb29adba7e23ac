"""Signs of currencies beside amounts: taken off, unless they contradict the line's currency."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.errors import DomainError

_WHOSE: Mapping[str, str] = {
    "US$": "USD",
    "AU$": "AUD",
    "A$": "AUD",
    "NZ$": "NZD",
    "CA$": "CAD",
    "C$": "CAD NIO",
    "HK$": "HKD",
    "S$": "SGD",
    "NT$": "TWD",
    "MX$": "MXN",
    "R$": "BRL",
    "€": "EUR",
    "£": "GBP EGP FKP GIP LBP SDG SHP SSP SYP",
    "¥": "JPY CNY",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "TL": "TRY",
    "₩": "KRW KPW",
    "₪": "ILS",
    "₴": "UAH",
    "₫": "VND",
    "₱": "PHP",
    "฿": "THB",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "lei": "RON MDL",
    "Fr.": "CHF",
    "kr.": "SEK NOK DKK ISK",
    "kr": "SEK NOK DKK ISK",
    "R": "ZAR",
    "Rs.": "INR PKR LKR NPR MUR",
    "Rs": "INR PKR LKR NPR MUR",
}
"""Which currencies a sign can mean; the dollar and the peso have one in common."""

_NAMES = {"euro": "EUR", "euros": "EUR"}
_DOLLAR = "$"
_NO_DOLLARS = frozenset(
    {
        *("EUR", "GBP", "JPY", "CNY", "INR", "RUB", "TRY", "KRW", "ILS", "UAH", "VND", "PHP"),
        *("THB", "PLN", "CZK", "HUF", "RON", "CHF", "SEK", "NOK", "DKK", "ISK", "ZAR"),
    }
)
"""Currencies that are no dollar or peso: the bare sign cannot mean them."""

_SIGN = re.compile(
    "|".join(
        rf"(?<![^\W\d]){re.escape(sign)}(?=\W|\d|$)" if sign[0].isalpha() else re.escape(sign)
        for sign in (*sorted(_WHOSE, key=len, reverse=True), _DOLLAR)
    ),
    re.IGNORECASE,
)
_KNOWN = {sign.casefold(): frozenset(codes.split()) for sign, codes in _WHOSE.items()}


def without_signs(text: str, currency: str) -> str:
    """An amount without the signs of currencies around it.

    Args:
        text: the amount as it stands in a file.
        currency: that of its line; empty if no sign is to be compared with it.

    Raises:
        DomainError: if a sign means another currency than the line's.
    """
    for found in _SIGN.findall(text) if currency else ():
        if not _can_mean(found.casefold(), currency):
            raise DomainError(f"{text!r} has a sign that is not of {currency}", field="currency")
    return _SIGN.sub("", text)


def code_of_sign(sign: str) -> str:
    """The code of the only currency that a sign or name can mean; empty if there is none."""
    if name := _NAMES.get(sign.casefold()):
        return name
    codes = _KNOWN.get(sign.casefold(), frozenset())
    return next(iter(codes)) if len(codes) == 1 else ""


def _can_mean(sign: str, currency: str) -> bool:
    return currency not in _NO_DOLLARS if sign == _DOLLAR else currency in _KNOWN[sign]

"""Knows what a country's law lets a consumer be charged for paying late."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from domain.case.money import Ground
from domain.money import Money, parse_money, round_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeReminder:
    """The first reminder, which costs nothing and leaves some days before anything does.

    Attributes:
        days: the days it leaves; by mail from the day after it was sent.
        post_days: by post they begin with the working day of this number after it was sent.
        interest: whether interest waits for it, too.
        receipt_days: the days as they are told, from the day after the consumer had it; 0 where
            the law counts them from its sending.
    """

    days: int
    post_days: int
    interest: bool = False
    receipt_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What all late fees together may be where more than ``over`` is owed; minor units."""

    over: int
    flat: int = 0
    percent: Decimal = Decimal(0)
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerLaw:
    """What a consumer in one country may be charged.

    Attributes:
        country: ISO 3166 alpha-2, of the consumer.
        source: where it was found.
        no_fees: whether no late fee may be asked for at all.
        each: the most that one late fee may be, minor units; None where no figure is known.
        times: how many late fees there may be; 0 for any number.
        apart_days: days between two late fees.
        after_days: days after the due date before the first one.
        bands: the most that all of them may be together, by what is owed.
        free: the first reminder that has to come before them; None where none has to.
        interest_at_most: the table whose rate for businesses no contract's rate may pass.
    """

    country: str
    law: str
    source: str
    checked: date
    currency: str
    no_fees: bool = False
    each: int | None = None
    times: int = 0
    apart_days: int = 0
    after_days: int = 0
    bands: tuple[Band, ...] = ()
    free: FreeReminder | None = None
    interest_at_most: str = ""


@cache
def consumer_laws() -> Mapping[str, ConsumerLaw]:
    """Read all known laws, by country."""
    text = files("domain.charges.consumers").joinpath("laws.toml").read_text("utf-8")
    return {entry["country"]: _law(entry) for entry in tomllib.loads(text)["law"]}


def is_consumer(ground: Ground) -> bool:
    """Tell whether the debtor is a consumer: as known, else as the policy assumes."""
    return ground.policy.charges.consumers if ground.consumer is None else ground.consumer


def consumer_law(ground: Ground) -> ConsumerLaw | None:
    """Find the law of the country in which a debtor is a consumer; None where none is known.

    Of whom no country is known the law is that of the policy.
    """
    if not is_consumer(ground):
        return None
    return consumer_laws().get(ground.calendar.country or ground.policy.charges.jurisdiction)


def most_in_all(law: ConsumerLaw, principal: Money) -> Money | None:
    """Compute the most that all late fees together may be; None where the law names no scale."""
    if not law.bands:
        return None
    fits = [band for band in law.bands if principal.minor > band.over]
    if not fits or principal.currency != law.currency:
        return Money(0, principal.currency)
    band = fits[-1]
    above = Fraction(principal.minor - band.over) * Fraction(band.percent) / 100
    whole = round_minor(band.flat + above, law.currency).minor
    capped = whole if band.most is None else min(whole, band.most)
    return Money(max(capped, band.least), law.currency)


def _law(entry: Mapping[str, Any]) -> ConsumerLaw:
    currency = entry["currency"]
    plain = {
        name: value for name, value in entry.items() if name not in ("fees", "each", "all", "free")
    }
    return ConsumerLaw(
        **plain,
        no_fees=entry.get("fees") == "none",
        each=_minor(entry.get("each"), currency),
        bands=_bands(entry.get("all", ()), currency),
        free=FreeReminder(**entry["free"]) if "free" in entry else None,
    )


def _bands(entries: Sequence[Mapping[str, str]], currency: str) -> tuple[Band, ...]:
    return tuple(
        Band(
            over=_minor(entry["over"], currency) or 0,
            flat=_minor(entry.get("flat"), currency) or 0,
            percent=Decimal(entry.get("percent", "0")),
            least=_minor(entry.get("least"), currency) or 0,
            most=_minor(entry.get("most"), currency),
        )
        for entry in entries
    )


def _minor(amount: str | None, currency: str) -> int | None:
    return None if amount is None else parse_money(amount, currency).minor

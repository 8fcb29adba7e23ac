"""What a customer's answer may mean, with the words that each meaning rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.money import Money

FARTHEST = timedelta(days=366)
"""A day farther away was misread, or says nothing."""


class Says(StrEnum):
    """What an answer says; the words are told to models and stand in tables of figures."""

    PAID = "paid"
    PROMISE = "promise"
    DISPUTE = "dispute"
    QUESTION = "question"
    WRONG_PERSON = "wrong_person"
    OUT_OF_OFFICE = "out_of_office"
    ANGRY = "angry"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyMeaning:
    """One thing that an answer says.

    Attributes:
        quote: the customer's very words.
        day: the day it speaks of, where one is named beyond doubt.
        amount: the part it speaks of, likewise.
    """

    meaning: Says
    quote: str
    day: date | None = None
    amount: Money | None = None


def resting_on(said: str, found: Iterable[ReplyMeaning], today: date) -> tuple[ReplyMeaning, ...]:
    """Keep of what somebody read what rests on the customer's words, each meaning once.

    A quote that does not stand in the answer, letter for letter, drops what it was to prove. A day
    in the past or far away, and an amount whose digits nobody wrote, are left for a person to add.
    """
    kept: dict[Says, ReplyMeaning] = {}
    for one in found:
        quote = one.quote.strip()
        if quote and quote in said and one.meaning not in kept:
            kept[one.meaning] = replace(
                one, quote=quote, day=_likely(one, today), amount=_written(one.amount, quote)
            )
    return tuple(kept.values())


def _likely(one: ReplyMeaning, today: date) -> date | None:
    if one.day is None or one.meaning is not Says.PROMISE:
        return None
    return one.day if today <= one.day <= today + FARTHEST else None


def _written(amount: Money | None, quote: str) -> Money | None:
    if amount is None:
        return None
    digits = str(amount.minor)
    whole = amount.plain.partition(".")[0]
    runs = [re.sub(r"\D", "", run) for run in re.findall(r"\d[\d .,']*", quote)]
    return amount if digits in runs or (whole in runs and amount.plain.endswith(".00")) else None

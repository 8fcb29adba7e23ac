"""Reads a customer's answer by rules; in doubt it reads nothing, and a person does."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from domain.errors import DomainError
from domain.intake.reply_meaning import ReplyMeaning, Says, resting_on
from domain.intake.spoken_days import spoken_day
from domain.money import Money, parse_money

_SENTENCE = re.compile(r"(?<=[?!;\n])\s*|(?<=[^\d\s]\.)\s+|\n+")
_LONGEST = 4000
"""Characters of an answer that are read: whoever writes more writes to a person."""

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "zł": "PLN", "lei": "RON"}
_SUM = r"\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{2})?"
_MARK = r"[A-Z]{3}|€|\$|£|zł|lei|kr|euros?|Euros?"
_AMOUNT = re.compile(rf"(?<![\w.,])(?:({_MARK})\s?({_SUM})|({_SUM})\s?({_MARK}))(?!\w)")


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language."""

    stop: frozenset[str]
    meanings: dict[Says, re.Pattern[str]]
    negated: re.Pattern[str]
    later: re.Pattern[str]


def read_reply(said: str, language: str, currency: str, today: date) -> tuple[ReplyMeaning, ...]:
    """Read what an answer says, in the order in which it says it; nothing where it leaves a doubt.

    ``language`` is the customer's, used where the words do not tell theirs; ``today`` is the day
    of the answer where the customer is.
    """
    text = said[:_LONGEST]
    known = language.partition("-")[0]
    spoken = _language(text, known) or known
    if spoken not in _all_words():
        return ()
    found = list(_found(text, spoken, currency, today))
    if any(one.meaning is Says.OUT_OF_OFFICE for one in found):
        found = [one for one in found if one.meaning is Says.OUT_OF_OFFICE]
    return () if _contradicts(found) else resting_on(said, found, today)


def _contradicts(found: list[ReplyMeaning]) -> bool:
    """Who says both that it is paid and that it will be means something that a person finds."""
    said = {one.meaning for one in found}
    return {Says.PAID, Says.PROMISE} <= said


def _found(text: str, language: str, currency: str, today: date) -> Iterator[ReplyMeaning]:
    for part in _SENTENCE.split(text):
        sentence = part.strip()
        if not sentence:
            continue
        for meaning in _meanings(sentence, _all_words()[language]):
            day = spoken_day(sentence, language, today) if meaning is Says.PROMISE else None
            amount = _amount(sentence, currency) if meaning in _WITH_AMOUNT else None
            yield ReplyMeaning(meaning=meaning, quote=sentence, day=day, amount=amount)


_WITH_AMOUNT = (Says.PROMISE, Says.DISPUTE)


def _meanings(sentence: str, words: _Words) -> Iterator[Says]:
    text = _plain(sentence)
    said = {meaning for meaning, pattern in words.meanings.items() if pattern.search(text)}
    asks = sentence.rstrip().endswith("?") or Says.QUESTION in said
    if sentence.rstrip().endswith("?"):
        said.add(Says.QUESTION)
    turned = bool(words.negated.search(text))
    if Says.PAID in said and (turned or asks or words.later.search(text)):
        said.discard(Says.PAID)
    if Says.PROMISE in said and (turned or asks):
        said.discard(Says.PROMISE)
    if asks or Says.WRONG_PERSON in said:  # what is wrong is the person
        said.discard(Says.DISPUTE)
    yield from (meaning for meaning in Says if meaning in said)


def _language(text: str, known: str) -> str:
    """The language whose small words stand in it most often; empty if no one is ahead.

    The customer's own has one word's start: short answers are in no other.
    """
    words = re.findall(r"\w+", _plain(text))
    scores = {
        name: sum(word in one.stop for word in words) + (name == known)
        for name, one in _all_words().items()
    }
    best = max(scores.values())
    ahead = [name for name, score in scores.items() if score == best]
    return ahead[0] if best and len(ahead) == 1 else ""


def _amount(sentence: str, currency: str) -> Money | None:
    """The one sum of the invoice's currency in a sentence; None if there are several or none."""
    found = set()
    for before, sum_after, sum_before, after in _AMOUNT.findall(sentence):
        mark, digits = before or after, sum_after or sum_before
        known = _SIGNS.get(mark) or ("EUR" if mark.casefold().startswith("euro") else mark)
        if known == currency or (mark == "kr" and currency in ("SEK", "NOK", "DKK")):
            found.add(_money(digits, currency))
    return found.pop() if len(found) == 1 else None


def _money(digits: str, currency: str) -> Money | None:
    whole, decimals = digits, ""
    if re.search(r"[.,]\d{2}$", digits):
        whole, decimals = digits[:-3], digits[-3:].replace(",", ".")
    try:
        return parse_money(re.sub(r"[ .,']", "", whole) + decimals, currency)
    except DomainError:
        return None


def _plain(text: str) -> str:
    return text.casefold().replace("\u2019", "'").replace("\u00a0", " ")


@cache
def _all_words() -> dict[str, _Words]:
    text = files("domain.intake").joinpath("reply_words.toml").read_text(encoding="utf-8")
    return {name: _words(told) for name, told in tomllib.loads(text).items()}


def _words(told: dict[str, str]) -> _Words:
    return _Words(
        stop=frozenset(told["stop"].split()),
        meanings={meaning: _pattern(told[meaning]) for meaning in Says},
        negated=_pattern(told["not"], whole=True),
        later=_pattern(told["later"], whole=True),
    )


def _pattern(words: str, *, whole: bool = False) -> re.Pattern[str]:
    """Words at the beginning of a word, or whole ones; n't and 'll end one."""
    end = r"(?!\w)" if whole else ""
    return re.compile(rf"(?:(?<!\w)|(?=n't|'ll))(?:{words}){end}")

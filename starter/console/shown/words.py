"""Codes of the ledger as collectors say them."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType

from markupsafe import Markup, escape

from domain.errors import DomainError
from domain.ladder.step_words import STEP_PATTERNS, STEP_WORDS
from domain.money import parse_money
from starter.console.shown.tongue import ENGLISH, Tongue, noted
from starter.console.shown.values import shown_day, shown_money

CODES_SAID = MappingProxyType(
    {
        **STEP_WORDS,
        "ask_person": "a person decides",
        "before_due": "not yet due",
        "bounced": "came back",
        "call_back": "call back",
        "call_planned": "call planned",
        "call_task": "call",
        "cash_only": "cash only",
        "demand_letter": "demand letter",
        "do_not_call": "does not want calls",
        "fee": "late fee",
        "fix": "put right",
        "for_customer": "settled for the customer",
        "for_us": "settled for us",
        "hand_off": "to the agency",
        "hold_credit": "hold credit",
        "in_approval": "in their approval",
        "inform_agency": "tell the agency",
        "late_payer": "pays late",
        "no_answer": "no answer",
        "notify_sales": "tell sales",
        "opted_out": "wants no more",
        "paid_claim": "says it is paid",
        "recall": "call back from the agency",
        "release_credit": "release credit",
        "remind": "reminder",
        "send_now": "wanted out now",
        "sms": "text message",
        "step_skipped": "step left out",
        "unknown_closed": "counted as sent",
        "with_agency": "with the agency",
        "written_off": "written off",
    }
)


_MONEY = re.compile(r"(?<![\w.,-])(\d+(?:\.\d+)?) ([A-Z]{3})\b")
_DATE = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")
_ANCHOR = re.compile(r"\b(due|issued)([+-])(\d+)\b")
_NAMED = r"(?P<step>[a-z][\w~-]*)"
_STEPS = (
    re.compile(rf"\b(?P<before>are kept after |next comes ){_NAMED}"),
    re.compile(rf"(?P<before>)\bthe letter {_NAMED}(?= of )"),
    re.compile(rf"^(?P<before>){_NAMED}(?= (?:reached nobody|did not arrive by|leaves on)\b)"),
    re.compile(rf"^(?P<before>){_NAMED}(?= is left out\b)"),
)
"""Where a text of the rules names a step."""

_OF = {"due": "the due date", "issued": "the invoice date"}


def said(code: object, tongue: Tongue = ENGLISH) -> str:
    """Write a code as people say it: underscores and dashes are no words."""
    base, again, _ = str(getattr(code, "value", code) or "").partition("~")
    known = CODES_SAID.get(base.replace("-", "_"))
    if known:
        words = tongue.gettext(known)
    else:
        words = _step(base, tongue) or tongue.gettext(base.replace("_", " ").replace("-", " "))
    return tongue.gettext(noted("%(step)s, again")) % {"step": words} if again else words


def _step(base: str, tongue: Tongue) -> str:
    for pattern, words in STEP_PATTERNS:
        if found := pattern.fullmatch(base):
            named = {name: said(value, tongue) for name, value in found.groupdict().items()}
            return tongue.gettext(words) % named if named else tongue.gettext(words)
    return ""


def plainly(text: str) -> str:
    """Write a text of the rules as people read it: days, steps, anchors and sums as elsewhere."""
    for pattern in _STEPS:
        text = pattern.sub(_step_of, text)
    return _MONEY.sub(_money, _ANCHOR.sub(_anchor, _DATE.sub(_day, text)))


def _money(found: re.Match[str]) -> str:
    try:
        return shown_money(parse_money(found[1], found[2]))
    except DomainError:
        return found[0]


def _step_of(found: re.Match[str]) -> str:
    return f"{found['before']}the {said(found['step'])}"


def _day(found: re.Match[str]) -> str:
    try:
        return shown_day(date(*map(int, found.groups())))
    except ValueError:
        return found[0]


def _anchor(found: re.Match[str]) -> str:
    days = int(found[3])
    where = "after" if found[2] == "+" else "before"
    return f"{days} day{'' if days == 1 else 's'} {where} {_OF[found[1]]}"


def counted(kind: object, count: int, tongue: Tongue = ENGLISH) -> Markup:
    """Write how many tasks of a kind there are: 1 reply, 2 replies, 2 disputes."""
    told = tongue.ngettext(*counted_words(kind), count) % {"n": count}
    number = Markup('<span class="number strong">{}</span>').format(count)
    return escape(told).replace(escape(str(count)), number, 1)


def counted_words(kind: object) -> tuple[str, str]:
    """Write what is said of one task of a kind, and of several, in English."""
    word = said(kind)
    many = f"{word[:-1]}ies" if word.endswith("ly") else f"{word}s"
    return f"%(n)d {word}", f"%(n)d {many}"


def first_capital(text: str) -> str:
    """Write the first letter large, and leave the others."""
    return text[:1].upper() + text[1:]

"""Money, days and instants as people read them: in their own zone, the customer's beside it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import format_currency
from markupsafe import Markup, escape

from domain.money import Money
from starter.views.harmless import harmless

LOCALE = "en_GB"


def shown_money(money: Money | None) -> str:
    """Write an amount with its currency: £1,234.50."""
    if money is None:
        return "\N{EN DASH}"
    return str(format_currency(money.decimal, money.currency, locale=LOCALE))


def shown_sums(sums: Any) -> str:
    """Write sums of several currencies, which never add up, one after the other."""
    return " + ".join(shown_money(one) for one in sums) or "nothing"


def shown_day(day: date | None, now: datetime | None = None) -> str:
    """Write a day: Tue 3 Dec, with its year where that is not the present one."""
    if day is None:
        return "\N{EN DASH}"
    year = "" if now and day.year == now.year else f" {day.year}"
    return f"{day:%a} {day.day} {day:%b}{year}"


def shown_time(at: datetime | None, zone: ZoneInfo, theirs: str = "") -> Markup:
    """Write an instant as the reader's clock shows it, and the customer's where it differs."""
    if at is None:
        return Markup("\N{EN DASH}")
    here = at.astimezone(zone)
    told = f"{shown_day(here.date(), here)} {here:%H:%M}"
    shown = Markup('<time datetime="{}">{}</time>').format(at.isoformat(), told)
    if not theirs:
        return shown
    there = at.astimezone(ZoneInfo(theirs))
    if there.utcoffset() == here.utcoffset():
        return shown
    other = f"{there:%H:%M}" if there.date() == here.date() else f"{there:%a %H:%M}"
    return shown + Markup(' <span class="there">({} there)</span>').format(other)


def since_day(day: date | None, now: datetime) -> str:
    """Write how far a day lies from today: 12 days late, due today, due in 3 days."""
    if day is None:
        return ""
    days = (now.date() - day).days
    if days > 0:
        return f"{days} day{'s' if days > 1 else ''} late"
    if days == 0:
        return "due today"
    return f"due in {-days} day{'s' if days < -1 else ''}"


def paragraphs(text: str) -> Markup:
    """Write a text of several lines, each on its own."""
    return Markup("<br>").join(escape(harmless(line)) for line in text.splitlines())

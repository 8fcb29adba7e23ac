"""Money, days and instants as people read them: in their own zone, the customer's beside it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import format_currency
from markupsafe import Markup, escape

from domain.harmless import harmless
from domain.money import Money
from starter.console.shown.tongue import ENGLISH, Tongue


def shown_money(money: Money | None, tongue: Tongue = ENGLISH) -> str:
    """Write an amount with its currency: £1,234.50."""
    if money is None:
        return "\N{EN DASH}"
    return str(format_currency(money.decimal, money.currency, locale=tongue.locale))


def shown_sums(sums: Any, tongue: Tongue = ENGLISH) -> str:
    """Write sums of several currencies, which never add up, one after the other."""
    return " + ".join(shown_money(one, tongue) for one in sums) or tongue.gettext("nothing")


def shown_day(day: date | None, now: datetime | None = None, tongue: Tongue = ENGLISH) -> str:
    """Write a day: Tue 3 Dec, with its year where that is not the present one."""
    if day is None:
        return "\N{EN DASH}"
    return tongue.day(day, with_year=not now or day.year != now.year)


def shown_time(
    at: datetime | None, zone: ZoneInfo, theirs: str = "", tongue: Tongue = ENGLISH
) -> Markup:
    """Write an instant as the reader's clock shows it, and the customer's where it differs."""
    if at is None:
        return Markup("\N{EN DASH}")
    here = at.astimezone(zone)
    told = f"{shown_day(here.date(), here, tongue)} {here:%H:%M}"
    shown = Markup('<time datetime="{}">{}</time>').format(at.isoformat(), told)
    if not theirs:
        return shown
    there = at.astimezone(ZoneInfo(theirs))
    if there.utcoffset() == here.utcoffset():
        return shown
    is_same_day = there.date() == here.date()
    other = f"{there:%H:%M}" if is_same_day else weekday_time(there, tongue)
    words = tongue.phrase("%(time)s there", time=other)
    return shown + Markup(' <span class="there">({})</span>').format(words)


def weekday_time(at: datetime, tongue: Tongue = ENGLISH) -> str:
    """Write an instant of these days: Tue 14:30."""
    return f"{tongue.weekday(at.date())} {at:%H:%M}"


def since_day(day: date | None, now: datetime, tongue: Tongue = ENGLISH) -> str:
    """Write how far a day lies from today: 12 days late, due today, due in 3 days."""
    if day is None:
        return ""
    days = (now.date() - day).days
    if days > 0:
        return tongue.ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}
    if days == 0:
        return tongue.gettext("due today")
    return tongue.ngettext("due in %(n)d day", "due in %(n)d days", -days) % {"n": -days}


def paragraphs(text: str) -> Markup:
    """Write a text of several lines, each on its own."""
    return Markup("<br>").join(escape(harmless(line)) for line in text.splitlines())

"""Gathers what a letter says at one glance: how much, by when, and how to pay (P05, P24, P26)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.answers.occasions import SHOWS_WHAT_IS_LEFT
from adapters.letters.asked import AskedSum, asked_sum
from adapters.letters.letter import FiguresRow, Glance, WayToPay
from adapters.letters.paying.ways import page_link_of
from adapters.letters.stated import later_sums, lines_of
from adapters.letters.text.locale import LetterLocale
from adapters.letters.text.template_choice import occasion_of
from domain.money import sums_together

_AT_ONCE = ("IBAN", "Payment reference")
"""What of a transfer is needed to pay; the rest stands where the ways are told."""


def glance_of(
    data: LetterData,
    ways: dict[str, Any],
    letter_locale: LetterLocale,
    confirm: WayToPay | None,
    page: WayToPay | None,
) -> Glance:
    """Make the first rows of a letter.

    Args:
        data: the letter's data.
        ways: the letter's ways to pay, as they are listed further down.
        letter_locale: the language.
        confirm: where the customer can say that the invoice has arrived.
        page: the customer's page.
    """
    listed: tuple[WayToPay, ...] = ways["ways"]
    online = next((way for way in listed if way.link), None)
    labels = {letter_locale.gettext(label) for label in _AT_ONCE}
    transfer = (row for way in listed for row in way.rows if row.label in labels)
    asked = asked_sum(data)
    return Glance(
        sums=tuple(_sums(data, asked, letter_locale)),
        until=_until(data, asked, letter_locale),
        online=confirm or page or online,
        transfer=tuple(transfer),
        note="" if listed else ways["pay_note"],
    )


def page_of(data: LetterData, letter_locale: LetterLocale) -> WayToPay | None:
    """Link the customer's own page, where all can be seen, paid and answered; None without one."""
    if not data.page_link:
        return None
    _ = letter_locale.gettext
    return WayToPay(
        label=_("See, pay or answer online"),
        link=page_link_of(data, letter_locale),
        button=_("Open your page"),
    )


def sums_of_several(data: LetterData, letter_locale: LetterLocale) -> tuple[FiguresRow, ...]:
    """Add up several invoices, per currency; one alone has its sum in its own table.

    So has each agreement. What waits for a later day stands by itself: it is open, and nobody asks
    for it now.
    """
    asked = asked_sum(data)
    if not data.lines or asked.together:
        return ()
    label = letter_locale.gettext("For later days in %(currency)s, not asked for here")
    now = (
        FiguresRow(
            label=_total_label(data, total.currency, letter_locale),
            value=letter_locale.money(total),
            weight="total",
        )
        for total in asked.sums
    )
    later = (
        FiguresRow(label=label % {"currency": money.currency}, value=letter_locale.money(money))
        for money in later_sums(data.lines)
    )
    return (*now, *later)


def _total_label(data: LetterData, currency: str, letter_locale: LetterLocale) -> str:
    """Name the sum of several invoices: all that is owed, or what of it is asked for now."""
    _ = letter_locale.gettext
    told = {"currency": currency}
    if any(money.currency == currency for money in later_sums(data.lines)):
        return _("To pay now in %(currency)s") % told
    return _("Total owed in %(currency)s") % told


def _sums(data: LetterData, asked: AskedSum, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    _ = letter_locale.gettext
    if asked.together and not asked.until:
        yield from _by_day(asked, letter_locale)
        return
    for money in asked.sums:
        label = _("Amount owed") if occasion_of(data) in SHOWS_WHAT_IS_LEFT else _("Amount to pay")
        if data.lines and not asked.together:
            label = _total_label(data, money.currency, letter_locale)
        yield FiguresRow(label=label, value=letter_locale.money(money), weight="total")


def _by_day(asked: AskedSum, letter_locale: LetterLocale) -> Iterator[FiguresRow]:
    """What was agreed on for several invoices and several days: each day with its sum."""
    for day in sorted({one.until for one in asked.together if one.until}):
        label = letter_locale.gettext("To pay by %(day)s") % {"day": letter_locale.day(day)}
        for money in sums_together(
            sum_ for one in asked.together if one.until == day for sum_ in one.sums
        ):
            yield FiguresRow(label=label, value=letter_locale.money(money), weight="total")


def _until(data: LetterData, asked: AskedSum, letter_locale: LetterLocale) -> FiguresRow | None:
    """The day that the letter names, else when its invoice falls or fell due.

    Several invoices of several days have no such day: each has its own, further down.
    """
    _, due = letter_locale.gettext, {line.case.printed_due for line in lines_of(data)}
    if not asked.until and (len(due) > 1 or asked.together):
        return None
    label = _("Payment deadline") if asked.until else _("Due date")
    day = letter_locale.day(asked.until or min(due))
    return FiguresRow(label=label, value=day, weight="deadline")

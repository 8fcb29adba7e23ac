"""Words the costs that a law has a consumer's first reminder name before they are asked for."""

from __future__ import annotations

from activities.ports.letter_data import CostsForetold, LetterData
from adapters.letters.text.locale import LetterLocale


def foretold_in(data: LetterData, locale: LetterLocale) -> str:
    """Say that a first reminder is free, until when, and what will be asked for after that day."""
    told = data.foretold
    if told is None or not data.deadline:
        return ""
    said = _words(told, locale) % {
        "deadline": locale.day(data.deadline),
        "costs": locale.listed([locale.money(one) for one in told.fees]),
        "percent": locale.number(told.percent or "0"),
        "days": told.receipt_days,
    }
    return said.replace(" %", "\N{NO-BREAK SPACE}%")  # a figure and its sign stay together


def _words(told: CostsForetold, locale: LetterLocale) -> str:
    _ = locale.gettext
    if told.receipt_days:
        return _(
            "You can pay without further costs within %(days)d days from the day after this "
            "message reached you, and in any case until %(deadline)s. After that you owe "
            "%(costs)s of collection costs in addition."
        )
    if told.fees and told.percent:
        return _(
            "This reminder costs you nothing. If the amount has not reached us by %(deadline)s, "
            "we will ask for %(costs)s of costs in addition, and for interest of %(percent)s %% a "
            "year from then on."
        )
    if told.fees:
        return _(
            "This reminder costs you nothing. If the amount has not reached us by %(deadline)s, "
            "we will ask for %(costs)s of costs in addition."
        )
    return _(
        "This reminder costs you nothing. If the amount has not reached us by %(deadline)s, "
        "we will ask for interest of %(percent)s %% a year from then on."
    )

"""The words of pictures in the language of whoever looks at them."""

from __future__ import annotations

from functools import partial

from starter.charts.of_reports import bucket_in_words
from starter.charts.words import ChartWords
from starter.console.shown.tongue import Tongue
from starter.console.shown.values import shown_money
from starter.console.shown.words import said


def said_bucket(bucket: str, tongue: Tongue) -> str:
    """Say how long money of a range is late, as its picture does."""
    return bucket_in_words(bucket, chart_words(tongue))


def chart_words(tongue: Tongue) -> ChartWords:
    """Make what a chart asks for its words, for a page about one creditor."""
    return ChartWords(
        gettext=tongue.gettext,
        ngettext=tongue.ngettext,
        said=partial(said, tongue=tongue),
        money=partial(shown_money, tongue=tongue),
        of_one=True,
    )

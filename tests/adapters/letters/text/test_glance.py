"""The first rows of a letter name one day, or none where its invoices have several."""

from __future__ import annotations

from dataclasses import replace

from adapters.letters.writer import LetterWriter
from starter.letters.samples import sample_letter

LETTERS = LetterWriter()


def test_an_overview_of_invoices_of_several_days_names_none_of_them_as_its_own() -> None:
    overview = sample_letter("en", "statement").data
    alone = replace(overview, lines=overview.lines[:1])
    several, one = (LETTERS.content(data).glance for data in (overview, alone))

    assert several is not None
    assert several.until is None
    assert one is not None
    assert one.until is not None
    assert one.until.label == "Due date"


def test_a_demand_for_several_invoices_names_the_day_by_which_it_asks() -> None:
    glance = LETTERS.content(sample_letter("en", "several-final").data).glance

    assert glance is not None
    assert glance.until is not None
    assert (glance.until.label, glance.until.value) == (
        "Payment deadline",
        "12\u00a0March\u00a02026",
    )

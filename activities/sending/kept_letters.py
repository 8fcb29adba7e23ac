"""Makes of a letter what is kept of it: its words, without what opens the customer's page."""

from __future__ import annotations

from dataclasses import replace

from activities.ports.letter_data import Letter

CUT = "…"
"""Stands for the part of a link that is the customer's alone."""


def without_link(letter: Letter, link: str) -> Letter:
    """Cut the customer's own link: whoever reads a kept letter could speak for the customer.

    ``link`` is the address of the page as it left; empty if the letter has none.
    """
    if not link:
        return letter
    cut = f"{link.rpartition('/')[0]}/{CUT}"
    return replace(letter, text=letter.text.replace(link, cut), html=letter.html.replace(link, cut))

"""Names the letters that answer or put something right."""

from __future__ import annotations

from domain.decision.answering.steps import ANSWER_STEPS, DISPUTE_DECIDED

ANSWER_OCCASIONS = tuple(ANSWER_STEPS)
"""All of them."""

_ASKS_ITS_OWN_WAY = ("thanks", DISPUTE_DECIDED)

SHOWS_WHAT_IS_LEFT = tuple(name for name in ANSWER_OCCASIONS if name not in _ASKS_ITS_OWN_WAY)
"""Answers that say how to pay where something is left to be paid, and never over the phone."""

"""Names the letters that answer or put something right."""

from __future__ import annotations

from domain.decision.answering.steps import ANSWER_STEPS

ANSWER_OCCASIONS = tuple(ANSWER_STEPS)
"""All of them."""

SHOWS_WHAT_IS_LEFT = tuple(name for name in ANSWER_OCCASIONS if name != "thanks")
"""Answers that say how to pay where something is left to be paid, and never over the phone."""

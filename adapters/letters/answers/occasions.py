"""Names the letters that answer or put something right, by the step of each."""

from __future__ import annotations

import re

ANSWERS = {
    re.compile(r"dispute-[0-9]+-received"): "dispute_received",
    re.compile(r"correction-[0-9]+"): "correction",
    re.compile(r"thanks"): "thanks",
}
"""The template of each answer, by how its step is named."""


def answer_template(step: str) -> str:
    """Choose the template of an answer; a confirmation of an agreement is every other one."""
    found = (name for pattern, name in ANSWERS.items() if pattern.fullmatch(step))
    return next(found, "agreement")


ANSWER_OCCASIONS = tuple(ANSWERS.values())
"""All of them."""

SHOWS_WHAT_IS_LEFT = ("dispute_received", "correction")
"""Answers that say how to pay where something is left to be paid, and nothing of it else."""

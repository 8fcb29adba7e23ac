"""The steps that letters are written for, and how their lines are read."""

from __future__ import annotations

import re
from typing import Any

from adapters.letters.writer import LetterWriter
from domain.decision.bundling import TONES
from tests.adapters.letters.agreeing import IN_INSTALMENTS
from tests.adapters.letters.samples import letter

LETTERS = LetterWriter()
DUE_STEPS: dict[str, dict[str, Any]] = {
    "polite": {"tone": "friendly"},
    "second": {"tone": "clear", "last_contact": "2026-02-04"},
    "formal": {"do": "demand_letter", "tone": "firm", "last_contact": "2026-02-08"},
    "final": {"do": "demand_letter", "tone": "final", "last_contact": "2026-02-18"},
    "promise-broken-1": {"tone": "clear"},
    "instalment-1-2-missed": {"tone": "clear", "case": IN_INSTALMENTS},
    "instalment-1-2-over": {"tone": "clear", "case": IN_INSTALMENTS},
    **{f"other-{tone}": {"tone": tone} for tone in TONES},
}
WATCHED = ("instalment-1-2-missed", "instalment-1-2-over")
"""Letters that ask nobody to ignore them: whether the money of a plan came is known by the day."""
EARLY_STEPS: dict[str, dict[str, Any]] = {
    "agreement-1-confirmed": {"do": "acknowledge", "tone": "warm", "days_late": 0, "deadline": ""},
    "confirm": {"do": "confirm", "days_late": -20, "deadline": ""},
    "gentle": {"days_late": -3, "deadline": ""},
    "other": {"tone": "firm", "days_late": 0, "deadline": ""},
}
STEPS = DUE_STEPS | EARLY_STEPS


def write(step: str, **more: Any) -> str:
    return LETTERS.write(letter(step, **(STEPS[step] | more))).text


def said(text: str) -> dict[str, str]:
    """The lines of the shape ``Label: value``."""
    found = (re.fullmatch(r" *([A-Z][^:]*): (.+)", line) for line in text.splitlines())
    return {match[1]: match[2] for match in found if match}

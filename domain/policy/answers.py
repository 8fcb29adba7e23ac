"""Which answers a creditor wants to give its customers in writing, beside what it asks for."""

from __future__ import annotations

from enum import StrEnum


class AnswerLetter(StrEnum):
    """A letter that answers; pinned, for policies name it."""

    HARDSHIP = "hardship"
    PART_PAYMENT = "part_payment"
    OVERPAID = "overpaid"
    RECALLED = "recalled"
    PLAN_KEPT = "plan_kept"
    DECIDED = "decided"

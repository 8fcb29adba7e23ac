"""Letters of ours that were wrong, and that the customer has to be told about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.deed import Deed, base_of


class Mistake(StrEnum):
    """What was wrong with a letter; pinned, for ledgers hold it."""

    PROMISE = "promise"
    PLAN = "plan"
    SUM = "sum"
    DAY = "day"
    SENT = "sent"


TOLD_MISTAKES = (Mistake.SUM, Mistake.DAY, Mistake.SENT)
"""What a person may say of a letter: an agreement that is undone says it by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One letter of ours, or all letters about one agreement, that were wrong.

    Attributes:
        key: of the message that said so.
        at: when that was said (UTC); only what went out before can be wrong.
        step: the letter's step; where it ends with ``-``, every step that begins so.
        minor: the sum that it named, minor units; None where it does not matter.
        day: the day that it named; None where it does not matter.
    """

    key: str
    at: datetime
    mistake: Mistake
    step: str
    minor: int | None = None
    day: date | None = None

    def is_about(self, deed: Deed) -> bool:
        """Whether a deed is such a letter, and the customer has it."""
        if not deed.reached_debtor or deed.at > self.at:
            return False
        named = base_of(deed.step)
        return named.startswith(self.step) if self.step.endswith("-") else named == self.step

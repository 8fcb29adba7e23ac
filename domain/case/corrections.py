"""Letters of ours that were wrong, and that the customer has to be told about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.deed import Deed, base_of


class Mistake(StrEnum):
    """What was wrong with a letter; pinned, for ledgers hold it."""

    SUM = "sum"
    DAY = "day"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One letter of ours that was wrong.

    An agreement that is undone is put right by a letter of its own: `domain.fold.taking_back`.

    Attributes:
        key: of the message that said so.
        at: when that was said (UTC); only what went out before can be wrong.
        step: the letter's step.
    """

    key: str
    at: datetime
    mistake: Mistake
    step: str

    def is_about(self, deed: Deed) -> bool:
        """Whether a deed is such a letter, and the customer has it."""
        return deed.reached_debtor and deed.at <= self.at and base_of(deed.step) == self.step

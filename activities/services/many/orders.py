"""What is ordered for many at once, and the answer of each line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.message_types import MessageType

MOST_AT_ONCE = 500
"""Lines of one act: more are not looked at before by anybody."""


MORNING = 8
"""The hour of the wall clock at which a snoozed customer comes back."""


class BulkAct(StrEnum):
    """What may be done to many at once: to customers, or to each of their open invoices."""

    ASSIGN = "assign"
    SNOOZE = "snooze"
    NOTE = "note"
    CLASS = "class"
    PAUSE = "pause"
    RESUME = "resume"
    SEND_NOW = "send-now"


SAID_TO_INVOICES = {
    BulkAct.PAUSE: MessageType.PAUSE,
    BulkAct.RESUME: MessageType.RESUME,
    BulkAct.SEND_NOW: MessageType.SEND_NOW,
}
"""The message that an act says to each invoice."""

OF_CUSTOMERS = (BulkAct.ASSIGN, BulkAct.SNOOZE, BulkAct.NOTE, BulkAct.CLASS)
"""Acts on a customer as one; the others are said to each open invoice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkOrder:
    """What is done, to whom, and by whom.

    Attributes:
        id: of the act: said twice, each line counts once.
        customers: ids of customers; numbers: invoices by number, of the same creditor.
        value: the colleague, the day (ISO), the note or the class; empty where none is needed.
        reason: why, for what is said to invoices.
        zone: of whoever orders it: days are those of that wall clock.
    """

    id: str
    creditor: str
    act: BulkAct
    customers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    value: str = ""
    reason: str = ""
    by: str
    zone: str = "UTC"

    @property
    def morning(self) -> datetime:
        """The instant at which a snoozed customer comes back.

        Raises:
            DomainError: if the value is no day.
        """
        try:
            day = datetime.fromisoformat(self.value)
        except ValueError:
            raise DomainError(f"{self.value} is no day", field="value") from None
        return day.replace(hour=MORNING, tzinfo=ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLine:
    """One line: whom it is about, whether it goes (or went) through, and what is said of it."""

    customer: str
    number: str = ""
    ok: bool
    text: str

"""What people were told when they were answered: kept beside the ledger, and held against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from domain.message_types import MessageType
from tests.simulation.customers import Act

UNCLEAR = frozenset(
    {
        MessageType.PAYMENT_REVERSED,
        MessageType.REFUND,
        MessageType.INVOICE_CORRECTED,
        MessageType.CREDIT_NOTE_CANCELLED,
        MessageType.WRITE_OFF_UNDONE,
        MessageType.PLAN_AGREED,
        MessageType.SETTLEMENT,
    }
)
"""After these an invoice's open sum is not told by its payments alone."""


@dataclass
class Books:
    """What was acknowledged, by people who never look at the ledger.

    Attributes:
        payments: minor units of each acknowledged payment, by customer and id.
        paid: minor units that were stated for an invoice, by number.
        unclear: numbers whose open sum their payments do not tell.
        contested: numbers of which all is contested, and nothing was said since.
        flagged: customers whom nobody shall write to.
        silent: customers who want no texts.
        signalled: the newest signal to each case, its id and when: none is lost once delivered.
        held: whether everything is on hold.
    """

    payments: dict[tuple[str, str], int] = field(default_factory=dict)
    paid: Counter[str] = field(default_factory=Counter)
    unclear: set[str] = field(default_factory=set)
    contested: set[str] = field(default_factory=set)
    flagged: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    signalled: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    held: bool = False

    def pays(self, customer: str, ident: str, minor: int, number: str) -> None:
        """Note an acknowledged payment; the same once."""
        if (customer, ident) not in self.payments:
            self.payments[customer, ident] = minor
            self.paid[number] += minor if number else 0

    def hears(self, number: str, act: Act) -> None:
        """Note an acknowledged message."""
        if act.kind in UNCLEAR:
            self.unclear.add(number)
        if act.kind is MessageType.DISPUTE_OPENED and not act.part:
            if act.body.get("reason") == "price":
                self.contested.add(number)
        elif act.kind is not MessageType.IN_FLIGHT:
            self.contested.discard(number)

    def settled(self, number: str, minor: int) -> bool:
        """Tell whether all of an invoice was acknowledged as paid, and nothing came back."""
        return number not in self.unclear and self.paid[number] >= minor

"""Types of the demo's invoices, with dates counted from today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import Creditor, Debtor

DEMO_CREDITOR = Creditor(
    id="demo",
    name="Amber & Oak Supplies Ltd",
    address="12 Sawmill Lane\nLeeds LS1 4AP\nUnited Kingdom",
    email="billing@amber-oak.example",
    phone="+44 113 496 0100",
    contact="Ann Bell",
    iban="GB33BUKB20201555555555",
    bic="BUKBGB22",
    pay_link="https://pay.amber-oak.example",
    terms="Payment within 30 days of the invoice date. If it does not come in spite of our "
    "letters, we hold deliveries and ask a collection agency to help.",
)


@dataclass(frozen=True, slots=True)
class SampleMessage:
    """A message about an invoice of the demo.

    Attributes:
        ago: days before today on which it was said.
        day: the date it speaks of, in days from today.
    """

    kind: MessageType
    amount: str = ""
    ago: int = 0
    day: int | None = None
    rest: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoInvoice:
    """One invoice of the demo.

    Attributes:
        due: the due date, in days from today.
        terms: days from the invoice date to the due date.
        discount: an early-payment discount that is still to be earned, as ``2/10``.
        second_half: days after the due date on which half of it falls due; 0 is none of it.
    """

    number: str
    situation: str
    due: int
    amount: Money
    debtor: Debtor
    said: tuple[SampleMessage, ...] = ()
    terms: int = 30
    discount: str = ""
    second_half: int = 0


def sample_debtor(number: int, name: str, place: str, **more: Any) -> Debtor:
    """Make a customer with an address that belongs to nobody."""
    country, _, zone = place.partition(" ")
    mail = "accounts@" + "".join(c for c in name.lower() if c.isalpha()) + ".example"
    language = "de" if country == "DE" else "en"
    given = {"email": mail, "sales_rep": "Sam Reed", "language": language} | more
    return Debtor(id=f"C-{number}", name=name, country=country, zone=zone, **given)


UK, DE, US = "GB Europe/London", "DE Europe/Berlin", "US America/New_York"

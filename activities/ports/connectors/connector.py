"""The port of connectors: pull since, webhook in, push back of status and holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from domain.einvoice.document import InvoiceParty
from domain.errors import DomainError
from domain.money import Money


class ConnectorError(DomainError):
    """A billing system that cannot be reached, refuses, or says what cannot be understood."""


class UnsignedCallError(ValueError):
    """A call that the billing system did not sign with our secret."""


class ThereState(StrEnum):
    """How an invoice stands in the billing system."""

    OPEN = "open"
    PAID = "paid"
    VOID = "void"
    WRITTEN_OFF = "written_off"
    CREDITED = "credited"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectedInvoice:
    """An invoice as a billing system tells it.

    Attributes:
        there: its id in that system; for a person, in notes and refusals.
        number: as printed.
        customer: the customer's id in that system.
        due: None where it tells none; then a person is asked.
        amount: gross.
        paid: what was paid of it there.
        open: what is still open of it there; what is neither was credited.
        reference: the payment reference that is printed on it.
    """

    there: str
    number: str
    state: ThereState
    customer: str
    buyer: InvoiceParty
    issued: date
    due: date | None
    amount: Money
    paid: Money
    open: Money
    language: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """An invoice that cannot be read as the system tells it; a person is asked about it."""

    number: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PulledInvoices:
    """What changed in a billing system.

    Attributes:
        since: what to ask from the next time; the system's own words.
        refused: what cannot be understood.
    """

    invoices: tuple[ConnectedInvoice, ...] = ()
    since: str = ""
    refused: tuple[NotUnderstood, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNews:
    """How a case stands, for the billing system's own page of its invoice.

    Attributes:
        stage: a code, as `case show` says it; how it ended, once it has.
        open: plain amount.
        held: whether nothing is asked for at present: a dispute, a pause, a case that is parked.
        next_on: the day of the next step; None if none is planned.
    """

    number: str
    stage: str
    open: str
    currency: str
    held: bool = False
    next_on: date | None = None

    @property
    def remark(self) -> str:
        """One line in words; the same news is the same line."""
        told = [f"{self.stage}: {self.open} {self.currency} open"]
        told += ["held"] if self.held else []
        told += [f"next step on {self.next_on.isoformat()}"] if self.next_on else []
        return "Amicable: " + ", ".join(told)


class Connector(Protocol):
    """One billing system, for one creditor. Everything may be repeated."""

    kind: str

    def pull(self, since: str) -> PulledInvoices:
        """List the invoices that changed since then; everything that is open if it is empty.

        Raises:
            ConnectorError: if the system cannot be reached or refuses.
        """
        ...

    def heard(self, body: bytes, headers: Mapping[str, str]) -> PulledInvoices:
        """Read a call of the system; what it is about is asked for there, where it does not say it.

        Raises:
            UnsignedCallError: if the system did not sign it.
            ConnectorError: if it cannot be understood, or the system cannot be asked.
        """
        ...

    def push(self, news: CaseNews) -> bool:
        """Tell how a case stands; answers whether that was not told there before.

        Raises:
            ConnectorError: if the system cannot be reached or refuses.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedConnector:
    """A connector as an installation describes it.

    Attributes:
        pushes: whether status and holds are told back.
    """

    name: str
    creditor: str
    connector: Connector
    pushes: bool = False


@dataclass(slots=True)
class PulledOneByOne:
    """Gathers invoices of a pull: what one of them makes wrong stops none of the others."""

    invoices: list[ConnectedInvoice] = field(default_factory=list)
    refused: list[NotUnderstood] = field(default_factory=list)

    def refuse(self, number: object, error: Exception) -> None:
        """Note one that cannot be understood; its text may be in the error, so it is not kept."""
        why = str(error) if isinstance(error, DomainError) else type(error).__name__
        self.refused.append(NotUnderstood(number=str(number), why=why))

    def pulled(self, since: str) -> PulledInvoices:
        """Everything gathered."""
        return PulledInvoices(
            invoices=tuple(self.invoices), since=since, refused=tuple(self.refused)
        )

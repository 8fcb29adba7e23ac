"""Customers of a creditor: contact data, credit, flags, sums over all their invoices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from activities.ports.stores.creditors import ArchiveStore, RetentionStore
from domain.credit.model import Credit, CreditChange
from domain.money import Money
from domain.parties.people import Debtor, Point
from domain.parties.sources import Believed, Teller
from domain.policy.classes import History
from domain.policy.model import CreditRules


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """One customer of a creditor as a line of a list; ``open`` holds one sum per currency."""

    creditor: str
    customer: str
    name: str
    credit: str
    do_not_contact: bool
    vulnerable: bool
    erased_at: datetime | None
    running: int
    open: tuple[Money, ...]
    surplus: tuple[Money, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One contact with a customer as a line of a list: when (UTC), what, how, about how many."""

    at: datetime
    what: str
    channel: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSums:
    """A customer's sums and dates over all invoices, at an instant."""

    row: CustomerRow
    history: History
    unallocated: tuple[Money, ...]
    credit_notes: tuple[Money, ...]
    in_favour: tuple[Money, ...]
    contacts: tuple[ContactRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditPage:
    """A customer's credit, the terms that hold for it, and its changes, newest first."""

    credit: Credit
    rules: CreditRules
    changes: tuple[CreditChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A flag as a person set it or took it away; ``at`` is the database's clock (UTC)."""

    flag: str
    is_on: bool
    why: str
    by: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptContradiction:
    """Something that was said about a customer and not taken: by whom, when (UTC), and who knows.

    Attributes:
        kept_by: who said what holds.
        given: what was said.
        given_by: the name of who said it.
    """

    field: str
    kept_by: str
    given: str
    given_by: str
    at: datetime


class CustomerStore(Protocol):
    """What is known of customers."""

    def debtor(self, creditor: str, customer: str) -> Debtor | None:
        """Read how a customer is reached; None if there is no such customer."""
        ...

    def debtors(self, creditor: str, customers: Iterable[str]) -> dict[str, Debtor]:
        """Read those of these customers that are known, by id."""
        ...

    def put(self, creditor: str, debtor: Debtor) -> None:
        """Add a customer, or replace what is known; opt-outs and bad points only grow.

        Raises:
            BusyError: if somebody held the account for half a minute.
        """
        ...

    def tell(self, creditor: str, told: Debtor, teller: Teller) -> Believed:
        """Take in what somebody says about a customer; answers what holds, and what does not.

        Raises:
            BusyError: if somebody held the account for half a minute.
        """
        ...

    def contradictions(self, creditor: str, customer: str) -> tuple[KeptContradiction, ...]:
        """List what was said about a customer and not taken, the newest of each field."""
        ...

    def rows(self, creditor: str, limit: int) -> tuple[CustomerRow, ...]:
        """List a creditor's customers by id."""
        ...

    def sums(
        self, creditor: str, customer: str, since: datetime, now: datetime
    ) -> CustomerSums | None:
        """Add up a customer's invoices, with the contacts since an instant; None if unknown."""
        ...

    def credit(self, creditor: str, customer: str) -> CreditPage:
        """Read a customer's credit without any lock; ok for a customer who is not known."""
        ...

    def marks(self, creditor: str, customer: str) -> tuple[Mark, ...]:
        """List every flag that was ever set or taken away, newest first."""
        ...


class ContactPointStore(Protocol):
    """Further ways to a customer: other addresses, other numbers, other persons."""

    def add(self, creditor: str, customer: str, point: Point) -> None:
        """Add a way to a customer, or replace who is reached there.

        Raises:
            ConflictError: if the customer was erased: nothing personal is taken in any more.
            LookupError: if there is no such customer.
            BusyError: if somebody held the account for half a minute.
        """
        ...

    def remove(self, creditor: str, customer: str, point: str) -> bool:
        """Take a way to a customer off the list; False if it was not there."""
        ...


class ContactChecks(Protocol):
    """What an address and a number must look like."""

    def wrong_email(self, address: str) -> str:
        """Say in words why an address cannot be one; empty if nothing is wrong."""
        ...

    def wrong_number(self, number: str) -> str:
        """Say in words why a number cannot be one; empty if nothing is wrong."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """The result of an erasure: when it was done first (UTC), and rows emptied, by table."""

    at: datetime
    again: bool
    rows: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A content that is kept about a customer, and its path beside the rows."""

    path: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerExport:
    """Everything that is kept about a customer: rows under headings, contents as files."""

    rows: dict[str, list[dict[str, Any]]]
    files: tuple[ExportedFile, ...]


class ErasureStore(Protocol):
    """Persons whose data was exported or erased."""

    @property
    def rules(self) -> RetentionStore:
        """How long data is kept."""
        ...

    @property
    def archive(self) -> ArchiveStore:
        """Closed cases that are kept aside."""
        ...

    def export(self, creditor: str, customer: str) -> CustomerExport:
        """Read everything that is kept about a customer, in one instant.

        Raises:
            LookupError: if there is no such customer.
        """
        ...

    def obstacles(self, creditor: str, customer: str) -> tuple[str, ...]:
        """Say in words why a customer cannot be erased yet, if anything stands in the way."""
        ...

    def erase(self, creditor: str, customer: str, *, by: str, why: str) -> Erased:
        """Empty everything personal about a customer; again, it empties what came in since.

        Raises:
            LookupError: if there is no such customer.
            ConflictError: while there is something to collect or on its way.
            BusyError: if somebody held the account for half a minute.
        """
        ...

    def erased(self, creditor: str, customers: Iterable[str]) -> dict[str, datetime]:
        """List those of these customers whose person was erased, and since when (UTC)."""
        ...

    def take_up_again(self, creditor: str, customer: str, *, by: str, why: str) -> bool:
        """Let contact data be known again for a customer who was erased; False if none was."""
        ...

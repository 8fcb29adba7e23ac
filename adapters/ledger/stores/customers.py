"""Customers in PostgreSQL, in transactions of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine

from activities.ports.stores.customers import (
    CreditPage,
    CustomerRow,
    CustomerSums,
    KeptContradiction,
    Mark,
)
from adapters.ledger.customers import contact_points, credit, flags, people, sources
from adapters.ledger.queries import customers
from domain.parties.people import Debtor, Point
from domain.parties.sources import Believed, Teller


class SqlCustomerStore:
    """What is known of customers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def debtor(self, creditor: str, customer: str) -> Debtor | None:
        """Read how a customer is reached; None if there is no such customer."""
        return people.get_debtor(self._engine, creditor, customer)

    def debtors(self, creditor: str, customers: Iterable[str]) -> dict[str, Debtor]:
        """Read those of these customers that are known, by id."""
        return people.get_debtors(self._engine, creditor, customers)

    def put(self, creditor: str, debtor: Debtor) -> None:
        """Add a customer, or replace what is known; opt-outs and bad points only grow.

        Raises:
            BusyError: if somebody held the account for half a minute.
        """
        people.upsert_debtor(self._engine, creditor, debtor)

    def tell(self, creditor: str, told: Debtor, teller: Teller) -> Believed:
        """Take in what somebody says about a customer; answers what holds, and what does not.

        Raises:
            BusyError: if somebody held the account for half a minute.
        """
        return sources.tell_debtor(self._engine, creditor, told, teller)

    def contradictions(self, creditor: str, customer: str) -> tuple[KeptContradiction, ...]:
        """List what was said about a customer and not taken, the newest of each field."""
        return sources.contradictions_of(self._engine, creditor, customer)

    def rows(self, creditor: str, limit: int) -> tuple[CustomerRow, ...]:
        """List a creditor's customers by id."""
        return customers.list_customers(self._engine, creditor, limit=limit)

    def sums(
        self, creditor: str, customer: str, since: datetime, now: datetime
    ) -> CustomerSums | None:
        """Add up a customer's invoices, with the contacts since an instant; None if unknown."""
        return customers.customer_sums(self._engine, creditor, customer, since, now)

    def credit(self, creditor: str, customer: str) -> CreditPage:
        """Read a customer's credit without any lock; ok for a customer who is not known."""
        return credit.credit_page(self._engine, creditor, customer)

    def marks(self, creditor: str, customer: str) -> tuple[Mark, ...]:
        """List every flag that was ever set or taken away, newest first."""
        return flags.marks(self._engine, creditor, customer)


class SqlContactPointStore:
    """Further ways to a customer: other addresses, other numbers, other persons."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, creditor: str, customer: str, point: Point) -> None:
        """Add a way to a customer, or replace who is reached there.

        Raises:
            ConflictError: if the customer was erased: nothing personal is taken in any more.
            LookupError: if there is no such customer.
            BusyError: if somebody held the account for half a minute.
        """
        contact_points.add_point(self._engine, creditor, customer, point)

    def remove(self, creditor: str, customer: str, point: str) -> bool:
        """Take a way to a customer off the list; False if it was not there."""
        return contact_points.remove_point(self._engine, creditor, customer, point)

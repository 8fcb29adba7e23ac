"""The service for customers: who owes, how they are reached, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from activities.ports.clock import Clock
from activities.ports.stores.cases import CaseFiles, CaseFilter, CaseLists, CaseRow
from activities.ports.stores.customers import (
    ContactChecks,
    ContactPointStore,
    CreditPage,
    CustomerRow,
    CustomerStore,
    CustomerSums,
    ErasureStore,
    KeptContradiction,
    Mark,
)
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.policies import PolicyStore
from activities.ports.stores.team import TeamStore
from activities.ports.types import ConflictError
from domain.calendar import check_place
from domain.charges.statement import Statement
from domain.decision.state import case_state, customer_class
from domain.errors import DomainError
from domain.parties.people import EMAIL, PHONE, Debtor, Point
from domain.parties.sources import Believed, ContactSource, Teller
from domain.parties.wordings import LANGUAGE_TAG
from domain.policy.policy_file import standard_policy

HEARD_AT_ONCE = 200
"""So many cases of a customer are woken at once; the reconciler wakes the others."""

WEEKS = timedelta(weeks=8)
"""How far back the contact book is shown."""

CASES = 50
"""So many invoices are shown one by one; the sums are over all."""


class ContactError(DomainError):
    """Contact data of a customer that cannot be right.

    Attributes:
        value: what was said.
        reason: why it cannot be, without the value.
    """

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(f"{value}: {reason}", field=field)
        self.value = value
        self.reason = reason


class ErasedError(ConflictError):
    """The customer was erased on request, so nothing is taken in about the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSheet:
    """Everything about a customer as one.

    Attributes:
        owner: the colleague who looks after the customer; empty if nobody does.
        customer_class: that of the customer's next new invoice (P31).
        by_history: whether the class follows from the history; else it was set by hand.
        contradictions: what was said of it and not taken, because somebody knows better.
        cases: the open invoices that are due first.
        stated: what is to be paid now for each of them, by the case's id, costs included.
    """

    debtor: Debtor
    sums: CustomerSums
    owner: str
    marks: tuple[Mark, ...]
    credit: CreditPage
    contradictions: tuple[KeptContradiction, ...]
    customer_class: str
    by_history: bool
    cases: tuple[CaseRow, ...]
    stated: Mapping[str, Statement]


@dataclass(frozen=True, kw_only=True)
class CustomerService:
    """Shows customers, and keeps how they are reached."""

    customers: CustomerStore
    points: ContactPointStore
    erasure: ErasureStore
    policies: PolicyStore
    cases: CaseLists
    files: CaseFiles
    team: TeamStore
    checks: ContactChecks
    clock: Clock

    def list(self, creditor: str, limit: int) -> tuple[CustomerRow, ...]:
        """List a creditor's customers: credit, flags, and what is open in each currency."""
        return self.customers.rows(creditor, limit)

    def debtor(self, creditor: str, customer: str) -> Debtor:
        """Show how a customer is reached.

        Raises:
            NotKnownError: if there is no such customer.
        """
        found = self.customers.debtor(creditor, customer)
        if found is None:
            raise NotKnownError(Sought.CUSTOMER, f"{creditor} has no customer {customer}")
        return found

    def debtors(self, creditor: str, customers: Iterable[str]) -> dict[str, Debtor]:
        """Show how those of some customers are reached that are known, by id."""
        return self.customers.debtors(creditor, customers)

    def is_known(self, creditor: str, customer: str) -> bool:
        """Tell whether there is such a customer."""
        return self.customers.debtor(creditor, customer) is not None

    def show(self, creditor: str, customer: str) -> CustomerSheet:
        """Show everything about a customer, in the order in which a collector asks.

        Raises:
            NotKnownError: if there is no such customer.
        """
        now = self.clock()
        debtor = self.debtor(creditor, customer)
        sums = self.customers.sums(creditor, customer, now - WEEKS, now)
        if sums is None:
            raise NotKnownError(Sought.CUSTOMER, f"{creditor} has no customer {customer}")
        policy = self.policies.policy_for(creditor, customer) or standard_policy()
        first = CaseFilter(creditor=creditor, customer=customer, open_only=True, limit=CASES)
        rows = self.cases.find(first)
        files = self.files.files([row.case_id for row in rows])
        return CustomerSheet(
            debtor=debtor,
            sums=sums,
            owner=self.team.owner(creditor, customer),
            marks=self.customers.marks(creditor, customer),
            credit=self.customers.credit(creditor, customer),
            contradictions=self.customers.contradictions(creditor, customer),
            customer_class=customer_class(debtor, sums.history, policy),
            by_history=not debtor.customer_class,
            cases=rows,
            stated={file.invoice.case_id: case_state(file, now).statement for file in files},
        )

    def set_contact(
        self,
        creditor: str,
        customer: str,
        told: Mapping[str, str],
        *,
        after_erasure: bool = False,
        by: str = "",
    ) -> Debtor:
        """Put down how a customer is reached; what is not told, or empty, stays.

        Raises:
            ErasedError: if the customer was erased and nobody said that this is known.
            DomainError: if something that is told cannot be right.
        """
        if customer in self.erasure.erased(creditor, [customer]):
            if not after_erasure:
                raise ErasedError(f"{customer} was erased on request")
            self.erasure.take_up_again(creditor, customer, by=by, why="new contact data")
        known = self.customers.debtor(creditor, customer) or Debtor(id=customer)
        said: dict[str, Any] = {name: value for name, value in told.items() if value}
        self.check(replace(known, **said))
        new, meant = Debtor(id=customer, **said), frozenset(said)
        return self.tell(creditor, new, ContactSource.PERSON, by=by, meant=meant).debtor

    def put(self, creditor: str, debtor: Debtor) -> None:
        """Put down a customer just as it is told; opt-outs and bad points only grow."""
        self.customers.put(creditor, debtor)

    def tell(
        self,
        creditor: str,
        told: Debtor,
        source: ContactSource,
        *,
        by: str = "",
        meant: frozenset[str] = frozenset(),
    ) -> Believed:
        """Take in what somebody says about a customer, but never over who is believed more."""
        teller = Teller(source=source, at=self.clock(), by=by, meant=meant)
        return self.customers.tell(creditor, told, teller)

    def check(self, debtor: Debtor) -> None:
        """Make sure that what is said of a customer can be right.

        Raises:
            ContactError: if an address or number cannot be one.
            DomainError: if there is no such kind of customer, or no such place.
        """
        if debtor.kind not in ("", "business", "consumer"):
            words = f"{debtor.kind} is not known; write business or consumer"
            raise DomainError(words, field="kind")
        if debtor.language and not LANGUAGE_TAG.fullmatch(debtor.language):
            words = f"{debtor.language!r} is no language tag; write for example en, de or pt-BR"
            raise DomainError(words, field="language")
        self.check_reach(debtor.email, debtor.phone)
        check_place(debtor.zone, debtor.country, debtor.subdivision)

    def check_reach(self, email: str = "", phone: str = "") -> None:
        """Make sure that an address and a number, where given, can be ones.

        Raises:
            ContactError: naming the field, its value and the reason.
        """
        if email and (reason := self.checks.wrong_email(email)):
            raise ContactError("email", email, reason)
        if phone and (reason := self.checks.wrong_number(phone)):
            raise ContactError("phone", phone, reason)

    def add_point(self, creditor: str, customer: str, point: Point) -> None:
        """Add a further way to a customer, or replace who is reached there.

        Raises:
            ContactError: if it cannot be one.
            NotKnownError: if there is no such customer.
            ConflictError: if the customer was erased.
        """
        self.check_reach(**{name: point.point for name in (EMAIL, PHONE) if name == point.kind})
        self.debtor(creditor, customer)
        self.points.add(creditor, customer, point)

    def remove_point(self, creditor: str, customer: str, point: str) -> None:
        """Take a further way to a customer off the list.

        Raises:
            NotKnownError: if there is no such customer, or no such way.
        """
        self.debtor(creditor, customer)
        if not self.points.remove(creditor, customer, point):
            raise NotKnownError(Sought.POINT, f"{point} is no further way to {customer}")

    def to_wake(self, creditor: str, customer: str) -> tuple[str, ...]:
        """List the customer's open cases that should look again at once, by id."""
        first = CaseFilter(
            creditor=creditor, customer=customer, open_only=True, limit=HEARD_AT_ONCE
        )
        return tuple(row.case_id for row in self.cases.find(first))

"""The scope of an open account: the transaction, and what its repositories share."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, RowMapping, select

from activities.ports.types import CaseFile
from adapters.ledger.account.pending_writes import PendingWrites
from adapters.ledger.customers import consent, contacts, people
from adapters.ledger.tables.cases import case_file
from domain.credit.model import Credit
from domain.parties.customer import Customer, InvoiceShare, PlannedContact
from domain.parties.people import Debtor

_C = case_file.c


class AccountScope:
    """The account that a unit of work has open.

    Attributes:
        creditor: whose account it is.
        customer_id: with whom.
        owner: the colleague who looks after the customer; empty if nobody does.
        credit: how the customer's credit stands.
        debtor: the customer as letters name and reach them.
        files: cases that were read beforehand, kept as they stand now.
        pending: what is to be written about those cases and is not yet.
    """

    def __init__(
        self, connection: Connection, row: RowMapping, pending: PendingWrites | None = None
    ) -> None:
        self._connection = connection
        self._row = row
        self._as_one: Customer | None = None
        self._currencies: dict[str, str] = {}
        self._mine: set[str] = set()
        self._untouched: set[str] = set()
        self.creditor: str = row["creditor"]
        self.customer_id: str = row["customer"]
        self.owner: str = row["owner"]
        self.credit = Credit(row["credit"])
        self.debtor: Debtor = consent.heeded(connection, people.debtor_of(row))
        self.files: dict[str, CaseFile] = {}
        self.pending = pending or PendingWrites()

    @property
    def connection(self) -> Connection:
        """The open transaction, after everything that was kept back is written down."""
        self.write()
        return self._connection

    @property
    def unflushed(self) -> Connection:
        """The open transaction as it is, for statements that no pending write can concern."""
        return self._connection

    @property
    def customer(self) -> Customer:
        """The customer over all invoices, read when somebody first asks."""
        if self._as_one is None:
            self._as_one = contacts.as_one(self._connection, self._row)
        return self._as_one

    def read_ahead(self, files: dict[str, CaseFile], customer: Customer | None = None) -> None:
        """Answer with these cases from now on, and keep back what is written about them."""
        self._as_one = customer or self._as_one
        self._currencies |= {key: file.invoice.amount.currency for key, file in files.items()}
        self.files = {**self.files, **files}

    def opened(self, case_id: str, currency: str) -> None:
        """Remember a case that was just added: nothing was said to it or done for it yet."""
        self._as_one = None  # its opening concerns the customer's others
        self._currencies[case_id] = currency
        self._untouched.add(case_id)

    def is_untouched(self, case_id: str) -> bool:
        """Tell whether a case was added in this transaction and is otherwise unchanged."""
        return case_id in self._untouched

    def changes(self, case_id: str) -> None:
        """Make sure of a case about which something is about to be written."""
        self._untouched.discard(case_id)
        self.own(case_id)

    def read_anew(self, case_ids: Iterable[str]) -> None:
        """Read cases anew when they are asked for next."""
        for case_id in case_ids:
            self.files.pop(case_id, None)

    def write(self) -> None:
        """Write down what was kept back."""
        self.pending.write(self._connection)

    def end_together(self) -> None:
        """Read and write case by case again; what was not written down is dropped."""
        self.files = {}
        self.pending.forget()

    def touched(self, contact: PlannedContact) -> None:
        """Heed a contact that was just written down."""
        self._as_one = self.customer.touched(contact) if self._as_one else None

    def money_came(self) -> None:
        """Read the customer anew when next asked: money on the account may have changed."""
        self._as_one = None

    def shares(self, share: InvoiceShare) -> None:
        """Heed what an invoice means for the customer's others from now on."""
        self._as_one = self.customer.with_share(share)

    def know(self, case_ids: Iterable[str]) -> None:
        """Remember cases that were found on this account."""
        self._mine.update(case_ids)

    def own(self, case_id: str) -> None:
        """Make sure that a case is this account's: nothing is written onto another's.

        Raises:
            LookupError: if this account has no such case.
        """
        if case_id not in self._mine:
            self.currency_of(case_id)

    def currency_of(self, case_id: str) -> str:
        """Read the currency of a case of this account.

        Raises:
            LookupError: if this account has no such case.
        """
        if case_id not in self._currencies:
            mine = (_C.creditor == self.creditor) & (_C.customer == self.customer_id)
            query = select(_C.currency).where(_C.case_id == case_id, mine)
            found = self._connection.execute(query).scalar_one_or_none()
            if found is None:
                raise LookupError(f"{self.creditor}/{self.customer_id} has no case {case_id}")
            self._currencies[case_id] = found
        return self._currencies[case_id]

    def know_currency(self, case_id: str, currency: str) -> None:
        """Remember the currency of a case of this account that was just read."""
        self._currencies[case_id] = currency

    def refuse_another(self, creditor: str, customer: str) -> None:
        """Refuse what is about another account.

        Raises:
            LookupError: if it is another account's.
        """
        if (creditor, customer) != (self.creditor, self.customer_id):
            mine = f"{self.creditor}/{self.customer_id}"
            raise LookupError(f"{creditor}/{customer} is another account than {mine}")

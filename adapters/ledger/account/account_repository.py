"""An account's pages: everything that may be read and written while its lock is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, RowMapping

from activities.ports.events import DomainEvent
from activities.ports.types import CaseFile, Task
from adapters.ledger.account.incoming_repository import IncomingRepository
from adapters.ledger.account.money_repository import MoneyRepository
from adapters.ledger.batch import read_many
from adapters.ledger.cases import cases, messages
from adapters.ledger.core import events
from adapters.ledger.core.sql import added
from adapters.ledger.customers import people
from adapters.ledger.evidence.evidence import EvidenceRepository
from adapters.ledger.payments import money
from adapters.ledger.tables.desk import task as task_table
from adapters.ledger.tasks import desk
from adapters.ledger.tasks.desk import task_row
from domain.case.model import Case, Deed, Invoice, Message
from domain.case.news import OPTED_IN, OPTED_OUT
from domain.contact.routes import after_news
from domain.credit.model import Standing
from domain.errors import RefusedError
from domain.payments.allocation import Allocation, PaymentIn
from domain.policy.model import Policy
from domain.policy.terms import PerCurrency
from domain.wire import Decision


class SqlAccount(IncomingRepository, MoneyRepository, EvidenceRepository):
    """One account's pages; a case of another account is never found on them."""

    def read(self, case_id: str) -> CaseFile | None:
        """Everything about a case of this account, or None if it was never opened."""
        return cases.read_case(
            self._connection, self._creditor, self._debtor, case_id, self.customer
        )

    def open_case(self, invoice: Invoice, policy: Policy) -> bool:
        """Add a case with its policy; False if it is there with the same content.

        Raises:
            ConflictError: if the number was opened with other content.
            LookupError: if the invoice is another account's.
        """
        self._this_account(invoice.creditor, invoice.customer)
        return cases.insert_case(self._connection, invoice, policy)

    @contextmanager
    def together(self, case_ids: Sequence[str]) -> Iterator[SqlAccount]:
        """The same pages with many cases read at once; what is written is kept when they close."""
        files = read_many.read_cases(
            self._connection, self._creditor, self._debtor, self.customer, case_ids
        )
        pages = TogetherBook(self._connection, self._row, files)
        yield pages
        pages.close()

    def note(self, case_id: str, message: Message, status: str, answer: str) -> bool:
        """Record a message once; False if its key is there with the same content.

        Raises:
            ConflictError: if the key is there with other content.
        """
        self._own(case_id)
        return messages.insert_message(self._connection, case_id, message, status, answer)

    def judge(self, case_id: str, key: str, status: str, answer: str) -> None:
        """Change how a recorded message counts, after a new fold."""
        self._own(case_id)
        messages.judge(self._connection, case_id, key, status, answer)

    def add_deed(self, case_id: str, deed: Deed) -> bool:
        """Record a deed once per (case, step, episode); False if it is there."""
        self._own(case_id)
        return messages.add_deed(self._connection, case_id, deed)

    def save(self, case: Case, decision: Decision | None, *, parked: bool = False) -> None:
        """Keep the folded case and the decision made from it; without one the last stays."""
        self._own(case.invoice.case_id)
        cases.save(self._connection, case, decision, zone=self._debtor.zone, parked=parked)

    def park(self, case_id: str) -> None:
        """Leave a case alone without folding it; what was kept of it stays as it is."""
        self._own(case_id)
        cases.park(self._connection, case_id)

    def add_task(self, task: Task) -> bool:
        """Put something on the desk once per key."""
        return added(self._connection, task_table, **task_row(task))

    def finish_tasks(self, case_id: str, kinds: tuple[str, ...], note: str) -> None:
        """Tick off a case's open tasks of some kinds."""
        self._own(case_id)
        desk.finish_tasks(self._connection, case_id, kinds, note)

    def open_invoices(self) -> tuple[str, ...]:
        """The account's case ids with something open, oldest due date first."""
        return money.open_invoices(self._connection, self._creditor, self._customer)

    def add_payment(self, payment: PaymentIn, parts: tuple[Allocation, ...]) -> bool:
        """Record a payment and its parts; False if it is there with the same content.

        Raises:
            ConflictError: if its id is there with other content.
            RefusedError: if it is not more than zero, or not in its cases' currency.
            ValueError: if the parts are more than the payment.
        """
        self._this_account(payment.creditor, payment.customer)
        for part in parts:
            self._own(part.case)
            _fits(part, self._currencies[part.case])
        self._as_one = None  # what lies on the account may be another sum now
        return money.add_payment(self._connection, payment, parts)

    def parts_of(self, payment: PaymentIn) -> tuple[Allocation, ...]:
        """How a recorded payment was shared out, by case id."""
        self._this_account(payment.creditor, payment.customer)
        return money.payment_parts(self._connection, payment)

    def mark_point(
        self,
        debtor: str,
        point: str,
        *,
        bad: bool = False,
        opted_out: str = "",
        opted_in: str = "",
    ) -> None:
        """Remember that an address does not work, or that a channel is not wanted, or is again."""
        self._this_account(self._creditor, debtor)
        known = self._debtor.with_bad(point) if bad and point else self._debtor
        if opted_out:
            known = after_news(known, OPTED_OUT, opted_out, "")
        if opted_in:
            known = after_news(known, OPTED_IN, opted_in, "")
        self._debtor = known
        people.mark_point(self._connection, self._creditor, self._debtor)

    def announce(self, event: DomainEvent) -> bool:
        """Tell whoever listens what happened on this account, once per id; False if it is known.

        Raises:
            LookupError: if it is another account's.
        """
        self._this_account(event.creditor, event.customer)
        if event.case:
            self._own(event.case)
        return events.insert_event(self._connection, event)

    def _this_account(self, creditor: str, customer: str) -> None:
        if (creditor, customer) != (self._creditor, self._customer):
            mine = f"{self._creditor}/{self._customer}"
            raise LookupError(f"{creditor}/{customer} is another account than {mine}")


def _fits(part: Allocation, currency: str) -> None:
    if part.amount.currency != currency:
        raise RefusedError(f"{part.amount} does not fit an invoice in {currency}", field="currency")


class TogetherBook(SqlAccount):
    """An account's pages with many cases read at once, and their deeds kept at the end."""

    def __init__(self, connection: Connection, row: RowMapping, files: dict[str, CaseFile]) -> None:
        super().__init__(connection, row)
        self._files = files
        self._currencies = {key: file.invoice.amount.currency for key, file in files.items()}
        self._later = read_many.Later(connection)

    def read(self, case_id: str) -> CaseFile | None:
        """What was read beforehand: nothing else can have changed under the lock."""
        return self._files.get(case_id) or super().read(case_id)

    def add_deed(self, case_id: str, deed: Deed) -> bool:
        """A deed is kept for the end."""
        known = self._files[case_id].deeds
        if any((d.step, d.episode) == (deed.step, deed.episode) for d in known):
            return False
        self._later.add_deed(case_id, deed)
        return True

    def save(self, case: Case, decision: Decision | None, *, parked: bool = False) -> None:
        """So is what was decided."""
        self._later.save(case, decision, zone=self._debtor.zone, parked=parked)

    def standing(self, tolerance: PerCurrency) -> Standing:
        """What the credit follows from, with all that was kept for the end."""
        self.close()
        return super().standing(tolerance)

    def close(self) -> None:
        """Write down what was kept for the end."""
        self._later.write()

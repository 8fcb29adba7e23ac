"""An account's pages: everything that may be read and written while its lock is held."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, RowMapping, select

from activities.happenings import Happening
from activities.papers import CaseFile, Outbound, OutboundState, Receipt, Task
from adapters.ledger import cases, desk, happenings, messages, money, people, sending
from adapters.ledger.customer_pages import CustomerPages
from adapters.ledger.desk import task_row
from adapters.ledger.money_pages import MoneyPages
from adapters.ledger.sql import added
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.desk import task as task_table
from domain.case import Case, Deed, Invoice, Message
from domain.errors import RefusedError
from domain.payments import Allocation, PaymentIn
from domain.policy import Policy
from domain.wire import Decision


class SqlBook(CustomerPages, MoneyPages):
    """One account's pages; a case of another account is never found on them."""

    def __init__(self, connection: Connection, row: RowMapping) -> None:
        super().__init__(connection, row)
        self._debtor = people.debtor_of(row)
        self._as_one = people.customer_of(row)
        self._currencies: dict[str, str] = {}

    def read(self, case_id: str) -> CaseFile | None:
        """Everything about a case of this account, or None if it was never opened."""
        return cases.read(self._connection, self._creditor, self._debtor, case_id, self._as_one)

    def open_case(self, invoice: Invoice, policy: Policy) -> bool:
        """Add a case with its policy; False if it is there with the same content.

        Raises:
            ConflictError: if the number was opened with other content.
            LookupError: if the invoice is another account's.
        """
        self._this_account(invoice.creditor, invoice.customer)
        return cases.open_case(self._connection, invoice, policy)

    def note(self, case_id: str, message: Message, status: str, answer: str) -> bool:
        """Record a message once; False if its key is there with the same content.

        Raises:
            ConflictError: if the key is there with other content.
        """
        self._own(case_id)
        return messages.note(self._connection, case_id, message, status, answer)

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

    def add_task(self, task: Task) -> bool:
        """Put something on the desk once per key."""
        return added(self._connection, task_table, **task_row(task))

    def finish_tasks(self, case_id: str, kinds: tuple[str, ...], note: str) -> None:
        """Tick off a case's open tasks of some kinds."""
        self._own(case_id)
        desk.finish_tasks(self._connection, case_id, kinds, note)

    def outbound(self, case_id: str, step: str, episode: int) -> Outbound | None:
        """The message of a step, if one was ever begun."""
        self._own(case_id)
        return sending.outbound(self._connection, case_id, step, episode)

    def take_off(self, case_id: str, step: str, episode: int, channel: str, to: str) -> Outbound:
        """Mark the step's message in flight with a new attempt, by the database's clock.

        Raises:
            BusyError: if it is in flight already: reconcile, never call again.
            ConflictError: if it has ended.
        """
        self._own(case_id)
        item = sending.Item(self._creditor, self._customer, case_id, step, episode)
        return sending.take_off(self._connection, item, channel, to)

    def land(self, outbound: Outbound, state: OutboundState, receipt: Receipt | None) -> None:
        """Record how the newest attempt ended; REJECTED closes the whole message.

        Raises:
            ConflictError: if the attempt has landed before, or another one has begun.
        """
        sending.land(self._connection, outbound, state, receipt)

    def turn_down(self, outbound: Outbound, receipt: Receipt) -> None:
        """Record that the newest attempt's channel rejected it; the message goes back to NEW."""
        sending.turn_down(self._connection, outbound, receipt)

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
        return money.add_payment(self._connection, payment, parts)

    def parts_of(self, payment: PaymentIn) -> tuple[Allocation, ...]:
        """How a recorded payment was shared out, by case id."""
        self._this_account(payment.creditor, payment.customer)
        return money.parts_of(self._connection, payment)

    def mark_point(
        self, debtor: str, point: str, *, bad: bool = False, opted_out: str = ""
    ) -> None:
        """Remember that an address does not work, or that a channel is not wanted."""
        self._this_account(self._creditor, debtor)
        known = self._debtor
        bad_points, unwanted = known.bad_points, known.opted_out
        if bad and point and point not in bad_points:
            bad_points = (*bad_points, point)
        if opted_out and opted_out not in unwanted:
            unwanted = (*unwanted, opted_out)
        self._debtor = replace(known, bad_points=bad_points, opted_out=unwanted)
        people.mark_point(self._connection, self._creditor, self._debtor)

    def announce(self, happening: Happening) -> bool:
        """Tell whoever listens what happened on this account, once per id; False if it is known.

        Raises:
            LookupError: if it is another account's.
        """
        self._this_account(happening.creditor, happening.customer)
        if happening.case:
            self._own(happening.case)
        return happenings.announce(self._connection, happening)

    def _this_account(self, creditor: str, customer: str) -> None:
        if (creditor, customer) != (self._creditor, self._customer):
            mine = f"{self._creditor}/{self._customer}"
            raise LookupError(f"{creditor}/{customer} is another account than {mine}")

    def _own(self, case_id: str) -> None:
        """Nothing is ever written onto another account's case."""
        if case_id in self._currencies:
            return
        query = select(case_file.c.currency).where(
            case_file.c.case_id == case_id,
            case_file.c.creditor == self._creditor,
            case_file.c.customer == self._customer,
        )
        currency = self._connection.execute(query).scalar_one_or_none()
        if currency is None:
            raise LookupError(f"{self._creditor}/{self._customer} has no case {case_id}")
        self._currencies[case_id] = currency


def _fits(part: Allocation, currency: str) -> None:
    if part.amount.currency != currency:
        raise RefusedError(f"{part.amount} does not fit an invoice in {currency}", field="currency")

"""What the deeds need from the world, as small protocols that adapters fulfil."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from activities.ports.customer_ports import CustomerBook, CustomerLedger
from activities.ports.events import DomainEvent
from activities.ports.filing import EvidenceBook
from activities.ports.incoming_ports import IncomingBook
from activities.ports.letter_data import Letter, LetterData
from activities.ports.money_ports import MoneyBook
from activities.ports.sending_ports import SendingBook
from activities.ports.types import CaseFile, Dossier, Envelope, Found, Receipt, Task
from domain.case.model import Case, Deed, Invoice, Message
from domain.payments.allocation import Allocation, PaymentIn
from domain.policy.model import Policy
from domain.wire import Decision


class Channel(Protocol):
    """A way to the debtor: sends once, never retries, never raises for a provider's error."""

    name: str
    provider: str
    index_lag: timedelta
    """How long after a call the provider's own search may not know the message yet."""

    def send(self, envelope: Envelope) -> Receipt:
        """Hand the message to the provider, within 10 seconds in all."""
        ...

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Ask the provider whether it has taken this message since an instant."""
        ...


class Letters(Protocol):
    """Puts a message into words."""

    def write(self, data: LetterData) -> Letter:
        """Render one message; raises if a value is missing."""
        ...


class Agency(Protocol):
    """The intermediary; delivering the same id twice is harmless to it."""

    def deliver(self, dossier: Dossier) -> Receipt:
        """Hand over, update or recall a case."""
        ...


class AccountBook(
    CustomerBook, EvidenceBook, IncomingBook, MoneyBook, SendingBook["AccountBook"], Protocol
):
    """One account's pages under its lock: all in one transaction, committed on leaving."""

    def read(self, case_id: str) -> CaseFile | None:
        """Everything about a case of this account, or None if it was never opened."""
        ...

    def open_case(self, invoice: Invoice, policy: Policy) -> bool:
        """Add a case with its policy; False if it is there with the same content.

        Raises:
            ConflictError: if the number was opened with other content.
        """
        ...

    def note(self, case_id: str, message: Message, status: str, answer: str) -> bool:
        """Record a message once; False if its key is there with the same content.

        Raises:
            ConflictError: if the key is there with other content.
        """
        ...

    def judge(self, case_id: str, key: str, status: str, answer: str) -> None:
        """Change how a recorded message counts, after a new fold."""
        ...

    def add_deed(self, case_id: str, deed: Deed) -> bool:
        """Record a deed once per (case, step, episode); False if it is there."""
        ...

    def save(self, case: Case, decision: Decision | None, *, parked: bool = False) -> None:
        """Keep the folded case (derived figures) and the decision made from it.

        Without a decision the last one stays, and with it the newest message that it had seen: so
        the reconciler finds a case whose workflow was never woken.
        """
        ...

    def park(self, case_id: str) -> None:
        """Leave a case alone without folding it; what was kept of it stays as it is."""
        ...

    def add_task(self, task: Task) -> bool:
        """Put something on the desk once per key."""
        ...

    def finish_tasks(self, case_id: str, kinds: tuple[str, ...], note: str) -> None:
        """Tick off a case's open tasks of some kinds: what they ask for has no ground any more."""
        ...

    def open_invoices(self) -> tuple[str, ...]:
        """The account's case ids with something open, oldest due date first."""
        ...

    def add_payment(self, payment: PaymentIn, parts: tuple[Allocation, ...]) -> bool:
        """Record a payment and how it was shared out; False if it is there with the same content.

        What no part takes stays on the account as unallocated money.

        Raises:
            ConflictError: if its id is there with other content.
        """
        ...

    def parts_of(self, payment: PaymentIn) -> tuple[Allocation, ...]:
        """How a recorded payment was shared out."""
        ...

    def mark_point(
        self,
        debtor: str,
        point: str,
        *,
        bad: bool = False,
        opted_out: str = "",
        opted_in: str = "",
    ) -> None:
        """Remember that an address does not work, or that a channel is not wanted, or is again.

        A number that does not work is named as ``as_bad`` does: a landline takes calls, but no SMS.
        """
        ...

    def announce(self, event: DomainEvent) -> bool:
        """Tell whoever listens what happened on this account, once per id; False if it is known."""
        ...


class Ledger(CustomerLedger, Protocol):
    """The memory of the house."""

    def account_of(self, case_id: str) -> AbstractContextManager[AccountBook]:
        """The pages of a case's account, locked; raises BusyError at once if another holds them."""
        ...

    def account(self, creditor: str, customer: str) -> AbstractContextManager[AccountBook]:
        """The pages of an account (made if there is none), locked, waiting for its turn."""
        ...

    def customer_of(self, case_id: str) -> str | None:
        """The customer of a case, read without any lock; None if there is no such case."""
        ...

    def is_out_of_reach(self, error: BaseException) -> bool:
        """Whether an error means that the ledger cannot be asked now, and nothing is wrong."""
        ...

"""The main ports: channels, letters, agency, the ledger's unit of work, workflows of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from activities.ports.case_ports import (
    CaseRepository,
    EventRepository,
    EvidenceRepository,
    MessageRepository,
    TaskRepository,
)
from activities.ports.customer_ports import CustomerLedger, CustomerRepository
from activities.ports.incoming_ports import AccountId, InboundRepository
from activities.ports.letter_data import Letter, LetterData
from activities.ports.letters.changes import LetterChangeRepository
from activities.ports.letters.sent import SentLetterRepository
from activities.ports.money_ports import PaymentRepository
from activities.ports.sending_ports import OutboundRepository
from activities.ports.types import Dossier, Envelope, Found, Receipt, Task
from domain.case.model import Case


class Channel(Protocol):
    """A channel to the debtor: sends once, never retries, never raises for a provider's error."""

    name: str
    provider: str
    index_lag: timedelta
    """How long after a call the provider's own search may not know the message yet."""

    complete_after: timedelta | None
    """How long after a call its search knows every message, so that a no is believed; None: never.
    """

    def send(self, envelope: Envelope) -> Receipt:
        """Hand the message to the provider, within 10 seconds in all.

        Its last byte leaves only while the look holds that the message rests on; after that nothing
        has left, and the receipt says so (stale).
        """
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
    """The agency; delivering the same id twice is harmless to it."""

    def deliver(self, dossier: Dossier) -> Receipt:
        """Hand over, update or recall a case."""
        ...


class AccountRepository(Protocol):
    """One account under its lock: a unit of work, all in one transaction, committed on leaving."""

    @property
    def id(self) -> AccountId:
        """Creditor and customer."""
        ...

    def is_held(self) -> bool:
        """Ask the ledger whether the lock is held still; False if it cannot be asked."""
        ...

    @property
    def cases(self) -> CaseRepository:
        """Its cases."""
        ...

    @property
    def messages(self) -> MessageRepository:
        """The messages to its cases."""
        ...

    @property
    def payments(self) -> PaymentRepository:
        """Its money."""
        ...

    @property
    def outbound(self) -> OutboundRepository:
        """The messages to the customer."""
        ...

    @property
    def inbound(self) -> InboundRepository:
        """What came back from providers and the customer."""
        ...

    @property
    def tasks(self) -> TaskRepository:
        """Its tasks for people."""
        ...

    @property
    def customer(self) -> CustomerRepository:
        """What holds for all its invoices."""
        ...

    @property
    def evidence(self) -> EvidenceRepository:
        """The files that are kept with its cases."""
        ...

    @property
    def changes(self) -> LetterChangeRepository:
        """What people changed of letters to come."""
        ...

    @property
    def letters(self) -> SentLetterRepository:
        """The letters as they left."""
        ...

    @property
    def events(self) -> EventRepository:
        """Its events for other systems."""
        ...

    def together(self, case_ids: Sequence[str]) -> AbstractContextManager[None]:
        """Read many cases at once; until it ends, what is written about them is kept back.

        Whoever asks meanwhile is answered as if it had been written at once.
        """
        ...


class Ledger(CustomerLedger, Protocol):
    """The ledger: accounts opened under their lock, and questions without one."""

    def account_of(self, case_id: str) -> AbstractContextManager[AccountRepository]:
        """Lock a case's account at once; raises BusyError if another holds it."""
        ...

    def account(self, creditor: str, customer: str) -> AbstractContextManager[AccountRepository]:
        """Lock an account (made if there is none), waiting for it."""
        ...

    def customer_of(self, case_id: str) -> str | None:
        """Read the customer of a case without any lock; None if there is no such case."""
        ...

    def customers_of(self, case_ids: Sequence[str]) -> Mapping[str, str]:
        """Read whose these cases are, by case and in one look; what is no case is left out."""
        ...

    def is_out_of_reach(self, error: BaseException) -> bool:
        """Whether an error means that the ledger cannot be asked now, and nothing is wrong."""
        ...


class CaseWatch(Protocol):
    """The ledger's answer to: which cases and tasks does nobody look after?"""

    def running(self, after: str, limit: int) -> tuple[str, ...]:
        """Up to so many cases that must have a running workflow, by id, behind a given one."""
        ...

    def count_running(self) -> int:
        """How many cases must have a running workflow."""
        ...

    def opened_since(self, since: datetime, limit: int) -> tuple[str, ...]:
        """Up to so many of those that were opened since an instant (UTC), the oldest first."""
        ...

    def behind(self, older_than: timedelta) -> list[str]:
        """Cases with news that no decision has seen, or no decision at all, for so long."""
        ...

    def overdue(self, since: datetime, limit: int) -> tuple[str, ...]:
        """Up to so many cases whose step was due before an instant, longest overdue first."""
        ...

    def park(self, case_id: str) -> None:
        """Take a case out of the machine's hands."""
        ...

    def put_task(self, task: Task) -> bool:
        """Put something on the desk once per key, outside of any account's lock."""
        ...

    def finish_tasks_beginning(self, beginning: str, note: str) -> bool:
        """Tick off the open tasks whose keys begin so; False if there is none."""
        ...

    def pass_on_late_tasks(self, now: datetime) -> int:
        """Give tasks that were not done in time to somebody else; answers how many."""
        ...


class CaseRuns(Protocol):
    """The running workflows of cases."""

    async def is_running(self, case_id: str) -> bool:
        """Tell whether a case's newest workflow is running."""
        ...

    async def was_cancelled(self, case_id: str) -> bool:
        """Tell whether somebody cancelled a case's newest workflow."""
        ...

    async def wake(self, case: Case, stage: str) -> None:
        """Tell a case's workflow that the ledger has news; starts it if there is none.

        Raises:
            RPCError: if Temporal cannot be reached.
        """
        ...

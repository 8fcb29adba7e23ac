"""Repositories of an account's cases: files, messages, tasks, evidence, events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from activities.ports.events import DomainEvent
from activities.ports.types import CaseFile, RecordedMessage, Task
from domain.case.model import Case, Deed, Invoice, Message
from domain.evidence.model import Evidence, Filed
from domain.message_types import ActionType
from domain.parties.customer import InvoiceShare
from domain.parties.tasks import TaskKind
from domain.policy.model import Policy
from domain.wire import Decision


class CaseRepository(Protocol):
    """The cases of one account, under its lock."""

    def read(self, case_id: str) -> CaseFile | None:
        """Read everything about a case of this account; None if it was never opened."""
        ...

    def open(self, invoice: Invoice, policy: Policy, *, own: bool = False) -> bool:
        """Add a case with its policy, perhaps its own; False if it is there with the same content.

        Raises:
            ConflictError: if the number was opened with other content.
        """
        ...

    def add_deed(self, case_id: str, deed: Deed) -> bool:
        """Record a deed once per (case, step, episode); False if it is there."""
        ...

    def save(
        self,
        case: Case,
        decision: Decision | None,
        share: InvoiceShare | None = None,
        *,
        parked: bool = False,
    ) -> None:
        """Keep the folded case (derived figures) and the decision made from it.

        What it means for the customer's other cases is kept with it, and stays if none is given.

        Without a decision the last one stays, and with it the newest message that it had seen: so
        the reconciler finds a case whose workflow was never woken.
        """
        ...

    def park(self, case_id: str) -> None:
        """Leave a case alone without folding it; what was kept of it stays as it is."""
        ...

    def numbers_alike(self, case_id: str) -> tuple[str, ...]:
        """List the numbers with the same digits that the creditor had opened before a case."""
        ...

    def open_invoices(self) -> tuple[str, ...]:
        """List the account's case ids with something open, oldest due date first."""
        ...

    def planned(
        self, case_id: str, before: datetime, kinds: tuple[ActionType, ...]
    ) -> tuple[tuple[datetime, date], ...]:
        """List such deeds that the account's other cases plan before an instant, with due dates."""
        ...

    def planned_steps(
        self, case_id: str, up_to: datetime, kinds: tuple[ActionType, ...]
    ) -> tuple[str, ...]:
        """List the steps of such deeds that the account's other cases plan up to an instant."""
        ...

    def nudge_all(  # noqa: PLR0913 - the mark and whom it is for
        self,
        key: str,
        why: str,
        by: str,
        at: datetime,
        *,
        ref: str = "",
        but: str = "",
        only: tuple[str, ...] = (),
    ) -> tuple[str, ...]:
        """Put a mark on every running case of the account but one, once per key; answers their ids.

        ``only`` narrows it down to these, ``ref`` names what it is about where that changes them.

        A marked case is behind its ledger: whoever is not woken at once is woken by the reconciler.
        """
        ...

    def follow(self, case_id: str, policy: Policy) -> str:
        """Let a case follow a policy from now on; answers its SHA-256, empty if it does already."""
        ...


class MessageRepository(Protocol):
    """The messages to the cases of one account, under its lock."""

    def add(self, case_id: str, message: Message, status: str, answer: str) -> bool:
        """Record a message once; False if its key is there with the same content.

        Raises:
            ConflictError: if the key is there with other content.
        """
        ...

    def judge(self, case_id: str, judged: RecordedMessage) -> None:
        """Change how a recorded message counts, after a new fold."""
        ...

    def overlook(self, case_id: str, key: str) -> None:
        """Count a case's last decision as made with a message, if it knew all before it.

        So nobody is woken for what changes nothing.
        """
        ...


class TaskRepository(Protocol):
    """The tasks about one account, under its lock."""

    def add(self, task: Task) -> bool:
        """Add a task once per key."""
        ...

    def ask(self, task: Task) -> None:
        """Add a task, or open it again as it is told now where it was done before."""
        ...

    def finish(self, key: str, note: str) -> None:
        """Tick one task off, if it is still open."""
        ...

    def open_again(self, case_id: str, kinds: tuple[TaskKind, ...], since: datetime) -> None:
        """Open the tasks about a case again that were ticked off as groundless since an instant."""
        ...

    def finish_kinds(self, case_id: str, kinds: tuple[TaskKind, ...], note: str) -> None:
        """Tick off a case's open tasks of some kinds: what they ask for has no ground any more."""
        ...

    def about(self, case_id: str, kinds: tuple[TaskKind, ...]) -> tuple[Task, ...]:
        """List the open tasks of some kinds that are about a case, alone or with others."""
        ...

    def of_customer(self, kinds: tuple[TaskKind, ...]) -> tuple[Task, ...]:
        """List the customer's open tasks of some kinds, oldest first."""
        ...

    def change(self, task: Task) -> None:
        """Change which cases an open task is about, its title and its detail."""
        ...

    def retitle(self, case_id: str, keys: Sequence[str], title: str) -> None:
        """Give a case's open tasks, where they are about no other, the title that is true now."""
        ...

    def finish_surplus(self, case_id: str, but: str) -> None:
        """Tick off a case's questions about its surplus, all but that one."""
        ...

    def whose_turn(self, *preferred: str) -> str:
        """Choose who takes up new work about this customer; empty if nobody is there.

        Their owner, else the first of those preferred, else who has least to do.
        """
        ...

    def is_supervisor(self, name: str) -> bool:
        """Whether somebody of that name is a supervisor in the creditor's team."""
        ...


class EvidenceRepository(Protocol):
    """The files that are kept with the cases of one account."""

    def keep(self, case_id: str, given: Filed) -> Evidence:
        """Keep a file with a case; the same content again is the same file."""
        ...

    def of_case(self, case_id: str) -> tuple[Evidence, ...]:
        """What is kept with a case, oldest first, without the contents."""
        ...

    def content(self, case_id: str, sha256: str) -> bytes | None:
        """Read a file by its hash; None if the case has no such file, or it was erased."""
        ...

    def invoice_copy(self, case_id: str) -> tuple[str, bytes] | None:
        """Name and content of the newest copy of the invoice (P23); None if none is kept."""
        ...


class EventRepository(Protocol):
    """The domain events of one account, announced with what makes them happen."""

    def announce(self, event: DomainEvent) -> bool:
        """Announce an event to other systems, once per id; False if it is known."""
        ...

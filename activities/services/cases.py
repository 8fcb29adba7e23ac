"""The service for looking at cases: as lines of a list, and with everything known of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from activities.ports.stores.cases import (
    Attempt,
    CaseFiles,
    CaseFilter,
    CaseLists,
    CaseRow,
    NextStep,
)
from activities.ports.stores.replies import HeardBack
from activities.ports.stores.tasks import TaskFilter, TaskRow, TaskStore
from activities.ports.types import CaseFile, RecordedMessage
from domain.case.model import Deed

MOST_INVOICES = 200
"""Invoices of one briefing, oldest due date first: nobody calls about more."""

_MOST_TASKS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseContacts:
    """Attempts to reach a case's debtor, what came back, and open tasks."""

    attempts: tuple[Attempt, ...]
    heard_back: tuple[HeardBack, ...]
    tasks: tuple[TaskRow, ...]


class CaseQueryService:
    """Looks at cases without any lock; changing one is the case service's part."""

    def __init__(self, lists: CaseLists, files: CaseFiles, tasks: TaskStore) -> None:
        self._lists = lists
        self._files = files
        self._tasks = tasks

    def list(self, wanted: CaseFilter) -> tuple[CaseRow, ...]:
        """List cases by due date, a page at a time."""
        return self._lists.find(wanted)

    def owing(
        self, creditor: str, customers: Sequence[str], each: int
    ) -> dict[str, tuple[CaseRow, ...]]:
        """List what each of some customers owes by due date, so many at most."""
        found: dict[str, tuple[CaseRow, ...]] = dict.fromkeys(customers, ())
        for row in self._lists.owing(creditor, customers, each):
            found[row.customer] = (*found[row.customer], row)
        return found

    def row(self, case_id: str) -> CaseRow | None:
        """Show one case as a line of a list; None if there is none."""
        return self._lists.row(case_id)

    def rows(self, case_ids: Sequence[str]) -> tuple[CaseRow, ...]:
        """Show those of these cases that there are, as lines of a list."""
        return self._lists.rows(case_ids)

    def file(self, case_id: str) -> CaseFile | None:
        """Read everything about a case at one instant; None if there is no such case."""
        return self._files.file(case_id)

    def files(self, case_ids: Sequence[str]) -> Iterator[CaseFile]:
        """Read everything about many cases."""
        return self._files.files(case_ids)

    def open_files(self, creditor: str, customer: str) -> tuple[CaseFile, ...]:
        """Read everything about a customer's open cases, oldest due date first."""
        wanted = CaseFilter(
            creditor=creditor, customer=customer, open_only=True, limit=MOST_INVOICES
        )
        ids = [row.case_id for row in self._lists.find(wanted)]
        found = {file.invoice.case_id: file for file in self._files.files(ids)}
        return tuple(found[case_id] for case_id in ids if case_id in found)

    def contacts(self, case_id: str) -> CaseContacts:
        """Show what was tried to reach the debtor, what came back, and what waits for people."""
        return CaseContacts(
            tasks=self._tasks.find(TaskFilter(case=case_id, limit=_MOST_TASKS)),
            attempts=self._files.attempts(case_id),
            heard_back=self._files.heard_back(case_id),
        )

    def messages(self, case_id: str) -> tuple[RecordedMessage, ...]:
        """Show what was said to a case."""
        return self._files.messages(case_id)

    def deeds(self, case_id: str) -> tuple[Deed, ...]:
        """Show what was done for a case."""
        return self._files.deeds(case_id)

    def next_steps(self, creditor: str, customer: str) -> dict[str, NextStep]:
        """Show what each case of a customer does next, by case id."""
        return self._lists.next_steps(creditor, customer)

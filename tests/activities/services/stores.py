"""Stores that keep what services tell them in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from activities.ports.events import DomainEvent, Endpoint, Place
from activities.ports.stores.cases import CaseFilter, CaseRow, NextStep
from activities.ports.stores.tasks import TaskFilter, TaskRow
from activities.ports.stores.webhooks import TriedOut
from activities.ports.types import Task
from domain.errors import DomainError
from domain.parties.people import Creditor
from domain.parties.tasks import TaskKind, TaskState

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def clock() -> datetime:
    """The instant at which everything here happens."""
    return NOW


@dataclass
class Tasks:
    """Tasks by key; each belongs to the creditor that its case names."""

    rows: dict[str, TaskRow] = field(default_factory=dict)

    def add(self, key: str, creditor: str, due_at: datetime | None = None) -> None:
        """Put an open task on the desk."""
        new = Task(
            key=key, kind=TaskKind.QUESTION, case=f"invoice/{creditor}/R-1", title="", due_at=due_at
        )
        self.rows[key] = TaskRow(task=new, status=TaskState.OPEN, created_at=NOW)

    def find(self, wanted: TaskFilter) -> tuple[TaskRow, ...]:
        """Those that should have been done before an instant, or all."""
        late = wanted.due_before
        return tuple(
            row
            for row in self.rows.values()
            if late is None or (row.task.due_at and row.task.due_at < late)
        )

    def page(self, wanted: TaskFilter, after: str) -> tuple[TaskRow, ...]:
        """All of them."""
        return self.find(wanted)

    def task(self, key: str) -> TaskRow | None:
        """One of them."""
        return self.rows.get(key)

    def task_of(self, creditor: str, key: str) -> TaskRow | None:
        """One of them, if it is that creditor's."""
        row = self.rows.get(key)
        return row if row and row.task.case.startswith(f"invoice/{creditor}/") else None

    def finish(self, key: str, by: str, note: str) -> bool:
        """Tick one off, once."""
        row = self.rows[key]
        if row.status == "done":
            return False
        self.rows[key] = replace(row, status=TaskState.DONE, done_by=by, done_note=note)
        return True

    def reopen(self, key: str, by: str, since: datetime) -> bool:
        """Open one again that was ticked off by the same person."""
        row = self.rows[key]
        if row.status == "open" or row.done_by != by:
            return False
        self.rows[key] = replace(row, status=TaskState.OPEN, done_by="", done_note="")
        return True

    def take(self, key: str, by: str, now: datetime) -> bool:
        """Give one to somebody."""
        if key not in self.rows:
            return False
        row = self.rows[key]
        self.rows[key] = replace(row, task=replace(row.task, owner=by))
        return True


@dataclass
class Cases:
    """How many cases each creditor has, and no more of them."""

    counts: dict[str, int] = field(default_factory=dict)

    def count(self, creditor: str = "") -> int:
        """How many."""
        return self.counts.get(creditor, 0)

    def find(self, wanted: CaseFilter) -> tuple[CaseRow, ...]:
        """None of them."""
        return ()

    def row(self, case_id: str) -> CaseRow | None:
        """None of them."""
        return None

    def rows(self, case_ids: object) -> tuple[CaseRow, ...]:
        """None of them."""
        return ()

    def owing(self, creditor: str, customers: Sequence[str], each: int) -> tuple[CaseRow, ...]:
        """None of them."""
        return ()

    def running_of(self, creditor: str, customer: str, limit: int) -> tuple[str, ...]:
        """None of them."""
        return ()

    def next_steps(self, creditor: str, customer: str) -> dict[str, NextStep]:
        """Nothing."""
        return {}


@dataclass
class Creditors:
    """Creditors by id."""

    known: dict[str, Creditor] = field(default_factory=dict)

    def put(self, company: Creditor) -> None:
        """Keep one."""
        self.known[company.id] = company

    def creditor(self, creditor_id: str) -> Creditor | None:
        """One of them."""
        return self.known.get(creditor_id)


class Checks:
    """Every creditor needs an address."""

    def wrong(self, company: Creditor) -> tuple[str, str] | None:
        """Whether it has one."""
        return None if company.email else ("email", "every mail needs its sender")


@dataclass
class Endpoints:
    """Endpoints by place; nothing waits for any of them."""

    kept: dict[Place, Endpoint] = field(default_factory=dict)

    def put(self, new: Endpoint) -> bool:
        """Keep one."""
        fresh = new.place not in self.kept
        self.kept[new.place] = new
        return fresh

    def drop(self, place: Place) -> bool:
        """Forget one."""
        return self.kept.pop(place, None) is not None

    def endpoints(self, creditor: str) -> tuple[Endpoint, ...]:
        """Those of a creditor."""
        return tuple(one for one in self.kept.values() if creditor in ("", one.creditor))

    def backlog(self, place: Place) -> dict[str, int]:
        """Two that wait."""
        return {"pending": 2}

    def again(self, place: Place, since: datetime | None) -> int:
        """Two of them."""
        return 2


class Line:
    """Reaches every endpoint whose address is https."""

    def refuse(self, url: str) -> None:
        """Refuse another address."""
        if not url.startswith("https://"):
            raise DomainError(f"{url}: refused", field="url")

    def secret(self, creditor: str) -> str:
        """A secret that tells whose it is."""
        return f"secret of {creditor}"

    def try_out(self, event: DomainEvent, url: str) -> TriedOut:
        """It is taken."""
        return TriedOut(taken=True, status=204, detail=f"{event.kind} to {url}")

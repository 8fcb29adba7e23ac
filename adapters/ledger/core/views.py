"""What the ledger shows to people and programs that only look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from activities.ports.types import Task
from domain.money import Money
from domain.parties.tasks import TaskState
from domain.payments.allocation import Allocation, PaymentIn


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases to list, by due date; an empty word means all.

    Attributes:
        open_only: leave out what has ended or owes nothing.
        due_from: nothing due before that day.
        due_until: nothing due after that day.
        limit: at most so many.
        after: the case id at which the page before ended.
    """

    creditor: str = ""
    customer: str = ""
    stage: str = ""
    open_only: bool = False
    due_from: date | None = None
    due_until: date | None = None
    limit: int = 100
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case as a line of a list; instants in UTC.

    Attributes:
        stage: where it stands; empty before the first decision.
        outcome: how it ended; empty while it runs.
        costs_left: interest and fees that are chased although the invoice itself is paid.
        next_do: the activity that runs at ``next_at``, or ``wait``.
        settled_at: the instant of the money that settled it.
        days_late: calendar days from due date to that money.
    """

    case_id: str
    creditor: str
    customer: str
    customer_name: str
    number: str
    issued: date
    due: date
    amount: Money
    paid: Money
    credited: Money
    written_off: Money
    open: Money
    surplus: Money
    disputed: Money
    costs_left: Money
    policy: str
    stage: str
    outcome: str
    episode: int
    next_do: str
    next_step: str
    next_at: datetime | None
    next_why: str
    opened_at: datetime
    settled_at: datetime | None
    days_late: int
    parked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Which tasks to list, most urgent first; an empty word means all.

    Attributes:
        due_before: only those that should have been done before an instant.
    """

    status: TaskState = TaskState.OPEN
    creditor: str = ""
    case: str = ""
    kind: str = ""
    owner: str = ""
    due_before: datetime | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task with what became of it; instants in UTC.

    Attributes:
        passed_on: how far it was passed on because nobody had done it in time.
    """

    task: Task
    status: TaskState
    created_at: datetime
    done_at: datetime | None = None
    done_by: str = ""
    done_note: str = ""
    passed_on: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What a case does next, as its newest decision says: the decision's number, when, which."""

    number: int
    at: datetime | None
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to bring a step's message to the debtor.

    Attributes:
        state: where the whole message stands.
        result: how this attempt ended; ``in_flight`` if nobody knows yet.
        since: when it was marked in flight (UTC, database clock).
        at: when its end was recorded (UTC, database clock).
    """

    step: str
    episode: int
    message_id: str
    state: str
    attempt: int
    channel: str
    recipient: str
    result: str
    provider_id: str
    detail: str
    since: datetime | None
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A message that has been in flight for long: somebody crashed and nobody came back."""

    case_id: str
    step: str
    episode: int
    message_id: str
    channel: str
    age: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """A payment, the parts that cases took, what went back, and what is left on the account."""

    payment: PaymentIn
    parts: tuple[Allocation, ...]
    unallocated: Money
    refunded: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Unallocated:
    """Money of a customer that no case took yet."""

    creditor: str
    customer: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardBack:
    """That something came back about a message of a case: when, by which channel, what it was.

    Attributes:
        what: such as delivered, opened, bounced, reply or auto_reply; never any words.
        code: the provider's code for it, if it told one.
    """

    at: datetime
    step: str
    channel: str
    what: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """An answer that came in, as it is kept."""

    key: str
    at: datetime
    channel: str
    sort: str
    state: str
    creditor: str
    customer: str
    case_id: str
    sender: str
    subject: str
    said: str

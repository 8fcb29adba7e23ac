"""The shapes of what the gateway answers, for its description; amounts are decimals as text."""

# One thing: what the description publishes of every answer, each shape once.

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from domain.parties.keys import KeyRole

_Row = dict[str, Any]

RouteRow = tuple[str, str, str, Callable[..., Any], tuple[KeyRole, ...], type[BaseModel]]
"""A route as tables list it: method, address, name, handler, roles and answer."""


class Shown(BaseModel):
    """What is answered; fields may be added, never taken away."""

    model_config = ConfigDict(extra="allow")


class LineAnswered(Shown):
    """What became of one line: its own status, with the answer or the problem."""

    line: int
    status: int


class Problem(BaseModel):
    """What went wrong (RFC 9457); docs/gateway.md lists the types."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(examples=["urn:amicable:problem:refused"])
    title: str
    status: int
    detail: str
    code: str = ""
    field: str = ""
    errors: list[dict[str, str]] = []


class Answered(Shown):
    """What the sender of a message is told."""

    case: str
    accepted: bool
    text: str
    check_at: str | None
    plan_b: str | None
    code: str


class MoneyPlaced(Shown):
    """Which case took what of the money that lay on an account, and what is left there."""

    id: str
    new: bool
    parts: dict[str, str]
    given_back: str | None
    left: str
    currency: str
    code: str


class StatementTaken(Shown):
    """What became of a statement's money: how many bookings were known, posted, taken back."""

    statements: int
    entries: int
    known: int
    posted: dict[str, int]
    reversed: int
    asked: int
    gaps: list[_Row]
    left_out: dict[str, str]


class PaymentPosted(Shown):
    """What a payment settled, by case, and what is left on the account."""

    payment: str
    accepted: bool
    text: str
    parts: dict[str, str]
    left: str
    code: str


class CaseLine(Shown):
    """A case as a line of a list."""

    case: str
    number: str
    customer: str
    customer_name: str
    issued: str
    due: str
    currency: str
    amount: str
    paid: str
    credited: str
    written_off: str
    disputed: str
    surplus: str
    open: str
    costs_left: str
    policy: str
    stage: str
    outcome: str | None
    episode: int
    next: str
    next_at: str | None
    why: str
    settled_at: str | None
    parked: bool


class CaseOpened(CaseLine):
    """A case that was opened, or that was open already.

    ``unreachable`` says why nobody can write to the customer; ``contradictions`` what was said
    about the customer and not taken, because a person knows better.
    """

    new: bool
    unreachable: str = ""
    contradictions: list[dict[str, str]] = []


class CasePage(Shown):
    """Cases by due date; `next` is the cursor of the page after, null at the end."""

    items: list[CaseLine]
    next: str | None


class CaseSheet(Shown):
    """Everything about a case.

    ``open`` is what is left of the invoice itself, ``to_pay`` what is to be paid now: that part of
    it that is asked for, with its ``costs``. ``terms`` are the parts in which it falls due, each
    with what is left of it; null where that is one day.
    """

    case: str
    customer: str
    amount: str
    open: str
    costs: str
    to_pay: str
    costs_accrue: bool
    terms: list[_Row] | None
    currency: str
    stage: str
    who_has_it: str
    next: str
    next_at: str | None
    why: str
    promises: list[_Row]
    disputes: list[_Row]
    said: list[_Row]
    done: list[_Row]
    messages: list[_Row]
    agency: _Row | None


class Why(Shown):
    """What a case does next and why, and why it did what it did."""

    case: str
    next: str
    step: str | None
    at: str | None
    why: str
    but: str | None
    stage: str
    customer_class: str
    policy: str
    done: list[_Row]


class Preview(Shown):
    """What will happen to a case if nobody says another word."""

    case: str
    items: list[_Row]
    why: str


class Suggested(Shown):
    """What may be done: what is said to a case is called by the kind of its message.

    What is known of it stands in `fields`, what a person must add in `needed`.
    """

    act: str
    case: str
    creditor: str
    means: str
    fields: dict[str, str]
    needed: dict[str, str]


class TaskLine(Shown):
    """Something that waits for a person."""

    key: str
    kind: str
    case: str | None
    also: list[str]
    title: str
    detail: str
    owner: str
    due_at: str | None
    status: str
    done_at: str | None
    done_by: str
    done_note: str
    passed_on: int
    suggestions: list[Suggested]


class TaskDone(Shown):
    """A task that was ticked off; what it was about stands in the list of those that are done."""

    key: str
    case: str | None
    status: str
    done_at: str | None
    done_by: str


class TaskPage(Shown):
    """Tasks, most urgent first; `next` is the cursor of the page after, null at the end."""

    items: list[TaskLine]
    next: str | None


class Customer(Shown):
    """A customer as one: contact data, credit, flags, money, contacts, open cases.

    ``open`` is what is left of the invoices, ``to_pay`` what is to be paid now with costs, each per
    currency; ``to_pay`` is null where there are more open invoices than are shown.
    """

    customer: str
    name: str
    email: str
    phone: str
    credit: str
    open: list[str]
    to_pay: list[str] | None
    cases: list[_Row]


class Briefing(Shown):
    """What to know before a call, and what to ask."""

    customer: str
    customer_class: str
    history: list[str]
    invoices: list[_Row]
    in_favour: list[str]
    questions: list[str]

"""Domain events that other systems are told of, and the queue of their deliveries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from activities.ports.types import Task

EVENT_TYPES = (
    "case.opened",
    "case.closed",
    "case.reopened",
    "case.handed_off",
    "case.recalled",
    "credit.changed",
    "credit.limit_passed",
    "promise.recorded",
    "promise.kept",
    "promise.broken",
    "plan.defaulted",
    "dispute.opened",
    "dispute.settled",
    "message.sent",
    "invoice.corrected",
    "task.overdue",
)
"""Everything that an endpoint may subscribe to; pinned: other systems know these words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainEvent:
    """An event that another system may want to know, without anybody's personal data.

    Attributes:
        id: stable and unique, such as ``credit.changed/acme/C-1/2026-03-02T09:00:00Z``; what is
            announced twice under one id happens once.
        kind: one of ``KINDS``.
        case: the case's id; empty where a customer as a whole is meant.
        at: the instant (UTC) at which it happened.
        data: ids, dates (ISO) and amounts (decimal strings): no names, addresses or free texts.
    """

    id: str
    kind: str
    creditor: str
    customer: str
    at: datetime
    case: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


CALL_SECONDS = 10.0
"""So long one call to an endpoint takes at most, in all."""

Place = tuple[str, str]
"""An endpoint: its creditor and its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An address at which a creditor's other system takes events; no kinds means all of them."""

    creditor: str
    name: str
    url: str
    kinds: tuple[str, ...] = ()
    active: bool = True

    @property
    def place(self) -> Place:
        """Its key."""
        return self.creditor, self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """One delivery that is ours to attempt until the lease ends.

    Attributes:
        attempt: its number, from 1.
    """

    event: DomainEvent
    endpoint: Endpoint
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryEnd:
    """How an attempt ended.

    Attributes:
        wait: until the next attempt; None if it is given up or delivered.
        gone: the endpoint wants nothing any more and is switched off.
        task: for a person, if one must know.
    """

    delivered: bool = False
    status: int = 0
    detail: str = ""
    wait: timedelta | None = None
    gone: bool = False
    task: Task | None = None

    @property
    def state(self) -> str:
        """Where the delivery stands now."""
        if self.delivered:
            return "delivered"
        return "given_up" if self.wait is None else "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointReply:
    """The result of one attempt; ``status`` is 0 where there was no answer.

    Attributes:
        detail: in words, without addresses or secrets.
        retry_after: how long the other side wants to be left alone.
    """

    status: int = 0
    detail: str = ""
    retry_after: timedelta | None = None

    @property
    def taken(self) -> bool:
        """Whether the other side has it."""
        return 200 <= self.status < 300  # noqa: PLR2004 - HTTP's own range


class DeliveryQueue(Protocol):
    """The deliveries that wait."""

    def anybody_listens(self) -> bool:
        """Whether any endpoint is switched on."""
        ...

    def lease(self, most: int, term: timedelta, skip: Collection[Place] = ()) -> tuple[Leased, ...]:
        """Take deliveries that are due; nobody else gets them for the term."""
        ...

    def settle(self, done: Leased, ending: DeliveryEnd) -> bool:
        """Record how an attempt ended; False if the lease was over and others have tried since."""
        ...

    def give_back(self, unused: Leased) -> None:
        """Return a delivery that was leased but never called: the attempt does not count."""
        ...

    def put_task(self, task: Task) -> bool:
        """Add a task once per key."""
        ...


class EndpointCaller(Protocol):
    """Signs an event with its creditor's secret and posts it."""

    can_sign: bool
    """Whether there is a secret to sign with."""

    def post(self, event: DomainEvent, url: str) -> EndpointReply:
        """Post once, within ``CALL_SECONDS``; whatever goes wrong stands in the reply."""
        ...

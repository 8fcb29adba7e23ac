"""What other systems are told of: one happening is one event, under one id for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

EVENT_TYPES = (
    "case.opened",
    "case.closed",
    "case.reopened",
    "case.handed_off",
    "case.recalled",
    "credit.changed",
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
    """Something that another system may want to know, without anybody's personal data.

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

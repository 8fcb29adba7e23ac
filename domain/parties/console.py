"""What a person may do in the console: each has one role with one creditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import DomainError
from domain.parties.team import colleague_name

IDLE = timedelta(minutes=30)
"""A session ends when nothing was asked in it for so long."""

LONGEST_SESSION = timedelta(hours=12)
"""A session ends after so long, whatever is asked in it."""

INVITED_FOR = timedelta(hours=24)
"""An invitation that nobody accepted in time opens nothing any more."""


class ConsoleRole(StrEnum):
    """What a person may do beside looking; pinned, for ledgers hold these words.

    Attributes:
        COLLECTOR: records what customers say and agree, does tasks, writes notes.
        SUPERVISOR: all of that; approves, gives money up, holds everything.
        SALES: notes, disputes and answers to questions; no agreements, no money.
        AUDITOR: looks, and changes nothing.
        ADMIN: all of a supervisor, and who may come in.
    """

    COLLECTOR = "collector"
    SUPERVISOR = "supervisor"
    SALES = "sales"
    AUDITOR = "auditor"
    ADMIN = "admin"


CHIEFS = frozenset({ConsoleRole.SUPERVISOR, ConsoleRole.ADMIN})
"""Who decides what a collector may not decide alone."""

COLLECTING = frozenset({ConsoleRole.COLLECTOR, *CHIEFS})
"""Who records what customers say and agree."""

NOTING = frozenset({ConsoleRole.SALES, *COLLECTING})
"""Who writes anything down at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolePerson:
    """A person who may come into the console of one creditor.

    Attributes:
        zone: where this person works: instants are shown as the wall clock there shows them.
        language: in which this person reads the console; empty for the browser's own.
        removed_at: when access was taken away (UTC); None while there is any.
        subject: the id by which the company's own provider knows them; empty if it does not.
    """

    creditor: str
    name: str
    role: ConsoleRole
    zone: str = "UTC"
    language: str = ""
    created_at: datetime | None = None
    removed_at: datetime | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class GroupRole:
    """As what the people of a group come in: in a role, with a creditor."""

    group: str
    creditor: str
    role: ConsoleRole


def parse_group_roles(text: str) -> tuple[GroupRole, ...]:
    """Read which group comes in as what: ``desk=acme:collector, chiefs=acme:supervisor``.

    Raises:
        DomainError: naming the part that cannot be understood.
    """
    return tuple(_group_role(part.strip()) for part in text.split(",") if part.strip())


def _group_role(part: str) -> GroupRole:
    group, _, place = part.rpartition("=")
    creditor, _, role = place.partition(":")
    if not group or not creditor or "/" in creditor or role not in list(ConsoleRole):
        roles = ", ".join(ConsoleRole)
        raise DomainError(f"{part!r} is no rule; write group=creditor:role, with one of {roles}")
    return GroupRole(group, creditor, ConsoleRole(role))


def person_by_groups(
    rules: tuple[GroupRole, ...], groups: frozenset[str], name: str
) -> ConsolePerson | None:
    """Find as whom somebody comes in: by the first rule that fits; None if none does.

    Raises:
        DomainError: if the provider says no name that people can be called by.
    """
    fits = next((rule for rule in rules if rule.group in groups), None)
    if fits is None:
        return None
    return ConsolePerson(creditor=fits.creditor, name=colleague_name(name), role=fits.role)

"""Ports of the inbound processor: what came in, whose it is, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from activities.ports.incoming import Reply, ReportKind
from activities.ports.stores.replies import AnswerRow
from activities.ports.types import Carried, OutboundState, Task
from domain.evidence.received import ReceivedFile

UNREAD = "unread"
"""The reason of an event that nobody could read; it is kept as it came."""

AccountId = tuple[str, str]
"""Creditor and customer."""


class State(StrEnum):
    """What became of something that came in."""

    APPLIED = "applied"
    IGNORED = "ignored"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderReports:
    """One thing that a provider told about one message.

    Attributes:
        message_id: our id of it; empty if it names none of ours.
        at: when it happened by the provider's clock (UTC), if it said so.
        reason: the provider's code, or ``unread``.
        recipient: the address that it is about, in small letters; empty if nobody named it.
        age: how long it has been here, by the database's clock.
        settled: whether it was dealt with before.
    """

    key: str
    message_id: str
    provider: str
    kind: ReportKind
    at: datetime | None = None
    reason: str = ""
    recipient: str = ""
    age: timedelta = timedelta()
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer that waits for the processor, with the account it was routed to, if any."""

    reply: Reply
    account: AccountId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedAddress:
    """The channel and recipient of one attempt at a message."""

    channel: str
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """A message as it was sent: where it stands, which ways it took (oldest first), its steps."""

    id: str
    state: OutboundState
    ways: tuple[UsedAddress, ...] = ()
    carried: tuple[Carried, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWish:
    """A wish for a channel, or against it, since an instant (UTC)."""

    at: datetime
    wanted: bool


class InboundRepository(Protocol):
    """What came back to one account, under its lock."""

    def letterhead(self, message_id: str) -> Letterhead | None:
        """A message of this account as it was sent; None if it is another's."""
        ...

    def told_of(self, message_id: str) -> tuple[ProviderReports, ...]:
        """Everything that providers ever told about a message, settled or not."""
        ...

    def wishes(self, channel: str) -> tuple[ContactWish, ...]:
        """List all wishes of the customer about a channel, oldest first."""
        ...

    def settle_told(self, keys: Sequence[str], state: State) -> None:
        """Write down what became of events; the first word counts."""
        ...

    def files_of(self, key: str) -> tuple[ReceivedFile, ...]:
        """List what came with an answer, with the contents that no case keeps yet."""
        ...

    def answers_about(self, case_id: str) -> tuple[AnswerRow, ...]:
        """List what the customer wrote about a case, oldest first."""
        ...

    def settle_reply(self, key: str, state: State, case_id: str = "") -> None:
        """Record what became of an answer; what came with it is kept by its cases from now on."""
        ...


class Inbox(Protocol):
    """What came in and is not settled yet, read without any account's lock."""

    def replies(self) -> Iterator[Kept]:
        """List new answers, wishes to be left alone first, then oldest first."""
        ...

    def events(self, grace: timedelta) -> Iterator[ProviderReports]:
        """List unsettled reports, oldest first; those of no message only after a grace."""
        ...

    def owner_of(self, message_id: str) -> AccountId | None:
        """Find whose message it is; None if there is no such message (yet)."""
        ...

    def a_case_of(self, account: AccountId, message_id: str = "") -> str | None:
        """Find one case of an account, of those that a message speaks of if it names one."""
        ...

    def known_by(self, point: str) -> tuple[AccountId, ...]:
        """List the accounts that are reached by a number or an e-mail address."""
        ...

    def newest_to(self, channel: str, point: str) -> tuple[AccountId, str] | None:
        """Find the newest message on a channel to an address, and whose it is."""
        ...

    def set_aside(self, told: ProviderReports, state: State, task: Task | None = None) -> None:
        """Write down what became of an event of no account, and tell a person where asked."""
        ...

    def lay_aside(self, key: str, state: State, task: Task | None = None) -> None:
        """The same with an answer."""
        ...

    def forget_strangers(self) -> int:
        """Empty old answers that belong to no customer; answers how many."""
        ...

    def unheard(self, channels: Sequence[str]) -> int:
        """Count the messages of these channels that nothing was reported about for days."""
        ...

    def complain(self, task: Task) -> None:
        """Put something on the desk, outside of any account's lock."""
        ...


class MailboxError(RuntimeError):
    """The mailbox cannot be read; the text names what to look at, and no address."""


class Mailbox(Protocol):
    """The mailbox in which answers arrive."""

    def round(self) -> int:
        """Keep every new mail in the ledger; answers how many were new.

        Raises:
            MailboxError: if the mailbox cannot be reached or read.
        """
        ...

"""Links to the customer's page: what each one shows, and which ones were taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from activities.ports.types import Carried


class RevokedBecause(StrEnum):
    """Why a link was taken back; pinned, for ledgers hold these words."""

    NOT_MEANT = "not_meant"
    BY_US = "by_us"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A link to the customer's page: one of each message, and those that people made by hand.

    Attributes:
        id: opaque (a UUID); of a message's link the message's own.
        recipient: the address or number it went to; empty if it was handed over.
        channel: by which it went there; empty if it was handed over.
        carried: the steps that the message speaks of; what the link shows are their invoices.
    """

    id: str
    creditor: str
    customer: str
    recipient: str = ""
    channel: str = ""
    carried: tuple[Carried, ...] = ()

    @property
    def cases(self) -> tuple[str, ...]:
        """The ids of the invoices' cases, each once."""
        return tuple(dict.fromkeys(item.case for item in self.carried))

    @property
    def is_of_a_message(self) -> bool:
        """Whether it stands in a message of ours."""
        return bool(self.channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link to a customer's page as a line of a list; instants by the database's clock (UTC)."""

    id: str
    recipient: str
    channel: str
    cases: tuple[str, ...]
    at: datetime
    by: str = ""
    revoked_at: datetime | None = None
    why: str = ""


class PageLinkStore(Protocol):
    """Links to customers' pages."""

    def find(self, link_id: str) -> PageLink | None:
        """Read a link; None if there is no such link, or it was taken back."""
        ...

    def add(self, link: PageLink, by: str) -> None:
        """Keep a link that a person made by hand."""
        ...

    def revoke(self, link_id: str, why: RevokedBecause, by: str) -> bool:
        """Take one link back; False if there is no such link."""
        ...

    def revoke_those_to(self, link: PageLink, why: RevokedBecause, by: str) -> int:
        """Take back a link and all others that went to its recipient; answers how many."""
        ...

    def rows(self, creditor: str, customer: str) -> tuple[LinkRow, ...]:
        """List a customer's links, newest first."""
        ...

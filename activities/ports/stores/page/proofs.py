"""Confirmed addresses: codes that were sent to known mailboxes, and what they opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from activities.ports.stores.page.links import PageLink


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSent:
    """A code that is to be sent to a known mailbox.

    Attributes:
        code: its keyed hash; the code itself is kept nowhere.
        until: when it ends (UTC).
    """

    link: PageLink
    address: str
    code: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """An address that was confirmed through a link.

    Attributes:
        at: when (UTC).
        until: how long the page stays open for it (UTC).
    """

    address: str
    at: datetime
    until: datetime


class PageProofStore(Protocol):
    """Codes, and what was confirmed with them."""

    def sent_since(self, link: PageLink, since: datetime) -> int:
        """Count the codes sent to a customer since an instant, by whatever link."""
        ...

    def add(self, sent: CodeSent) -> None:
        """Keep a code; those that the link had before are void."""
        ...

    def confirm(self, link_id: str, code: str, session: str, now: Confirmed) -> bool:
        """Take a code, once: with it a session is open; False if it is wrong, used or over.

        ``now`` says when, and until when the session stays open; its address is not looked at.
        """
        ...

    def confirmed(self, link_id: str, session: str, now: datetime) -> Confirmed | None:
        """Find what was confirmed in a session that is still open."""
        ...

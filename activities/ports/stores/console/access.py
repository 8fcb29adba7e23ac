"""Who may come into the console, by which links, sessions and passkeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.parties.console import ConsolePerson


class Entrance(StrEnum):
    """By what a session was opened; pinned, for the ledger holds these words."""

    LINK = "link"
    PASSKEY = "passkey"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleSession:
    """An open session; instants in UTC."""

    person: ConsolePerson
    opened_by: Entrance
    opened_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A passkey of a person: its public half, and how often it was used."""

    id: str
    creditor: str
    name: str
    public_key: bytes
    sign_count: int


class AccessStore(Protocol):
    """People of the console, their invitations, sessions and passkeys."""

    def people(self, creditor: str) -> tuple[ConsolePerson, ...]:
        """List a creditor's people by name, those without access any more, too."""
        ...

    def invite(self, person: ConsolePerson, by: str) -> str:
        """Make an invitation; its secret is told this once: the ledger keeps its hash only."""
        ...

    def invited(self, secret: str) -> ConsolePerson | None:
        """Find whom an invitation is for; None if it is unknown, used or too old."""
        ...

    def accept(self, secret: str, zone: str) -> ConsolePerson | None:
        """Use an invitation up, once; None if it is unknown, used or too old."""
        ...

    def signed_in(self, person: ConsolePerson, subject: str) -> ConsolePerson | None:
        """Keep whoever came by the company's provider, known there by that id.

        A name stays as it was first; None if it is somebody else's, or access was taken away.
        """
        ...

    def open_session(self, person: ConsolePerson, by: Entrance) -> str:
        """Open a session; its secret is told this once: the ledger keeps its hash only."""
        ...

    def session(self, secret: str) -> ConsoleSession | None:
        """Find an open session, and note that it was used; None for any other secret."""
        ...

    def end_session(self, secret: str) -> None:
        """End one session."""
        ...

    def keep_language(self, person: ConsolePerson, language: str) -> None:
        """Keep in which language a person reads; empty for the browser's own."""
        ...

    def remove(self, creditor: str, name: str) -> bool:
        """Take a person's access away, with every session; False if there was none."""
        ...

    def add_passkey(self, key: Passkey) -> None:
        """Keep the public half of a person's passkey."""
        ...

    def passkeys(self, creditor: str, name: str) -> tuple[Passkey, ...]:
        """List a person's passkeys."""
        ...

    def passkey(self, key_id: str) -> tuple[Passkey, ConsolePerson] | None:
        """Find a passkey and whose it is; None if unknown, or that person has no access."""
        ...

    def used(self, key_id: str, sign_count: int) -> None:
        """Note how often a passkey was used."""
        ...

"""Who may come into the console, in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine

from activities.ports.stores.console.access import ConsoleSession, Entrance, Passkey
from adapters.ledger.console import access, passkeys
from domain.parties.console import ConsolePerson


class SqlAccessStore:
    """People of the console, their invitations, sessions and passkeys."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def people(self, creditor: str) -> tuple[ConsolePerson, ...]:
        """List a creditor's people by name, those without access any more, too."""
        return access.list_people(self._engine, creditor)

    def invite(self, person: ConsolePerson, by: str) -> str:
        """Make an invitation; its secret is told this once: the ledger keeps its hash only."""
        return access.invite_person(self._engine, person, by)

    def invited(self, secret: str) -> ConsolePerson | None:
        """Find whom an invitation is for; None if it is unknown, used or too old."""
        return access.invited_person(self._engine, secret)

    def accept(self, secret: str, zone: str) -> ConsolePerson | None:
        """Use an invitation up, once; None if it is unknown, used or too old."""
        return access.accept_invitation(self._engine, secret, zone)

    def signed_in(self, person: ConsolePerson, subject: str) -> ConsolePerson | None:
        """Keep whoever came by the company's provider, known there by that id."""
        return access.keep_signed_in(self._engine, person, subject)

    def open_session(self, person: ConsolePerson, by: Entrance) -> str:
        """Open a session; its secret is told this once: the ledger keeps its hash only."""
        return access.open_session(self._engine, person, by)

    def session(self, secret: str) -> ConsoleSession | None:
        """Find an open session, and note that it was used; None for any other secret."""
        return access.session_of(self._engine, secret)

    def end_session(self, secret: str) -> None:
        """End one session."""
        access.end_session(self._engine, secret)

    def keep_language(self, person: ConsolePerson, language: str) -> None:
        """Keep in which language a person reads; empty for the browser's own."""
        access.keep_language(self._engine, person, language)

    def remove(self, creditor: str, name: str) -> bool:
        """Take a person's access away, with every session; False if there was none."""
        return access.remove_person(self._engine, creditor, name)

    def add_passkey(self, key: Passkey) -> None:
        """Keep the public half of a person's passkey."""
        passkeys.add_passkey(self._engine, key)

    def passkeys(self, creditor: str, name: str) -> tuple[Passkey, ...]:
        """List a person's passkeys."""
        return passkeys.passkeys_of(self._engine, creditor, name)

    def passkey(self, key_id: str) -> tuple[Passkey, ConsolePerson] | None:
        """Find a passkey and whose it is; None if unknown, or that person has no access."""
        return passkeys.passkey_with_owner(self._engine, key_id)

    def used(self, key_id: str, sign_count: int) -> None:
        """Note how often a passkey was used."""
        passkeys.note_use(self._engine, key_id, sign_count)

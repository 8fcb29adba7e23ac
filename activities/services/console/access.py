"""The service for coming into the console: people, invitations, sessions."""

from __future__ import annotations

from dataclasses import dataclass

from activities.ports.stores.console.access import (
    AccessStore,
    ConsoleSession,
    Entrance,
    Passkey,
)
from activities.ports.stores.errors import NotKnownError, Sought
from domain.calendar import check_zone
from domain.errors import DomainError
from domain.parties.console import ConsolePerson, ConsoleRole
from domain.parties.team import colleague_name


@dataclass(frozen=True, slots=True)
class Entered:
    """Whoever came in, and the secret of the session that was opened for them."""

    person: ConsolePerson
    session: str


class AccessService:
    """Invites people, lets them in, and takes their access away."""

    def __init__(self, store: AccessStore) -> None:
        self._store = store

    def people(self, creditor: str) -> tuple[ConsolePerson, ...]:
        """List a creditor's people, those without access any more, too."""
        return self._store.people(creditor)

    def invite(
        self, creditor: str, name: str, role: ConsoleRole, *, by: str, zone: str = "UTC"
    ) -> str:
        """Invite a person, who may be known already; answers the secret of a link, once.

        Raises:
            DomainError: if that is no name, or no time zone.
        """
        if not is_zone(zone):
            raise DomainError(f"{zone} is no time zone; write one such as Europe/London")
        person = ConsolePerson(creditor=creditor, name=colleague_name(name), role=role, zone=zone)
        return self._store.invite(person, by)

    def invited(self, secret: str) -> ConsolePerson | None:
        """Find whom an invitation is for, without using it up."""
        return self._store.invited(secret)

    def accept(self, secret: str, zone: str = "") -> Entered | None:
        """Come in by an invitation, once; None if it is unknown, used or too old.

        ``zone`` is where the person's browser says that it is; what is no zone is left aside.
        """
        person = self._store.accept(secret, zone if is_zone(zone) else "")
        if person is None:
            return None
        return Entered(person, self._store.open_session(person, Entrance.LINK))

    def passkeys(self, person: ConsolePerson) -> tuple[Passkey, ...]:
        """List a person's passkeys."""
        return self._store.passkeys(person.creditor, person.name)

    def passkey(self, key_id: str) -> tuple[Passkey, ConsolePerson] | None:
        """Find a passkey and whose it is; None if unknown, or that person has no access."""
        return self._store.passkey(key_id)

    def add_passkey(self, key: Passkey) -> None:
        """Keep the public half of a passkey."""
        self._store.add_passkey(key)

    def enter_by_passkey(self, key: Passkey, person: ConsolePerson, used: int) -> str:
        """Come in by a passkey that proved itself; answers the secret of the session."""
        self._store.used(key.id, used)
        return self._store.open_session(person, Entrance.PASSKEY)

    def enter_by_provider(self, person: ConsolePerson, subject: str) -> Entered | None:
        """Come in by the company's own provider, which knows the person by that id.

        None if the name belongs to somebody else here, or access was taken away.
        """
        known = self._store.signed_in(person, subject)
        if known is None:
            return None
        return Entered(known, self._store.open_session(known, Entrance.PROVIDER))

    def session(self, secret: str) -> ConsoleSession | None:
        """Find an open session; None for an unknown, ended, idle or old one alike."""
        return self._store.session(secret) if secret else None

    def leave(self, secret: str) -> None:
        """End one session."""
        self._store.end_session(secret)

    def choose_language(self, person: ConsolePerson, language: str) -> None:
        """Keep in which language a person reads; empty for the browser's own."""
        self._store.keep_language(person, language)

    def remove(self, creditor: str, name: str) -> None:
        """Take a person's access away; whatever session they have ends at once.

        Raises:
            NotKnownError: if nobody of that name has access.
        """
        if not self._store.remove(creditor, name):
            raise NotKnownError(Sought.COLLEAGUE, f"{creditor} has invited no {name}")


def is_zone(name: str) -> bool:
    """Tell whether that names a place's time zone, as it must for a customer."""
    try:
        check_zone(name)
    except DomainError:
        return False
    return bool(name)

"""Confirms addresses: a code to the known mailbox, six digits, fifteen minutes, once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from activities.ports.clock import Clock
from activities.ports.stores.page.links import PageLink
from activities.ports.stores.page.proofs import CodeSent, Confirmed, PageProofStore
from domain.parties.people import EMAIL, Debtor

CODE_ENDS = timedelta(minutes=15)
STAYS_OPEN = timedelta(minutes=60)
MOST_CODES = 5
"""Codes that one customer is sent within an hour, by whatever link."""

_HOUR = timedelta(hours=1)
_DIGITS = 6


class CodeOutcome(StrEnum):
    """What became of the wish for a code."""

    SENT = "sent"
    NO_MAILBOX = "no_mailbox"
    TOO_MANY = "too_many"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMail:
    """A code that goes to a mailbox now."""

    link: PageLink
    address: str
    code: str


class PageProofService:
    """Sends codes to known mailboxes, and opens sessions for them.

    ``seal`` makes a keyed hash; ``send`` hands a mail over and tells whether it was taken.
    """

    def __init__(
        self,
        proofs: PageProofStore,
        seal: Callable[[str], str],
        clock: Clock,
    ) -> None:
        self._proofs = proofs
        self._seal = seal
        self._clock = clock

    def ask(self, link: PageLink, debtor: Debtor, send: Callable[[CodeMail], bool]) -> CodeOutcome:
        """Send a code to the known mailbox."""
        address, now = known_mailbox(link, debtor), self._clock()
        if not address:
            return CodeOutcome.NO_MAILBOX
        if self._proofs.sent_since(link, now - _HOUR) >= MOST_CODES:
            return CodeOutcome.TOO_MANY
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
        until = now + CODE_ENDS
        kept = self._hash(link, code)
        self._proofs.add(CodeSent(link=link, address=address, code=kept, at=now, until=until))
        was_sent = send(CodeMail(link=link, address=address, code=code))
        return CodeOutcome.SENT if was_sent else CodeOutcome.NOT_SENT

    def confirm(self, link: PageLink, code: str) -> str:
        """Take a code; answers the secret of a session, or nothing if the code is not right."""
        now, secret = self._clock(), secrets.token_urlsafe(32)
        digits = "".join(char for char in code if char.isdecimal())
        opened = Confirmed(address="", at=now, until=now + STAYS_OPEN)
        right = self._proofs.confirm(
            link.id, self._hash(link, digits), self._hash(link, secret), opened
        )
        return secret if right else ""

    def confirmed(self, link: PageLink, secret: str) -> Confirmed | None:
        """Find which address was confirmed in a session; None if none is open."""
        if not secret:
            return None
        return self._proofs.confirmed(link.id, self._hash(link, secret), self._clock())

    def _hash(self, link: PageLink, secret: str) -> str:
        return self._seal(f"{link.id}/{secret}")


def known_mailbox(link: PageLink, debtor: Debtor) -> str:
    """Choose the mailbox for a code: the letter's own while it is known, else the customer's."""
    known = [debtor.email, *(one.point for one in debtor.others if one.kind == EMAIL)]
    bad = {one.casefold() for one in debtor.bad_points}
    working = [one for one in known if one and one.casefold() not in bad]
    own = link.recipient.casefold()
    return next((one for one in working if one.casefold() == own), next(iter(working), ""))

"""Positions in mailboxes: up to which mail each was read."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Engine, select
from sqlalchemy.dialects.postgresql import insert

from adapters.ledger.inbound.incoming import keeping
from adapters.ledger.tables.channels import mailbox


class Seen(NamedTuple):
    """A position in a mailbox: its generation, and the number of the last mail that was kept."""

    uid_validity: int
    last_uid: int


def seen(engine: Engine, name: str) -> Seen | None:
    """Read up to where a mailbox was read; None if never."""
    query = select(mailbox.c.uid_validity, mailbox.c.last_uid).where(mailbox.c.name == name)
    with keeping(engine) as connection:
        row = connection.execute(query).one_or_none()
    return Seen(row.uid_validity, row.last_uid) if row else None


def remember_mailbox(engine: Engine, name: str, read: Seen) -> None:
    """Record up to where a mailbox was read."""
    row = insert(mailbox).values(name=name, **read._asdict())
    known = row.on_conflict_do_update(index_elements=["name"], set_=read._asdict())
    with keeping(engine) as connection:
        connection.execute(known)

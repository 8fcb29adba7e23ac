"""People of the console, their invitations and sessions: judged by the database's clock."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, Engine, RowMapping, func, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.stores.console.access import ConsoleSession, Entrance
from adapters.ledger.core.engine import reading
from adapters.ledger.core.secret_marks import secret_hash
from adapters.ledger.tables.console import console_invitation, console_person, console_session
from domain.parties.console import (
    IDLE,
    INVITED_FOR,
    LONGEST_SESSION,
    ConsolePerson,
    ConsoleRole,
)

_SEEN = timedelta(minutes=1)
"""A session is noted as used once in so long: looking writes no more than that."""

_P, _I, _S = console_person.c, console_invitation.c, console_session.c
_NOW = func.clock_timestamp()
_MINE = (_P.creditor == _S.creditor) & (_P.name == _S.name)


def list_people(engine: Engine, creditor: str) -> tuple[ConsolePerson, ...]:
    """List a creditor's people by name, those without access any more, too."""
    query = select(console_person).where(_P.creditor == creditor).order_by(_P.name)
    with reading(engine) as connection:
        return tuple(person_of(row) for row in connection.execute(query).mappings())


def invite_person(engine: Engine, person: ConsolePerson, by: str) -> str:
    """Make an invitation, and the person if there is none; whoever was removed may come again."""
    secret = secrets.token_urlsafe(32)
    told = {"role": person.role, "zone": person.zone, "removed_at": None}
    row = insert(console_person).values(creditor=person.creditor, name=person.name, **told)
    keys = [_P.creditor, _P.name]
    one = {"creditor": person.creditor, "name": person.name, "by_whom": by}
    new = insert(console_invitation).values(
        sha256=secret_hash(secret), until=_NOW + INVITED_FOR, **one
    )
    with engine.begin() as connection:
        connection.execute(row.on_conflict_do_update(index_elements=keys, set_=told))
        connection.execute(new)
    return secret


def invited_person(engine: Engine, secret: str) -> ConsolePerson | None:
    """Find whom an invitation is for, without using it up."""
    mine = (_P.creditor == _I.creditor) & (_P.name == _I.name)
    query = select(console_person).join(console_invitation, mine)
    with reading(engine) as connection:
        row = connection.execute(query.where(_is_valid(secret))).mappings().one_or_none()
    return person_of(row) if row else None


def accept_invitation(engine: Engine, secret: str, zone: str) -> ConsolePerson | None:
    """Use an invitation up: of two who come with it at once, one gets in."""
    used = update(console_invitation).where(_is_valid(secret)).values(used_at=_NOW)
    with engine.begin() as connection:
        found = connection.execute(used.returning(_I.creditor, _I.name)).one_or_none()
        if found is None:
            return None
        who = (_P.creditor == found.creditor) & (_P.name == found.name)
        change = update(console_person).where(who).values(zone=zone or _P.zone)
        row = connection.execute(change.returning(console_person)).mappings().one()
        return person_of(row)


def keep_signed_in(engine: Engine, person: ConsolePerson, subject: str) -> ConsolePerson | None:
    """Keep whoever came by a provider: by its id, and under one name; None if not let in."""
    same = (_P.creditor == person.creditor) & (_P.subject == subject)
    known = update(console_person).where(same, _P.removed_at.is_(None)).values(role=person.role)
    told = {"creditor": person.creditor, "name": person.name, "role": person.role}
    new = insert(console_person).values(**told, zone=person.zone, subject=subject)
    with engine.begin() as connection:
        row = connection.execute(known.returning(console_person)).mappings().one_or_none()
        if row is None:
            added = new.on_conflict_do_nothing().returning(console_person)
            row = connection.execute(added).mappings().one_or_none()
    return person_of(row) if row else None


def open_session(engine: Engine, person: ConsolePerson, by: Entrance) -> str:
    """Open a session; its secret is told this once."""
    secret = secrets.token_urlsafe(32)
    told = {"creditor": person.creditor, "name": person.name, "opened_by": by}
    with engine.begin() as connection:
        connection.execute(insert(console_session).values(sha256=secret_hash(secret), **told))
    return secret


def session_of(engine: Engine, secret: str) -> ConsoleSession | None:
    """Find an open session: not ended, not idle, not too old, of somebody with access."""
    when = (_S.opened_by, _S.opened_at, _S.seen_at, (_S.seen_at < _NOW - _SEEN).label("is_stale"))
    query = select(console_person, *when).join(console_session, _MINE).where(_is_open(secret))
    touch = update(console_session).where(_S.sha256 == secret_hash(secret)).values(seen_at=_NOW)
    with engine.begin() as connection:
        row = connection.execute(query).mappings().one_or_none()
        if row and row["is_stale"]:
            connection.execute(touch)
    if row is None:
        return None
    times = {name: row[name] for name in ("opened_at", "seen_at")}
    return ConsoleSession(person=person_of(row), opened_by=Entrance(row["opened_by"]), **times)


def end_session(engine: Engine, secret: str) -> None:
    """End one session."""
    mine = _S.sha256 == secret_hash(secret)
    with engine.begin() as connection:
        connection.execute(update(console_session).where(mine).values(ended_at=_NOW))


def remove_person(engine: Engine, creditor: str, name: str) -> bool:
    """Take a person's access away, and end every session of theirs; False if there was none."""
    who = (_P.creditor == creditor) & (_P.name == name) & _P.removed_at.is_(None)
    theirs = (_S.creditor == creditor) & (_S.name == name) & _S.ended_at.is_(None)
    unused = (_I.creditor == creditor) & (_I.name == name) & _I.used_at.is_(None)
    gone = update(console_person).where(who).values(removed_at=_NOW).returning(_P.name)
    with engine.begin() as connection:
        found = connection.execute(gone).first() is not None
        connection.execute(update(console_session).where(theirs).values(ended_at=_NOW))
        connection.execute(update(console_invitation).where(unused).values(used_at=_NOW))
    return found


def keep_language(engine: Engine, person: ConsolePerson, language: str) -> None:
    """Keep in which language a person reads."""
    who = (_P.creditor == person.creditor) & (_P.name == person.name)
    with engine.begin() as connection:
        connection.execute(update(console_person).where(who).values(language=language))


def person_of(row: RowMapping) -> ConsolePerson:
    """Read a person from their row."""
    told = ("creditor", "name", "zone", "language", "created_at", "removed_at", "subject")
    return ConsolePerson(role=ConsoleRole(row["role"]), **{name: row[name] for name in told})


def _is_valid(secret: str) -> ColumnElement[bool]:
    mine = _I.sha256 == secret_hash(secret)
    return mine & _I.used_at.is_(None) & (_I.until > _NOW)


def _is_open(secret: str) -> ColumnElement[bool]:
    mine = (_S.sha256 == secret_hash(secret)) & _S.ended_at.is_(None) & _P.removed_at.is_(None)
    return mine & (_S.seen_at > _NOW - IDLE) & (_S.opened_at > _NOW - LONGEST_SESSION)

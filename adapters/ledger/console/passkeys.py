"""Passkeys of the console's people: public halves, which open nothing by themselves."""

from __future__ import annotations

from sqlalchemy import Engine, RowMapping, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.stores.console.access import Passkey
from adapters.ledger.console.access import person_of
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.console import console_passkey, console_person
from domain.parties.console import ConsolePerson

_K, _P = console_passkey.c, console_person.c
_TOLD = tuple(Passkey.__dataclass_fields__)


def add_passkey(engine: Engine, key: Passkey) -> None:
    """Keep the public half of a person's passkey."""
    row = insert(console_passkey).values(**{name: getattr(key, name) for name in _TOLD})
    with engine.begin() as connection:
        connection.execute(row)


def passkeys_of(engine: Engine, creditor: str, name: str) -> tuple[Passkey, ...]:
    """List a person's passkeys, the oldest first."""
    query = select(console_passkey).where(_K.creditor == creditor, _K.name == name)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(_K.created_at)).mappings()
        return tuple(_passkey(row) for row in rows)


def passkey_with_owner(engine: Engine, key_id: str) -> tuple[Passkey, ConsolePerson] | None:
    """Find a passkey and whose it is; None if unknown, or that person has no access."""
    mine = (_P.creditor == _K.creditor) & (_P.name == _K.name) & _P.removed_at.is_(None)
    query = select(console_passkey, _P.role, _P.zone, _P.language, _P.removed_at, _P.subject).join(
        console_person, mine
    )
    with reading(engine) as connection:
        row = connection.execute(query.where(_K.id == key_id)).mappings().one_or_none()
    return (_passkey(row), person_of(row)) if row else None


def note_use(engine: Engine, key_id: str, sign_count: int) -> None:
    """Note how often a passkey was used."""
    change = update(console_passkey).where(_K.id == key_id).values(sign_count=sign_count)
    with engine.begin() as connection:
        connection.execute(change)


def _passkey(row: RowMapping) -> Passkey:
    return Passkey(**{name: row[name] for name in _TOLD})

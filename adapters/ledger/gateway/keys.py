"""Keys of programs: who may use the gateway, for which creditor and in which role."""

from __future__ import annotations

import hmac
import secrets

from sqlalchemy import Engine, RowMapping, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.stores.gateway import ApiKey
from adapters.ledger.core.engine import reading
from adapters.ledger.core.secret_marks import secret_hash
from adapters.ledger.tables.gateway import api_key
from domain.parties.keys import KeyRole

_PREFIX = "amk_"
_K = api_key.c


def make_key(engine: Engine, creditor: str, role: KeyRole, label: str = "") -> tuple[ApiKey, str]:
    """Make a key; it is told this once and never again: the ledger keeps its hash only."""
    secret = _PREFIX + secrets.token_urlsafe(32)
    values = {"creditor": creditor, "role": role, "label": label, "sha256": secret_hash(secret)}
    row = insert(api_key).values(id=secrets.token_hex(6), **values).returning(api_key)
    with engine.begin() as connection:
        return _key(connection.execute(row).mappings().one()), secret


def list_keys(engine: Engine, creditor: str = "") -> tuple[ApiKey, ...]:
    """List all keys, or one creditor's, the oldest first; revoked ones, too."""
    query = select(api_key).order_by(_K.creditor, _K.created_at, _K.id)
    if creditor:
        query = query.where(_K.creditor == creditor)
    with reading(engine) as connection:
        return tuple(_key(row) for row in connection.execute(query).mappings())


def revoke_key(engine: Engine, key_id: str) -> ApiKey | None:
    """Let a key open nothing from now on; revoked again it stays so. None if there is none."""
    now = func.coalesce(_K.revoked_at, func.clock_timestamp())
    gone = update(api_key).where(_K.id == key_id).values(revoked_at=now).returning(api_key)
    with engine.begin() as connection:
        row = connection.execute(gone).mappings().one_or_none()
    return _key(row) if row else None


# Asked with every request, and built once: that costs more than asking it.
_BY_SECRET = select(api_key).where(_K.sha256 == bindparam("sha256"))


def key_of(engine: Engine, secret: str) -> ApiKey | None:
    """Find whose key it is; None for a wrong, an unknown and a revoked one alike.

    Each costs the same look into the ledger: how long it takes tells nothing.
    """
    wanted = secret_hash(secret)
    with reading(engine) as connection:
        row = connection.execute(_BY_SECRET, {"sha256": wanted}).mappings().one_or_none()
    same = hmac.compare_digest(wanted, row["sha256"] if row else secret_hash(""))
    return _key(row) if row and same and row["revoked_at"] is None else None


def _key(row: RowMapping) -> ApiKey:
    told = ("id", "creditor", "label", "created_at", "revoked_at")
    return ApiKey(role=KeyRole(row["role"]), **{name: row[name] for name in told})

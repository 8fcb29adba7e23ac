"""Idempotency keys: what each request was answered, so that a repeat is answered the same."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, Engine, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.stores.gateway import IdempotencyClaim, KeptAnswer
from adapters.ledger.tables.gateway import idempotency

_KEPT = timedelta(days=30)
"""How long an answer is repeated; afterwards the same key begins something new."""

ABANDONED = timedelta(minutes=2)
"""A request that is at work for longer than any can take died: its key may be taken over."""

_BATCH = 10_000
_I = idempotency.c


def claim(engine: Engine, creditor: str, key: str, fingerprint: str) -> IdempotencyClaim:
    """Claim a key for a request, or learn what became of the request that has it."""
    now = func.clock_timestamp()
    fresh = {"fingerprint": fingerprint, "status": 0, "body": "", "recorded_at": now}
    row = insert(idempotency).values(creditor=creditor, key=key, **fresh)
    abandoned = (_I.status == 0) & (_I.recorded_at < now - ABANDONED)
    free = abandoned & (_I.fingerprint == fingerprint) | (_I.recorded_at < now - _KEPT)
    mine = row.on_conflict_do_update(
        index_elements=["creditor", "key"], set_=fresh, where=free
    ).returning(_I.recorded_at)
    with engine.begin() as connection:
        since = connection.execute(mine).scalar_one_or_none()
        if since:
            return IdempotencyClaim(creditor=creditor, key=key, found=KeptAnswer.MINE, since=since)
        there = select(idempotency).where(_I.creditor == creditor, _I.key == key)
        known = connection.execute(there).mappings().one_or_none()
    if known is None:  # it was let go between the two looks
        return claim(engine, creditor, key, fingerprint)
    found = _stands(known["fingerprint"] == fingerprint, known["status"])
    told = {"since": known["recorded_at"], "status": known["status"], "body": known["body"]}
    return IdempotencyClaim(creditor=creditor, key=key, found=found, **told)


def answer(engine: Engine, mine: IdempotencyClaim, status: int, body: str) -> bool:
    """Keep what a request was answered; False if it was given up meanwhile."""
    kept = update(idempotency).where(_is(mine)).values(status=status, body=body)
    with engine.begin() as connection:
        return connection.execute(kept.returning(_I.key)).first() is not None


def let_go(engine: Engine, mine: IdempotencyClaim) -> None:
    """Free a key of a request that changed nothing."""
    with engine.begin() as connection:
        connection.execute(delete(idempotency).where(_is(mine)))


def prune(engine: Engine) -> int:
    """Forget answers that are old enough; answers how many they were."""
    old = select(_I.creditor, _I.key).where(_I.recorded_at < func.clock_timestamp() - _KEPT)
    some = old.limit(_BATCH).subquery()
    gone = delete(idempotency).where(_I.creditor == some.c.creditor, _I.key == some.c.key)
    with engine.begin() as connection:
        return len(connection.execute(gone.returning(_I.key)).all())


def _stands(same: bool, status: int) -> KeptAnswer:  # noqa: FBT001 - the two things that matter
    if not same:
        return KeptAnswer.OTHER
    return KeptAnswer.ANSWERED if status else KeptAnswer.AT_WORK


def _is(mine: IdempotencyClaim) -> ColumnElement[bool]:
    own = (_I.creditor == mine.creditor) & (_I.key == mine.key)
    return own & (_I.status == 0) & (_I.recorded_at == mine.since)

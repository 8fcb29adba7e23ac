"""Confirmed addresses in PostgreSQL: a code counts once, for a while, after few tries."""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Engine, func, insert, select, update

from activities.ports.stores.page.links import PageLink
from activities.ports.stores.page.proofs import CodeSent, Confirmed
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.page import page_proof

MOST_TRIES = 5
"""Wrong codes after which the right one is worth nothing."""

_P = page_proof.c


class SqlPageProofs:
    """Codes, and what was confirmed with them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sent_since(self, link: PageLink, since: datetime) -> int:
        """Count the codes sent to a customer since an instant, by whatever link."""
        query = select(func.count()).where(
            _P.creditor == link.creditor, _P.customer == link.customer, _P.at >= since
        )
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def add(self, sent: CodeSent) -> None:
        """Keep a code; those that the link had before are void."""
        mine = (_P.link == sent.link.id) & (_P.confirmed_at.is_(None))
        who = {"creditor": sent.link.creditor, "customer": sent.link.customer}
        with self._engine.begin() as connection:
            connection.execute(update(page_proof).where(mine).values(tries=MOST_TRIES))
            connection.execute(
                insert(page_proof).values(
                    id=str(uuid4()),
                    link=sent.link.id,
                    **who,
                    address=sent.address,
                    code_hash=sent.code,
                    at=sent.at,
                    until=sent.until,
                )
            )

    def confirm(self, link_id: str, code: str, session: str, now: Confirmed) -> bool:
        """Take a code, once: with it a session is open; False if it is wrong, used or over."""
        mine = (_P.link == link_id) & (_P.confirmed_at.is_(None)) & (_P.until > now.at)
        newest = select(_P.id, _P.code_hash).where(mine, _P.tries < MOST_TRIES)
        newest = newest.order_by(_P.at.desc()).limit(1).with_for_update()
        with self._engine.begin() as connection:
            row = connection.execute(newest).mappings().one_or_none()
            if row is None:
                return False
            this = update(page_proof).where(_P.id == row["id"])
            if not hmac.compare_digest(row["code_hash"].encode(), code.encode()):
                connection.execute(this.values(tries=_P.tries + 1))
                return False
            opened = {"confirmed_at": now.at, "open_until": now.until}
            connection.execute(this.values(session_hash=session, **opened))
        return True

    def confirmed(self, link_id: str, session: str, now: datetime) -> Confirmed | None:
        """Find what was confirmed in a session that is still open."""
        mine = (_P.link == link_id) & (_P.session_hash == session) & (_P.open_until > now)
        query = select(_P.address, _P.confirmed_at, _P.open_until).where(mine)
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        return Confirmed(address=row[0], at=row[1], until=row[2]) if row else None

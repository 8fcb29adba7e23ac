"""Links to customers' pages in PostgreSQL: of messages, made by hand, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, select
from sqlalchemy.dialects.postgresql import insert

from activities.ports.stores.page.links import LinkRow, PageLink, RevokedBecause
from activities.ports.types import Carried
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import added, uuid_of
from adapters.ledger.tables.outbound import outbound_item, outbound_message
from adapters.ledger.tables.page import page_link, page_link_revoked

_M, _L, _R = outbound_message.c, page_link.c, page_link_revoked.c
_MOST_ROWS = 200


class SqlPageLinks:
    """Links to customers' pages."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, link_id: str) -> PageLink | None:
        """Read a link; None if there is no such link, or it was taken back.

        Each answer costs the same looks: how long it takes tells nothing.
        """
        known = uuid_of(link_id)
        if known is None:
            return None
        with reading(self._engine) as connection:
            gone = connection.execute(select(_R.id).where(_R.id == known)).first()
            link = _of_a_message(connection, known) or _by_hand(connection, known)
        return None if gone else link

    def add(self, link: PageLink, by: str) -> None:
        """Keep a link that a person made by hand."""
        cases = [[item.case, item.episode] for item in link.carried]
        who = {"creditor": link.creditor, "customer": link.customer}
        told: dict[str, Any] = {"recipient": link.recipient, "cases": cases, "by_whom": by}
        with self._engine.begin() as connection:
            connection.execute(insert(page_link).values(id=link.id, **who, **told))

    def revoke(self, link_id: str, why: RevokedBecause, by: str) -> bool:
        """Take one link back; False if there is no such link."""
        known = uuid_of(link_id)
        with self._engine.begin() as connection:
            if known is None or not (
                _of_a_message(connection, known) or _by_hand(connection, known)
            ):
                return False
            added(connection, page_link_revoked, id=known, why=why.value, by_whom=by)
        return True

    def revoke_those_to(self, link: PageLink, why: RevokedBecause, by: str) -> int:
        """Take back a link and all others that went to its recipient; answers how many."""
        with self._engine.begin() as connection:
            ids = {link.id, *(_to_recipient(connection, link) if link.recipient else ())}
            gone = [
                added(connection, page_link_revoked, id=one, why=why.value, by_whom=by)
                for one in sorted(ids)
            ]
        return sum(gone)

    def rows(self, creditor: str, customer: str) -> tuple[LinkRow, ...]:
        """List a customer's links, newest first."""
        with reading(self._engine) as connection:
            found = [*_rows(connection, creditor, customer)]
        return tuple(sorted(found, key=lambda row: (row.at, row.id), reverse=True)[:_MOST_ROWS])


def _of_a_message(connection: Connection, known: str) -> PageLink | None:
    mine = select(_M.creditor, _M.customer, _M.recipient, _M.channel).where(_M.id == known)
    row = connection.execute(mine).mappings().one_or_none()
    if row is None:
        return None
    return PageLink(id=known, **row, carried=_carried(connection, known))


def _carried(connection: Connection, message_id: str) -> tuple[Carried, ...]:
    items = outbound_item.c
    query = select(items.case_id, items.step, items.episode).where(items.message_id == message_id)
    found = connection.execute(query.order_by(items.case_id, items.step)).all()
    return tuple(Carried(case=case, step=step, episode=episode) for case, step, episode in found)


def _by_hand(connection: Connection, known: str) -> PageLink | None:
    query = select(page_link).where(_L.id == known)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    return PageLink(
        id=known,
        creditor=row["creditor"],
        customer=row["customer"],
        recipient=row["recipient"],
        carried=tuple(Carried(case=case, step="", episode=n) for case, n in row["cases"]),
    )


def _to_recipient(connection: Connection, link: PageLink) -> Iterator[str]:
    for table in (outbound_message.c, page_link.c):
        mine = (table.creditor == link.creditor) & (table.customer == link.customer)
        query = select(table.id).where(mine, table.recipient == link.recipient)
        yield from connection.execute(query).scalars()


def _rows(connection: Connection, creditor: str, customer: str) -> Iterator[LinkRow]:
    revoked = (_R.recorded_at.label("revoked_at"), _R.why.label("why"))
    sent = (
        select(_M.id, _M.recipient, _M.channel, _M.recorded_at, *revoked)
        .outerjoin(page_link_revoked, _R.id == _M.id)
        .where(_M.creditor == creditor, _M.customer == customer, _M.channel != "voice")
        .order_by(_M.recorded_at.desc())
        .limit(_MOST_ROWS)
    )
    for row in connection.execute(sent).mappings().all():
        carried = _carried(connection, row["id"])
        yield _row(row, row["channel"], tuple(dict.fromkeys(one.case for one in carried)))
    made = (
        select(_L.id, _L.recipient, _L.cases, _L.by_whom, _L.recorded_at, *revoked)
        .outerjoin(page_link_revoked, _R.id == _L.id)
        .where(_L.creditor == creditor, _L.customer == customer)
    )
    for row in connection.execute(made).mappings():
        yield _row(row, "", tuple(case for case, _ in row["cases"]), row["by_whom"])


def _row(row: RowMapping, channel: str, cases: tuple[str, ...], by: str = "") -> LinkRow:
    return LinkRow(
        id=row["id"],
        recipient=row["recipient"],
        channel=channel,
        cases=cases,
        at=row["recorded_at"],
        by=by,
        revoked_at=row["revoked_at"],
        why=row["why"] or "",
    )

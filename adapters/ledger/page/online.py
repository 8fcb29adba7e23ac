"""Orders to pay online in PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Engine, RowMapping, func, insert, select, update

from activities.ports.stores.page.online import OnlineOrder
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import uuid_of
from adapters.ledger.tables.page import online_order
from domain.money import Money

_O = online_order.c


class SqlOnlineOrders:
    """The orders of all creditors."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, order: OnlineOrder) -> None:
        """Keep an order before the provider hears of it."""
        values = {
            "id": order.id,
            "creditor": order.creditor,
            "customer": order.customer,
            "provider": order.provider,
            "cases": list(order.cases),
            "amount": order.amount.minor,
            "currency": order.amount.currency,
            "at": order.at,
            "until": order.until,
            "look_at": order.look_at,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(online_order).values(**values))

    def placed(self, order_id: str, reference: str, url: str) -> None:
        """Keep where it is paid."""
        self._tell(_O.id == order_id, reference=reference, url=url)

    def find(self, order_id: str) -> OnlineOrder | None:
        """Read an order; None if there is none."""
        known = uuid_of(order_id)
        return self._first(_O.id == known) if known else None

    def by_payment(self, provider: str, payment: str) -> OnlineOrder | None:
        """Find the order of a payment; None if it is none of ours."""
        return self._first((_O.provider == provider) & (_O.payment == payment)) if payment else None

    def by_reference(self, provider: str, reference: str) -> OnlineOrder | None:
        """Find the order of a place to pay; None if it is none of ours."""
        if not reference:
            return None
        return self._first((_O.provider == provider) & (_O.reference == reference))

    def waiting(self, creditor: str, customer: str, now: datetime) -> tuple[OnlineOrder, ...]:
        """List a customer's orders that can still be paid, oldest first."""
        mine = (_O.creditor == creditor) & (_O.customer == customer) & (_O.until > now)
        query = select(online_order).where(mine, _O.payment == "").order_by(_O.at, _O.id)
        with reading(self._engine) as connection:
            return tuple(map(_order, connection.execute(query).mappings().all()))

    def paid(self, order_id: str, payment: str) -> None:
        """Keep by which payment it was paid; what was kept before stays."""
        self._tell((_O.id == order_id) & (_O.payment == ""), payment=payment, look_at=None)

    def ended(self, order_id: str, at: datetime) -> None:
        """Keep that nothing can be paid there any more, and that there is nothing to ask."""
        self._tell(_O.id == order_id, until=func.least(_O.until, at), look_at=None)

    def to_look(self, now: datetime, most: int) -> tuple[OnlineOrder, ...]:
        """List those whose provider is to be asked by now, the longest waiting first."""
        due = select(online_order).where(_O.look_at <= now).order_by(_O.look_at, _O.id).limit(most)
        with reading(self._engine) as connection:
            return tuple(map(_order, connection.execute(due).mappings().all()))

    def look_at(self, order_id: str, at: datetime | None) -> None:
        """Keep when its provider is asked next; None for never."""
        self._tell(_O.id == order_id, look_at=at)

    def refunded(self, order_id: str, minor: int) -> None:
        """Keep how much of it went back; never less than before."""
        self._tell(_O.id == order_id, refunded=func.greatest(_O.refunded, minor))

    def _tell(self, which: ColumnElement[bool], **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(online_order).where(which).values(**values))

    def _first(self, which: ColumnElement[bool]) -> OnlineOrder | None:
        query = select(online_order).where(which).order_by(_O.at, _O.id).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().one_or_none()
        return _order(row) if row else None


def _order(row: RowMapping) -> OnlineOrder:
    return OnlineOrder(
        id=row["id"],
        creditor=row["creditor"],
        customer=row["customer"],
        provider=row["provider"],
        reference=row["reference"],
        url=row["url"],
        cases=tuple(row["cases"]),
        amount=Money(row["amount"], row["currency"]),
        at=row["at"],
        until=row["until"],
        payment=row["payment"],
        refunded=row["refunded"],
        look_at=row["look_at"],
    )

"""What a customer's cases said about the customer, as figures: one account's, or many at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from adapters.ledger.tables.cases import case_file, deed
from domain.classes import History
from domain.kinds import Do
from domain.record import BROKEN_PROMISE

_C = case_file.c
_OF_ACCOUNTS = (_C.creditor == bindparam("creditor")) & _C.customer.in_(
    bindparam("customers", expanding=True)
)
_SETTLED = _C.settled_at < bindparam("before")
_DEEDS_BEFORE = (
    select(_C.customer)
    .join(deed, case_file.c.case_id == deed.c.case_id)
    .where(_OF_ACCOUNTS, deed.c.at < bindparam("before"))
    .group_by(_C.customer)
)
_BROKEN = (
    _DEEDS_BEFORE.add_columns(func.count().label("times"))
    .where(deed.c.step.startswith(BROKEN_PROMISE))
    .subquery()
)
_GONE = (
    _DEEDS_BEFORE.add_columns(func.count(deed.c.case_id.distinct()).label("times"))
    .where(deed.c.do == Do.HAND_OFF.value)
    .subquery()
)


# Built once: putting a query together costs more than asking it.
_HISTORIES = (
    select(
        _C.customer,
        func.count().filter(_SETTLED).label("settled"),
        func.count().filter(_SETTLED, _C.days_late > 0).label("late"),
        func.coalesce(func.sum(_C.days_late).filter(_SETTLED), 0).label("days_late"),
        func.coalesce(func.max(_BROKEN.c.times), 0).label("broken_promises"),
        func.coalesce(func.max(_GONE.c.times), 0).label("handoffs"),
    )
    .outerjoin(_BROKEN, _BROKEN.c.customer == _C.customer)
    .outerjoin(_GONE, _GONE.c.customer == _C.customer)
    .where(_OF_ACCOUNTS)
    .group_by(_C.customer)
)


def history(connection: Connection, creditor: str, customer: str, before: datetime) -> History:
    """What the cases of an account said about the customer before an instant.

    A case keeps the class that its customer had when it was opened, so that the ladder does not
    change under it: the instant is its opening.
    """
    return histories(connection, creditor, [customer], before)[customer]


def histories(
    connection: Connection, creditor: str, customers: list[str], before: datetime
) -> dict[str, History]:
    """The same for many accounts of one creditor, by customer."""
    given = {"creditor": creditor, "customers": customers, "before": before}
    found = {customer: History() for customer in customers}
    for row in connection.execute(_HISTORIES, given).mappings():
        counted = {name: int(row[name]) for name in History.__dataclass_fields__}
        found[row["customer"]] = History(**counted)
    return found

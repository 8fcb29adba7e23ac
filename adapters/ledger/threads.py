"""Which mails stand together in a mail program: all that spoke of the same case."""

from __future__ import annotations

from sqlalchemy import Connection, select

from activities.ports.types import OutboundState
from adapters.ledger.tables.outbound import outbound_item, outbound_message

_I, _M = outbound_item.c, outbound_message.c


def ends(connection: Connection, creditor: str, customer: str, case_id: str) -> tuple[str, ...]:
    """The first and the newest mail to this customer about a case that a provider accepted."""
    taken = (_M.state == OutboundState.ACCEPTED) & (_M.channel == "email")
    mine = (_I.case_id == case_id) & (_M.creditor == creditor) & (_M.customer == customer)
    query = select(_M.id).join(outbound_item, _I.message_id == _M.id).where(taken, mine).distinct()
    oldest_first = query.add_columns(_M.in_flight_since).order_by(_M.in_flight_since, _M.id)
    found = tuple(connection.execute(oldest_first).scalars())
    return found if len(found) < 2 else (found[0], found[-1])  # noqa: PLR2004 - both its ends

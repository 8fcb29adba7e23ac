"""An office with a look at everything that came back to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, select, text

from adapters.ledger.customers.people import get_debtor
from adapters.ledger.tables.channels import reply
from adapters.ledger.tables.outbound import outbound_message, provider_event
from adapters.ledger.tables.people import contact
from tests.activities.sending_harness import DEBTOR, Office
from tests.fakes import REJECT


class Rooms:
    """An office, and what the ledger kept of what came back.

    Attributes:
        debtor: the office's customer.
        noticed: how often somebody was told that there is something new.
    """

    def __init__(self, office: Office, number: str) -> None:
        self.office = office
        self.debtor = replace(DEBTOR, phone=number)
        self.noticed = 0
        office.known(self.debtor)

    @property
    def engine(self) -> Engine:
        """The ledger."""
        return self.office.engine

    def notice(self) -> None:
        """Something new was kept."""
        self.noticed += 1

    def texted(self) -> str:
        """A reminder goes out by SMS; answers our id of it."""
        self.office.email.will(REJECT)
        self.office.remind()
        return self.message()

    def message(self) -> str:
        """Our id of the office's only message."""
        m = outbound_message.c
        with self.engine.connect() as link:
            mine = select(m.id).where(m.creditor == self.office.creditor)
            return str(link.execute(mine).scalar_one())

    def events(self, message: str) -> list[tuple[str, str]]:
        """What was told about a message: kind and reason, in the order of arrival."""
        e = provider_event.c
        query = select(e.kind, e.reason).where(e.message_id == message)
        with self.engine.connect() as link:
            rows = link.execute(query.order_by(e.recorded_at, e.dedupe_key)).all()
        return [(row.kind, row.reason) for row in rows]

    def replies(self, sender: str = "") -> list[dict[str, Any]]:
        """What came from a number; the customer's own unless told otherwise."""
        mine = reply.c.sender == (sender or self.debtor.phone)
        query = select(reply).where(mine).order_by(reply.c.key)
        with self.engine.connect() as link:
            return [dict(row) for row in link.execute(query).mappings()]

    def answers(self, message: str) -> list[str]:
        """What was answered to one of our messages."""
        query = select(reply.c.said).where(reply.c.message_id == message).order_by(reply.c.key)
        with self.engine.connect() as link:
            return list(link.execute(query).scalars())

    def sorts(self) -> list[str]:
        """Of what kind that was."""
        return sorted(row["sort"] for row in self.replies())

    def unwanted(self, creditor: str = "", customer: str = DEBTOR.id) -> tuple[str, ...]:
        """The channels that the customer does not want."""
        found = get_debtor(self.engine, creditor or self.office.creditor, customer)
        return found.opted_out if found else ()

    def contacts(self) -> list[str]:
        """What the contact book says of the customer."""
        query = select(contact.c.what).where(contact.c.creditor == self.office.creditor)
        with self.engine.connect() as link:
            return sorted(link.execute(query).scalars())

    def change(self, statement: str, **values: str) -> None:
        """Change something as an accident would."""
        with self.engine.begin() as link:
            link.execute(text(statement), values)

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        with self.engine.connect() as link:
            return int(link.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - names of this file's callers

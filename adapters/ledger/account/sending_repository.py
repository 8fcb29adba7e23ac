"""The pages of an account that speak of contact: messages on their way, and the contact book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select

from activities.ports.types import AGENCY, Carried, Outbound, OutboundState, Receipt
from adapters.ledger.account.customer_repository import CustomerRepository
from adapters.ledger.customers import consent, contacts, people
from adapters.ledger.outbound import bundles, sending
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.outbound import outbound_item, outbound_message
from domain.parties.customer import Customer, PlannedContact


class SendingRepository(CustomerRepository):
    """The part of an account's book through which everything to the debtor goes."""

    def __init__(self, connection: Connection, row: RowMapping) -> None:
        super().__init__(connection, row)
        self._row = row
        self._debtor = consent.heeded(connection, people.debtor_of(row))
        self._as_one: Customer | None = None
        self._currencies: dict[str, str] = {}
        self._mine: set[str] = set()

    @property
    def customer(self) -> Customer:
        """The customer as one, read when somebody first asks."""
        if self._as_one is None:
            self._as_one = contacts.as_one(self._connection, self._row)
        return self._as_one

    def outbound(self, case_id: str, step: str, episode: int) -> Outbound | None:
        """The message of a step, if one was ever begun."""
        self._own(case_id)
        return sending.outbound(self._connection, case_id, step, episode)

    def flying(self) -> Outbound | None:
        """The message to this customer that is on its way now, about whatever invoice."""
        query = bundles.flying(self._creditor, self._customer, AGENCY)
        found = self._connection.execute(query).scalar_one_or_none()
        return None if found is None else sending.by_id(self._connection, found)

    def carried(self, outbound: Outbound) -> tuple[Carried, ...]:
        """The steps that a message speaks of, by case id."""
        return bundles.carried(self._connection, outbound.id)

    def thread(self, case_id: str) -> tuple[str, ...]:
        """The first and the newest accepted mail about a case, by our ids; empty without any."""
        return _ends(self._connection, self._creditor, self._customer, case_id)

    def take_off(self, case_id: str, step: str, episode: int, channel: str, to: str) -> Outbound:
        """Mark the step's message in flight with a new attempt, by the database's clock.

        Raises:
            BusyError: if it is in flight already: reconcile, never call again.
            ConflictError: if it has ended.
        """
        return self.take_off_together(
            [Carried(case=case_id, step=step, episode=episode)], channel, to
        )

    def take_off_together(self, steps: Sequence[Carried], channel: str, to: str) -> Outbound:
        """The same with one message for many steps; the first one's, if it has one."""
        for step in steps:
            if step.case not in self._mine:
                self._own(step.case)
        account = sending.AccountKey(self._creditor, self._customer)
        return sending.take_off(self._connection, account, steps, channel, to)

    def set_aside(self, outbound: Outbound, steps: Sequence[Carried]) -> None:
        """Take steps out of a message before it is sent; they may go out with another one later."""
        bundles.set_aside(self._connection, outbound, steps)

    def land(
        self,
        outbound: Outbound,
        state: OutboundState,
        receipt: Receipt | None,
        not_before: datetime | None = None,
    ) -> None:
        """Record how the newest attempt ended; REJECTED closes the whole message.

        Raises:
            ConflictError: if the attempt has landed before, or another one has begun.
        """
        sending.land(self._connection, outbound, state, receipt, not_before)

    def turn_down(self, outbound: Outbound, receipt: Receipt) -> None:
        """Record that the newest attempt's channel rejected it; the message goes back to NEW."""
        sending.turn_down(self._connection, outbound, receipt)

    def due_with(self, case_id: str, until: datetime, tried: tuple[str, ...]) -> tuple[str, ...]:
        """The account's other cases that want to write up to an instant, oldest due date first."""
        query = bundles.due_with(self._creditor, self._customer, case_id, until, tried)
        found = tuple(self._connection.execute(query).scalars())
        self._mine.update(found)
        return found

    def touch(self, contact: PlannedContact, key: str, case_id: str = "", by: str = "") -> bool:
        """Write a contact into the contact book, once per key; False if it is there."""
        entry = contacts.ContactEntry(key=key, contact=contact, case_id=case_id, by=by)
        if not contacts.touch(self._connection, self._creditor, self._customer, entry):
            return False
        self._as_one = self.customer.touched(contact) if self._as_one else None
        return True

    def _own(self, case_id: str) -> None:
        """Nothing is ever written onto another account's case."""
        if case_id in self._currencies:
            return
        query = select(case_file.c.currency).where(
            case_file.c.case_id == case_id,
            case_file.c.creditor == self._creditor,
            case_file.c.customer == self._customer,
        )
        currency = self._connection.execute(query).scalar_one_or_none()
        if currency is None:
            raise LookupError(f"{self._creditor}/{self._customer} has no case {case_id}")
        self._currencies[case_id] = currency


_I, _M = outbound_item.c, outbound_message.c


def _ends(connection: Connection, creditor: str, customer: str, case_id: str) -> tuple[str, ...]:
    """The first and the newest mail to this customer about a case that a provider accepted."""
    taken = (_M.state == OutboundState.ACCEPTED) & (_M.channel == "email")
    mine = (_I.case_id == case_id) & (_M.creditor == creditor) & (_M.customer == customer)
    query = select(_M.id).join(outbound_item, _I.message_id == _M.id).where(taken, mine).distinct()
    oldest_first = query.add_columns(_M.in_flight_since).order_by(_M.in_flight_since, _M.id)
    found = tuple(connection.execute(oldest_first).scalars())
    return found if len(found) < 2 else (found[0], found[-1])  # noqa: PLR2004 - both its ends

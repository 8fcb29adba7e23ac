"""The messages to one customer in PostgreSQL: marked in flight before anything can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Select, bindparam, func, insert, select, update

from activities.ports.types import (
    AGENCY,
    BusyError,
    Carried,
    ConflictError,
    Outbound,
    OutboundState,
    Receipt,
    Sent,
)
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.outbound import bundles
from adapters.ledger.outbound.messages import messages_with_age, outbound_of
from adapters.ledger.tables.outbound import outbound_attempt, outbound_item, outbound_message
from domain.message_types import ActionType

_I, _M = outbound_item.c, outbound_message.c

# Built once: putting a query together costs more than asking it.
_MESSAGE = messages_with_age().where(_M.id == bindparam("message"))
_OF_STEP = (
    messages_with_age()
    .join(outbound_item, _I.message_id == _M.id)
    .where(_I.case_id == bindparam("case"))
    .where(_I.step == bindparam("step"), _I.episode == bindparam("episode"))
)
_OF_ACCOUNT = (_M.creditor == bindparam("creditor")) & (_M.customer == bindparam("customer"))
_ON_ITS_WAY = (_M.state == OutboundState.IN_FLIGHT) & (_M.channel != AGENCY)
_IN_FLIGHT = (
    messages_with_age().where(_OF_ACCOUNT, _ON_ITS_WAY).order_by(_M.in_flight_since).limit(1)
)
_THREAD = (
    select(_M.id, _M.in_flight_since)
    .join(outbound_item, _I.message_id == _M.id)
    .where((_M.state == OutboundState.ACCEPTED) & (_M.channel == "email"), _OF_ACCOUNT)
    .where(_I.case_id == bindparam("case"))
    .distinct()
    .order_by(_M.in_flight_since, _M.id)
)


class SqlOutbound:
    """The outbound messages of one account, as the send protocol records them."""

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope

    def of_step(self, case_id: str, step: str, episode: int) -> Outbound | None:
        """Find the message of a step with its age by the database's clock, or None."""
        self._scope.own(case_id)
        return self._found(_OF_STEP, case=case_id, step=step, episode=episode)

    def in_flight(self) -> Outbound | None:
        """Find the message to this customer that is in flight: the oldest, if there are two."""
        return self._found(_IN_FLIGHT, **self._whose)

    def carried(self, outbound: Outbound) -> tuple[Carried, ...]:
        """List the steps that a message speaks of, by case id."""
        return bundles.carried(self._scope.unflushed, outbound.id)

    def thread(self, case_id: str) -> tuple[str, ...]:
        """Find the first and the newest accepted mail about a case; empty without any."""
        given = self._whose | {"case": case_id}
        found = tuple(self._scope.unflushed.execute(_THREAD, given).scalars())
        return found if len(found) < 2 else (found[0], found[-1])  # noqa: PLR2004 - both its ends

    def take_off(self, case_id: str, step: str, episode: int, channel: str, to: str) -> Outbound:
        """Mark the step's message in flight with a new attempt, by the database's clock.

        Raises:
            BusyError: if it is in flight already: reconcile, never call again.
            ConflictError: if it has ended.
        """
        steps = [Carried(case=case_id, step=step, episode=episode)]
        return self.take_off_together(steps, channel, to)

    def take_off_together(self, steps: Sequence[Carried], channel: str, to: str) -> Outbound:
        """Mark one message in flight for all of these steps; the first one's, if it has one."""
        scope, first = self._scope, steps[0]
        for step in steps:
            scope.own(step.case)
        known = self.of_step(first.case, first.step, first.episode)
        values: dict[str, Any] = {
            "state": OutboundState.IN_FLIGHT,
            "in_flight_since": func.clock_timestamp(),
        }
        values |= {"channel": channel, "recipient": to}
        values |= {"provider_id": "", "detail": "", "not_before": None}
        message_id = known.id if known else str(uuid4())
        if known is None:
            new = insert(outbound_message).values(id=message_id, **self._whose, attempt=1, **values)
            scope.unflushed.execute(new)
        else:
            _check_new(known, first)
            again = values | {"attempt": known.attempt + 1}
            change = update(outbound_message).where(_M.id == known.id).values(**again)
            scope.unflushed.execute(change)
        flown = outbound_of(
            scope.unflushed.execute(_MESSAGE, {"message": message_id}).mappings().one()
        )
        bundles.carry(scope.unflushed, flown, steps, is_new=known is None)
        return flown

    def set_aside(self, outbound: Outbound, steps: Sequence[Carried]) -> None:
        """Take steps out of a message before it is sent; they may go out with another one later."""
        bundles.set_aside(self._scope.unflushed, outbound, steps)

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
        if outbound.state is OutboundState.NEW and state is OutboundState.REJECTED:
            self._change(outbound, OutboundState.NEW, {"state": state})
            return
        values = {"state": state, "not_before": not_before}
        self._arrive(outbound, values, receipt, receipt.sent if receipt else state)

    def turn_down(self, outbound: Outbound, receipt: Receipt) -> None:
        """Record that the newest attempt's channel rejected it; the message goes back to NEW.

        A dead address is known as such from now on: it says nothing against its channel.
        """
        tried = [*outbound.tried]
        if not receipt.bad_point:
            tried = [*dict.fromkeys((*outbound.tried, outbound.channel))]
        values = {"state": OutboundState.NEW, "tried": tried}
        self._arrive(outbound, values, receipt, Sent.REJECTED)

    def due_with(
        self,
        case_id: str,
        until: datetime,
        kinds: tuple[ActionType, ...],
        tried: tuple[str, ...],
    ) -> tuple[str, ...]:
        """List the account's other cases that want such a deed up to an instant, oldest first."""
        scope = self._scope
        mine = bundles.wanting(scope.creditor, scope.customer_id, case_id, kinds)
        query = bundles.due_with(mine, until, tried)
        found = tuple(scope.connection.execute(query).scalars())
        scope.know(found)
        return found

    @property
    def _whose(self) -> dict[str, str]:
        return {"creditor": self._scope.creditor, "customer": self._scope.customer_id}

    def _found(self, query: Select[Any], **given: str | int) -> Outbound | None:
        row = self._scope.unflushed.execute(query, given).mappings().one_or_none()
        return outbound_of(row) if row else None

    def _arrive(
        self, flown: Outbound, values: dict[str, Any], receipt: Receipt | None, result: str
    ) -> None:
        told = {
            "provider_id": receipt.provider_id if receipt else "",
            "detail": receipt.detail if receipt else "",
        }
        spoken = {"spoken": receipt.spoken if receipt else ""}
        row = self._change(flown, OutboundState.IN_FLIGHT, values | told | spoken)
        attempt = {"message_id": flown.id, "attempt": flown.attempt, "result": result, **told}
        attempt |= {"channel": row.channel, "recipient": row.recipient}
        attempt |= {"since": row.in_flight_since}
        self._scope.unflushed.execute(insert(outbound_attempt).values(**attempt))

    def _change(self, flown: Outbound, before: OutboundState, values: dict[str, Any]) -> Row[Any]:
        """Change the message only if it still stands as it did, with the same attempt."""
        mine = (_M.id == flown.id) & (_M.attempt == flown.attempt) & (_M.state == before)
        done = update(outbound_message).where(mine).values(**values)
        known = done.returning(_M.channel, _M.recipient, _M.in_flight_since)
        row = self._scope.unflushed.execute(known).one_or_none()
        if row is None:
            raise ConflictError(
                f"attempt {flown.attempt} of message {flown.id} is not {before} now"
            )
        return row


def _check_new(known: Outbound, item: Carried) -> None:
    where = f"{item.case}, step {item.step}, episode {item.episode}"
    if known.state is OutboundState.IN_FLIGHT:
        raise BusyError(f"{where}: attempt {known.attempt} is in flight; find out how it ended")
    if known.state is not OutboundState.NEW:
        raise ConflictError(f"{where}: this message has ended as {known.state}; it is never resent")

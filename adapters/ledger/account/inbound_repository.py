"""What came back to one account, in PostgreSQL: events, answers, and wishes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Text, cast, exists, func, select, update

from activities.ports.incoming import ReplyKind, ReportKind
from activities.ports.incoming_ports import (
    ContactWish,
    Letterhead,
    ProviderReports,
    State,
    UsedAddress,
)
from activities.ports.stores.replies import AnswerRow
from activities.ports.types import OutboundState
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.core.sql import uuid_of
from adapters.ledger.inbound.files import empty_files, files_with
from adapters.ledger.inbound.heard_back import answers_about
from adapters.ledger.inbound.outcomes import EVENTS, settle_incoming, told_of_row
from adapters.ledger.outbound import bundles
from adapters.ledger.tables.cases import case_file, message
from adapters.ledger.tables.channels import contact_point, reply
from adapters.ledger.tables.outbound import outbound_attempt, outbound_message, provider_event
from domain.case.news import OPTED_IN, OPTED_OUT, PROVIDER
from domain.evidence.received import ReceivedFile
from domain.message_types import MessageStatus, MessageType
from domain.parties.people import EMAIL, PHONE

_E, _M = provider_event.c, outbound_message.c
_A, _R, _P = outbound_attempt.c, reply.c, contact_point.c

_OUT = (ReportKind.COMPLAINED.value, ReportKind.OPTED_OUT.value)
_IN = ReportKind.OPTED_IN.value


class SqlInbound:
    """What came back to one account."""

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope

    def letterhead(self, message_id: str) -> Letterhead | None:
        """A message of this account as it was sent; None if it is another's."""
        known = uuid_of(message_id)
        mine = (_M.creditor == self._scope.creditor) & (_M.customer == self._scope.customer_id)
        query = select(outbound_message).where(_M.id == known, mine)
        row = self._scope.connection.execute(query).one_or_none() if known else None
        if row is None:
            return None
        tried = select(_A.channel, _A.recipient).where(_A.message_id == known)
        ways = [
            UsedAddress(**one)
            for one in self._scope.connection.execute(tried.order_by(_A.attempt)).mappings()
        ]
        if row.state == OutboundState.IN_FLIGHT:
            ways.append(UsedAddress(channel=row.channel, recipient=row.recipient))
        carried = bundles.carried(self._scope.connection, row.id)
        state = OutboundState(row.state)
        return Letterhead(id=row.id, state=state, ways=tuple(ways), carried=carried)

    def told_of(self, message_id: str) -> tuple[ProviderReports, ...]:
        """Everything that providers ever told about a message, settled or not."""
        query = EVENTS.where(_E.message_id == message_id).order_by(_E.dedupe_key)
        return tuple(told_of_row(row) for row in self._scope.connection.execute(query))

    def wishes(self, channel: str) -> tuple[ContactWish, ...]:
        """List all wishes of the customer about a channel, oldest first."""
        found = [*self._by_provider(channel), *self._by_answer(channel), *self._by_word(channel)]
        return tuple(sorted(found, key=lambda wish: (wish.at, not wish.wanted)))

    def settle_told(self, keys: Sequence[str], state: State) -> None:
        """Write down what became of events; the first word counts."""
        settle_incoming(self._scope.connection, keys, state)

    def files_of(self, key: str) -> tuple[ReceivedFile, ...]:
        """List what came with an answer, with the contents that no case keeps yet."""
        return files_with(self._scope.connection, key)

    def answers_about(self, case_id: str) -> tuple[AnswerRow, ...]:
        """List what the customer wrote about a case, oldest first."""
        return answers_about(self._scope.connection, case_id)

    def settle_reply(self, key: str, state: State, case_id: str = "") -> None:
        """Record what became of an answer, and that it is this account's.

        What came with it is kept by its cases from now on.
        """
        empty_files(self._scope.connection, key)
        whose = {
            "creditor": self._scope.creditor,
            "customer": self._scope.customer_id,
            "case_id": case_id,
        }
        done = update(reply).where(_R.key == key).values(state=state.value, **whose)
        self._scope.connection.execute(done)

    def _by_provider(self, channel: str) -> Iterable[ContactWish]:
        mine = (_M.creditor == self._scope.creditor) & (_M.customer == self._scope.customer_id)
        on = exists().where(_A.message_id == _M.id, _A.channel == channel)
        query = select(_E.kind, func.coalesce(_E.at, _E.recorded_at).label("at"))
        query = query.join(outbound_message, cast(_M.id, Text) == _E.message_id)
        flies = (_M.state == OutboundState.IN_FLIGHT) & (_M.channel == channel)
        query = query.where(mine, on | flies, _E.kind.in_([*_OUT, _IN]))
        for row in self._scope.connection.execute(query):
            yield ContactWish(at=row.at, wanted=row.kind == _IN)
        yield from self._by_address() if channel == EMAIL else ()

    def _by_address(self) -> Iterable[ContactWish]:
        """What a provider told about an address without naming a message."""
        debtor = self._scope.debtor
        points = {debtor.email, *(one.point for one in debtor.others if one.kind == EMAIL)}
        query = select(_E.kind, func.coalesce(_E.at, _E.recorded_at).label("at"))
        loose = (_E.message_id == "") & _E.recipient.in_({one.lower() for one in points if one})
        query = query.where(loose, _E.kind.in_([*_OUT, _IN]))
        for row in self._scope.connection.execute(query):
            yield ContactWish(at=row.at, wanted=row.kind == _IN)

    def _by_answer(self, channel: str) -> Iterable[ContactWish]:
        mine = (_R.creditor == self._scope.creditor) & (_R.customer == self._scope.customer_id)
        whose = (_P.creditor == self._scope.creditor) & (_P.customer == self._scope.customer_id)
        others = select(_P.point).where(whose, _P.kind == PHONE, _P.point != "")
        number = (_R.sender == (self._scope.debtor.phone or "-")) | _R.sender.in_(others)
        query = select(_R.sort, _R.at).where(mine | number, _R.channel == channel)
        for row in self._scope.connection.execute(
            query.where(_R.sort.in_([ReplyKind.STOP, ReplyKind.START]))
        ):
            yield ContactWish(at=row.at, wanted=row.sort == ReplyKind.START)

    def _by_word(self, channel: str) -> Iterable[ContactWish]:
        """What a person or another system told us on the customer's behalf."""
        m, c = message.c, case_file.c
        mine = (c.creditor == self._scope.creditor) & (c.customer == self._scope.customer_id)
        query = select(m.reason, m.at).join(case_file, c.case_id == m.case_id)
        words = m.reason.in_([OPTED_OUT, OPTED_IN]) & (m.kind == MessageType.CONTACT_NEWS)
        query = query.where(mine, words, m.status != MessageStatus.REFUSED, m.channel != PROVIDER)
        for row in self._scope.connection.execute(query.where(m.ref.in_(["", channel]))):
            yield ContactWish(at=row.at, wanted=row.reason == OPTED_IN)

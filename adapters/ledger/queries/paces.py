"""The turns that providers give messages, in PostgreSQL: one row for all workers to share.

Each turn is given in a transaction of its own: it holds no account, and nobody waits for longer
than another needs to write down its turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, select, update

from adapters.ledger.core.sql import added
from adapters.ledger.tables.watching import provider_pace, provider_turn
from domain.contact.pace import TURN_KEPT, is_kept, next_turn

_P, _T = provider_pace.c, provider_turn.c


class SqlPaces:
    """How many messages a second each channel's provider takes, over all workers of this ledger.

    Args:
        per_second: messages a second, by channel; a channel that is not named has no limit.
    """

    def __init__(self, engine: Engine, per_second: Mapping[str, float]) -> None:
        self._engine = engine
        self._per_second = {channel: rate for channel, rate in per_second.items() if rate}

    def turn(self, channel: str, case_id: str, now: datetime) -> datetime | None:
        """Ask for a turn of a case's message; None if it may go now, else the instant of it."""
        rate = self._per_second.get(channel)
        if not rate:
            return None
        with self._engine.begin() as connection:
            given = _given(connection, channel, case_id)
            if given and is_kept(given, now):
                if given > now:
                    return given
                _drop(connection, channel, case_id)
                return None
            turn = next_turn(_free_from(connection, channel), now, rate)
            mine = _P.channel == channel
            connection.execute(update(provider_pace).where(mine).values(free_from=turn.next_at))
            if turn.goes_now(now):
                return None
            _forget_void_turns(connection, channel, now)
            added(connection, provider_turn, channel=channel, case_id=case_id, at=turn.at)
            return turn.at


def _given(connection: Connection, channel: str, case_id: str) -> datetime | None:
    query = select(_T.at).where(_T.channel == channel, _T.case_id == case_id)
    found: datetime | None = connection.execute(query).scalar_one_or_none()
    return found


def _free_from(connection: Connection, channel: str) -> datetime | None:
    """The first turn that nobody has; whoever asks next waits until this one is written down."""
    added(connection, provider_pace, channel=channel)
    query = select(_P.free_from).where(_P.channel == channel)
    found: datetime | None = connection.execute(query.with_for_update()).scalar_one()
    return found


def _drop(connection: Connection, channel: str, case_id: str) -> None:
    mine = (_T.channel == channel) & (_T.case_id == case_id)
    connection.execute(delete(provider_turn).where(mine))


def _forget_void_turns(connection: Connection, channel: str, now: datetime) -> None:
    void = (_T.channel == channel) & (_T.at <= now - TURN_KEPT)
    connection.execute(delete(provider_turn).where(void))

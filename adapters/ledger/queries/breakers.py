"""What is known of providers that fail, in PostgreSQL: one row each, in transactions of its own.

The account's transaction may be rolled back after a call that nobody answered; the failure counts
all the same.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, select, update

from activities.ports.types import Task
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import added
from adapters.ledger.tables.desk import task
from adapters.ledger.tables.watching import provider_breaker
from adapters.ledger.tasks.desk import AMICABLE, task_row, tick_off
from domain.contact.breaker import WORKING, Breaker
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

_B = provider_breaker.c
_STATE = tuple(Breaker.__dataclass_fields__)
# Built once: putting a query together costs more than asking it.
_SEEN = select(*(_B[name] for name in _STATE)).where(_B.provider == bindparam("provider"))
_LOCKED = _SEEN.with_for_update()


class SqlBreakers:
    """Providers that fail, shared by all workers of this ledger."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def wait(self, provider: str, now: datetime) -> datetime | None:
        """Tell until when a provider is left alone; None if it may be called."""
        return self._known(provider).wait(now)

    def enter(self, provider: str, now: datetime) -> datetime | None:
        """Ask to call now; None if so. While others wait, one caller is let through as a probe."""
        if self._known(provider).opened_at is None:
            return None
        with self._engine.begin() as connection:
            known = _read(connection, provider, lock=True)
            if known.opened_at is None:
                return None
            until = known.wait(now)
            if until is None:
                _write(connection, provider, known.probing(now))
            return until

    def failed(self, provider: str, now: datetime, detail: str) -> None:
        """Count a failure; the one that opens the breaker puts one question on the desk."""
        with self._engine.begin() as connection:
            added(connection, provider_breaker, provider=provider, **asdict(WORKING))
            known = _read(connection, provider, lock=True)
            after = known.failed(now)
            _write(connection, provider, after)
            if after.opened_at and known.opened_at is None:
                added(connection, task, **task_row(_question(provider, after.opened_at, detail)))

    def answered(self, provider: str) -> None:
        """Forget all failures; the question, if one was asked, has answered itself."""
        if self._known(provider) == WORKING:
            return
        with self._engine.begin() as connection:
            known = _read(connection, provider, lock=True)
            _write(connection, provider, WORKING)
            if known.opened_at:
                mine = TaskKey.beginning(TaskTopic.BREAKER, provider)
                asked = task.c.key.startswith(mine, autoescape=True)
                tick_off(connection, asked, AMICABLE, "it answers again")

    def _known(self, provider: str) -> Breaker:
        """What is known of a provider, without a lock: nearly always that it works."""
        with reading(self._engine) as connection:
            return _read(connection, provider)


def _read(connection: Connection, provider: str, *, lock: bool = False) -> Breaker:
    query = _LOCKED if lock else _SEEN
    row = connection.execute(query, {"provider": provider}).mappings().one_or_none()
    return Breaker(**row) if row else WORKING


def _write(connection: Connection, provider: str, state: Breaker) -> None:
    mine = _B.provider == provider
    connection.execute(update(provider_breaker).where(mine).values(**asdict(state)))


def _question(provider: str, opened_at: datetime, detail: str) -> Task:
    why = f": {detail}" if detail else ""
    return Task(
        key=str(TaskKey.of(TaskTopic.BREAKER, provider, f"{opened_at:%Y%m%dT%H%M%S}")),
        kind=TaskKind.QUESTION,
        case="",
        title=f"{provider} fails again and again; messages wait until it answers{why}"[:300],
        due_at=opened_at,
    )

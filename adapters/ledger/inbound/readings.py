"""Which answers wait for a model, and what became of asking it, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Engine, Row, String, cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.ports.model.reading import ReadingState, WaitingReply
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.channels import model_use, reply, reply_reading
from adapters.ledger.tables.desk import task
from adapters.ledger.tables.people import account
from adapters.ledger.tasks.desk import suggestion_rows
from domain.parties.tasks import TaskKey, TaskKind, TaskState
from domain.parties.team import LONGEST_STORY
from domain.suggestion import Suggestion

READ_WITHIN = timedelta(days=2)
"""An older answer was read by a person, or nobody waits for what a model says of it."""

_R, _T, _A = reply.c, task.c, account.c


class SqlReadings:
    """Answers that wait for a model, and what becomes of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self, creditors: Sequence[str], limit: int) -> tuple[WaitingReply, ...]:
        """List answers of the last two days whose tasks are open, the oldest first."""
        key = literal(f"{TaskKind.REPLY}/") + _R.key
        asked = select(reply_reading.c.reply).where(reply_reading.c.reply == _R.key).exists()
        query = (
            select(
                _R.key, _R.creditor, _R.channel, _R.said, _R.at, _T.case_id, _A.language, _A.zone
            )
            .add_columns(case_file.c.currency)
            .join(task, (_T.key == key) & (_T.status == TaskState.OPEN))
            .join(case_file, case_file.c.case_id == _T.case_id)
            .join(account, (_A.creditor == _R.creditor) & (_A.customer == _R.customer))
            .where(_R.creditor.in_(creditors), _R.sort == "reply", _R.state == "applied")
            .where(_R.recorded_at > func.clock_timestamp() - READ_WITHIN, _R.said != "", ~asked)
            .order_by(_R.recorded_at, _R.key)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return tuple(map(_waiting, connection.execute(query)))

    def spend(self, creditor: str, day: date, most: int) -> bool:
        """Count one more answer of a creditor's day; False if there were as many already."""
        if most < 1:
            return False
        row = insert(model_use).values(creditor=creditor, day=day, calls=1)
        more = row.on_conflict_do_update(
            index_elements=["creditor", "day"],
            set_={"calls": model_use.c.calls + 1},
            where=model_use.c.calls < most,
        )
        with self._engine.begin() as connection:
            return bool(connection.execute(more.returning(model_use.c.calls)).first())

    def settle(
        self,
        reply: WaitingReply,
        state: ReadingState,
        suggestions: Sequence[Suggestion] = (),
        lines: Sequence[str] = (),
    ) -> None:
        """Write down that the model was asked; what it read is added to a task still open."""
        kept = insert(reply_reading).values(reply=reply.key, creditor=reply.creditor, state=state)
        mine = (_T.key == str(TaskKey.of(TaskKind.REPLY, reply.key))) & (
            _T.status == TaskState.OPEN
        )
        added = "\n".join(["", *lines])
        told = func.left(_T.detail + cast(added, String), 2 * LONGEST_STORY)
        change = (
            update(task).where(mine).values(suggestions=suggestion_rows(suggestions), detail=told)
        )
        with self._engine.begin() as connection:
            first = connection.execute(
                kept.on_conflict_do_nothing().returning(reply_reading.c.reply)
            ).first()
            if first and suggestions:
                connection.execute(change)


def _waiting(row: Row[tuple[object, ...]]) -> WaitingReply:
    told = dict(row._mapping)  # noqa: SLF001 - the documented way to name columns
    return WaitingReply(case=told.pop("case_id"), **told)

"""The cases that do not go on by themselves: who they are, since when, and what stops them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Engine, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from activities.watching.ports import FAILED_ATTEMPTS, ROUNDS_IN_VAIN, StuckCase, Trouble
from adapters.ledger.core.engine import reading
from adapters.ledger.core.sql import among
from adapters.ledger.tables.watching import stuck_case

_S = stuck_case.c


class SqlStuckCases:
    """The ledger's list of cases that may be stuck; what is noted needs no account's lock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def failed(self, case_id: str, attempts: int, failure: str) -> None:
        """An activity has failed so many times."""
        row = insert(stuck_case).values(case_id=case_id, attempts=attempts, failure=failure)
        again = row.on_conflict_do_update(
            index_elements=[_S.case_id], set_={"attempts": attempts, "failure": failure}
        )
        with self._engine.begin() as connection:
            connection.execute(again)

    def went_on(self, case_id: str) -> None:
        """An activity of the case has succeeded after all."""
        mine = update(stuck_case).where(_S.case_id == case_id)
        with self._engine.begin() as connection:
            connection.execute(mine.values(attempts=0, failure=""))

    def woken_in_vain(self, case_ids: Collection[str]) -> None:
        """Count one more round for these cases, and none for all others."""
        again = insert(stuck_case).values([{"case_id": one, "rounds": 1} for one in case_ids])
        counted = again.on_conflict_do_update(
            index_elements=[_S.case_id], set_={"rounds": _S.rounds + 1}
        )
        others = update(stuck_case).where(~among(_S.case_id, list(case_ids)))
        with self._engine.begin() as connection:
            connection.execute(others.values(rounds=0))
            if case_ids:
                connection.execute(counted)

    def seen(self, failing: Mapping[str, Trouble], well: Collection[str]) -> None:
        """Note what Temporal says: failed attempts of some cases, and that others go on."""
        for case_id, trouble in failing.items():
            self.failed(case_id, trouble.attempts, trouble.failure)
        on = update(stuck_case).where(among(_S.case_id, list(well)))
        with self._engine.begin() as connection:
            connection.execute(on.values(attempts=0, failure=""))

    def suspects(self) -> tuple[str, ...]:
        """Every case that was noted and has not gone on since, by id."""
        with reading(self._engine) as connection:
            return tuple(connection.execute(select(_S.case_id).order_by(_S.case_id)).scalars())

    def stuck(self) -> tuple[StuckCase, ...]:
        """The cases that a person has to hear of, longest stuck first."""
        query = select(stuck_case).where(_is_stuck()).order_by(_S.since, _S.case_id)
        with reading(self._engine) as connection:
            return tuple(StuckCase(**row) for row in connection.execute(query).mappings())

    def forget_the_well(self) -> tuple[str, ...]:
        """Forget the cases that go on again; answers which they were."""
        gone = delete(stuck_case).where(_S.rounds == 0, _S.attempts == 0)
        with self._engine.begin() as connection:
            return tuple(connection.execute(gone.returning(_S.case_id)).scalars())


def _is_stuck() -> ColumnElement[bool]:
    return or_(_S.rounds >= ROUNDS_IN_VAIN, _S.attempts >= FAILED_ATTEMPTS)

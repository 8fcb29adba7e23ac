"""How the reconciler's rounds went: when the last one ended, and which part of it failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.dialects.postgresql import insert

from activities.watching.parts import WHOLE
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.watching import round_part

_P = round_part.c
_SHOWN = _P.name, _P.begun_at, _P.ended_at, _P.failures, _P.failure


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPart:
    """A part of the round, or the whole.

    Attributes:
        begun_at: when the newest round began; only the whole has it.
        ended_at: when it last ended well.
        failures: rounds running that failed, or that began and did not end.
        failure: how the last one failed.
    """

    name: str
    begun_at: datetime | None
    ended_at: datetime | None
    failures: int
    failure: str


class SqlRoundLog:
    """Keeps how the rounds went."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self) -> int:
        """A round begins; answers how many before it began and did not end."""
        now = func.clock_timestamp()
        # Counted as one that does not end until it has ended.
        found = self._put(WHOLE, {"begun_at": now, "failures": 1}, {"failures": _P.failures + 1})
        return found.failures - 1

    def failing(self) -> tuple[str, ...]:
        """List the parts that failed when they were last carried out."""
        query = select(_P.name).where(_P.failures > 0, _P.name != WHOLE).order_by(_P.name)
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).scalars())

    def ended(self, *names: str) -> None:
        """Parts of the round have ended well, or the whole has come to its end."""
        well = {"ended_at": func.clock_timestamp(), "failures": 0, "failure": ""}
        rows = insert(round_part).values([{"name": name, **well} for name in names])
        with self._engine.begin() as connection:
            connection.execute(rows.on_conflict_do_update(index_elements=[_P.name], set_=well))

    def failed(self, name: str, failure: str) -> int:
        """A part of the round has failed; answers how many rounds running it did."""
        again = {"failures": _P.failures + 1}
        return self._put(name, {"failures": 1, "failure": failure}, again).failures

    def place(self, name: str) -> tuple[str, datetime | None]:
        """Where a part got to among all cases, and when (UTC); nowhere, and never, at first."""
        with reading(self._engine) as connection:
            query = select(_P.place, _P.place_at).where(_P.name == name)
            found = connection.execute(query).one_or_none()
        return (found.place, found.place_at) if found else ("", None)

    def keep_place(self, name: str, after: str, at: datetime) -> None:
        """Keep where a part has got to, for the round after this one."""
        self._put(name, {"place": after, "place_at": at}, {})

    def parts(self) -> tuple[RoundPart, ...]:
        """Everything that is known, by name."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(*_SHOWN).order_by(_P.name)).mappings()
            return tuple(RoundPart(**row) for row in rows)

    def _put(self, name: str, values: dict[str, Any], again: dict[str, Any]) -> RoundPart:
        row = insert(round_part).values(name=name, **values)
        row = row.on_conflict_do_update(index_elements=[_P.name], set_=values | again)
        with self._engine.begin() as connection:
            put = connection.execute(row.returning(*_SHOWN)).mappings().one()
            return RoundPart(**put)

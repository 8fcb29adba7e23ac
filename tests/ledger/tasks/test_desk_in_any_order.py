"""Whoever comes and goes: every open call has at most one owner, and none is ever lost (P81)."""

import itertools
from collections.abc import Callable
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from activities.ports.stores.tasks import TaskFilter, TaskRow
from activities.ports.types import Task
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.tasks import desk, team
from adapters.ledger.tasks.escalation import pass_on_what_is_late, take
from domain.parties.escalation import TOLD
from domain.parties.tasks import TaskKind
from domain.parties.team import Role
from tests.ledger import factories

NAMES = ("ann", "bob", "eva")
CALLS = 3
MONDAY = factories.NOON.replace(hour=17)
SINGLE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
_numbers = itertools.count(1)


class Shift:
    """A team of a creditor of its own, three calls of Ann's, and what happens to them."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.now = engine, MONDAY
        self.creditor = f"shift-{next(_numbers)}"
        case = factories.opened(SqlLedger(engine), factories.invoice(self.creditor))
        self.keys = [f"call/{case}/{n}" for n in range(CALLS)]
        self.finished: set[str] = set()
        for who in ("ann", "eva"):
            self.add(who, 0)
        for key in self.keys:
            new = Task(
                key=key, kind=TaskKind.CALL, case=case, title="c", owner="ann", due_at=MONDAY
            )
            desk.put_task(engine, new)

    def add(self, who: str, which: int) -> None:
        """Somebody joins, or is there already."""
        role = Role.SUPERVISOR if who == "eva" else Role.COLLECTOR
        team.put_colleague(self.engine, self.creditor, who, role)

    def away(self, who: str, which: int) -> None:
        """Nothing lies with whoever is not there."""
        if team.set_away(self.engine, self.creditor, who, self.now) is not None:
            assert who not in {row.task.owner for row in self.open()}

    def back(self, who: str, which: int) -> None:
        """Somebody is there again."""
        team.set_back(self.engine, self.creditor, who)

    def remove(self, who: str, which: int) -> None:
        """Somebody leaves for good."""
        team.remove(self.engine, self.creditor, who, self.now)

    def round(self, who: str, which: int) -> None:
        """Nothing that is still watched lies with whoever is not there."""
        pass_on_what_is_late(self.engine, self.now)
        gone = {one.name for one in team.list_team(self.engine, self.creditor) if one.away}
        assert not gone & {row.task.owner for row in self.open() if row.passed_on < TOLD}

    def take(self, who: str, which: int) -> None:
        """Somebody takes a call, whoever has it."""
        take(self.engine, self.keys[which], who, self.now)

    def finish(self, who: str, which: int) -> None:
        """A call is made."""
        desk.finish_task(self.engine, self.keys[which], who)
        self.finished.add(self.keys[which])

    def owner(self, who: str, which: int) -> None:
        """Somebody looks after the customer from now on."""
        owned = team.Owned(creditor=self.creditor, customer="C-1", owner=who)
        team.set_owner(self.engine, owned)

    def open(self) -> tuple[TaskRow, ...]:
        """The calls that are still to be made."""
        wanted = TaskFilter(creditor=self.creditor, kind="call")
        return desk.find_tasks(self.engine, wanted)


DEEDS: tuple[Callable[[Shift, str, int], None], ...] = (
    *(Shift.away, Shift.back, Shift.remove, Shift.add),
    *(Shift.round, Shift.take, Shift.finish, Shift.owner),
)
lives = st.lists(
    st.tuples(
        st.sampled_from(DEEDS), st.sampled_from(NAMES), st.integers(0, 2), st.integers(0, 60)
    ),
    max_size=12,
)


@SINGLE
@given(life=lives)
def test_no_call_is_lost_and_none_has_an_owner_who_never_was(
    fresh_engine: Engine, life: list[tuple[Callable[[Shift, str, int], None], str, int, int]]
) -> None:
    shift = Shift(fresh_engine)
    for deed, who, which, hours in life:
        shift.now += timedelta(hours=hours)
        deed(shift, who, which)
        rows = shift.open()
        assert {row.task.key for row in rows} == set(shift.keys) - shift.finished
        assert {row.task.owner for row in rows} <= {"", *NAMES}
        assert all(0 <= row.passed_on <= TOLD for row in rows)


@SINGLE
@given(life=lives)
def test_left_alone_every_open_call_is_told_to_everybody_in_the_end(
    fresh_engine: Engine, life: list[tuple[Callable[[Shift, str, int], None], str, int, int]]
) -> None:
    """Silence ends here, too: whatever happened before, two weeks of rounds are enough."""
    shift = Shift(fresh_engine)
    for deed, who, which, hours in life:
        shift.now += timedelta(hours=hours)
        deed(shift, who, which)
    for _ in range(14):
        shift.now += timedelta(days=1)
        pass_on_what_is_late(shift.engine, shift.now)

    assert all(row.passed_on == TOLD for row in shift.open())

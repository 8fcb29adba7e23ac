"""The team on a real ledger: tasks are given, passed on, told, and never lost (P81)."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from activities.ports.stores.tasks import TaskFilter, TaskRow
from activities.ports.types import Task
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.tasks import desk, escalation, team
from adapters.ledger.tasks.escalation import pass_on_what_is_late, take
from domain.parties.escalation import TOLD
from domain.parties.tasks import TaskKind
from domain.parties.team import Role
from tests.ledger import factories

DAY = timedelta(days=1)
MONDAY = factories.NOON.replace(hour=17)
"""The end of the window in which the call should have been made."""


@pytest.fixture
def engine(fresh_engine: Engine) -> Engine:
    """The round looks at every creditor: a ledger of one's own."""
    return fresh_engine


@pytest.fixture
def case(engine: Engine) -> str:
    return factories.opened(SqlLedger(engine), factories.invoice("acme"))


def staff(engine: Engine, *names: str, creditor: str = "acme") -> None:
    for name in names:
        role = Role.SUPERVISOR if name == "eva" else Role.COLLECTOR
        team.put_colleague(engine, creditor, name, role)


def call(engine: Engine, case: str, owner: str = "ann", key: str = "") -> str:
    """A call that should be made by Monday evening."""
    key = key or f"call/{case}"
    new = Task(key=key, kind=TaskKind.CALL, case=case, title="call", owner=owner, due_at=MONDAY)
    desk.put_task(engine, new)
    return key


def found(engine: Engine, key: str) -> TaskRow:
    row = desk.find_task(engine, key)
    assert row
    return row


def state(engine: Engine, key: str) -> tuple[str, int]:
    row = found(engine, key)
    return row.task.owner, row.passed_on


def overdue(engine: Engine) -> list[dict[str, str]]:
    query = text("SELECT data FROM happening WHERE kind = 'task.overdue' ORDER BY recorded_at")
    with engine.connect() as link:
        return list(link.execute(query).scalars())


def evening(days: int) -> datetime:
    return MONDAY + days * DAY


def test_work_is_given_to_the_owner_of_the_customer_else_to_who_has_least(
    engine: Engine, case: str
) -> None:
    staff(engine, "ann", "bob", "eva")
    call(engine, case, "ann")
    with SqlLedger(engine).account_of(case) as account:
        assert account.tasks.whose_turn() == "bob"
    assert team.set_owner(engine, team.Owned(creditor="acme", customer="C-1", owner="ann"))
    assert team.owner_of(engine, "acme", "C-1") == "ann"
    with SqlLedger(engine).account_of(case) as account:
        assert account.tasks.whose_turn("bob") == "ann"
    team.set_away(engine, "acme", "ann", MONDAY)
    with SqlLedger(engine).account_of(case) as account:
        assert account.tasks.whose_turn() == "bob"


def test_without_a_team_work_waits_for_everybody(engine: Engine, case: str) -> None:
    with SqlLedger(engine).account_of(case) as account:
        assert account.tasks.whose_turn("ann") == ""
    assert not team.set_owner(engine, team.Owned(creditor="acme", customer="X", owner=""))


def test_a_call_that_is_not_made_goes_to_a_colleague_to_the_supervisor_and_to_everybody(
    engine: Engine, case: str
) -> None:
    """Due on Monday: Tuesday evening to Bob, Thursday to Eva, and the next Monday others hear."""
    staff(engine, "ann", "bob", "eva")
    key = call(engine, case)
    seen = []
    for day in range(9):
        pass_on_what_is_late(engine, evening(day) - timedelta(seconds=1))
        pass_on_what_is_late(engine, evening(day))
        pass_on_what_is_late(engine, evening(day))
        seen.append(state(engine, key))

    ann, bob, eva, told = ("ann", 0), ("bob", 1), ("eva", 2), ("eva", TOLD)
    assert seen == [ann, bob, bob, eva, eva, eva, eva, told, told]
    assert found(engine, key).task.detail.splitlines() == [
        "2026-03-03: not done in time by ann; bob has it now",
        "2026-03-05: not done in time by bob; eva has it now",
        "2026-03-09: not done in time by eva; nobody is left to pass it to",
    ]
    assert overdue(engine) == [
        {"invoice": "R-1", "task": key, "kind": "call", "due": "2026-03-06"},
    ]


def test_what_everybody_was_told_of_stays_on_top(engine: Engine, case: str) -> None:
    staff(engine, "ann")
    key = call(engine, case)
    pass_on_what_is_late(engine, evening(1))
    older = Task(key="older", kind=TaskKind.SALES, case=case, title="?", due_at=MONDAY - DAY)
    desk.put_task(engine, older)

    assert [row.task.key for row in desk.find_tasks(engine)] == [key, "older"]
    late = TaskFilter(due_before=MONDAY)
    assert [row.task.key for row in desk.find_tasks(engine, late)] == ["older"]


def test_without_a_team_a_question_asks_everybody_until_the_call_is_made(
    engine: Engine, case: str
) -> None:
    key = call(engine, case, "")
    for day in range(1, 9):
        pass_on_what_is_late(engine, evening(day))

    (question,) = desk.find_tasks(engine, TaskFilter(kind="question"))
    assert question.task.title == "R-1: a task (call) was not done in time: who does it?"
    assert len(overdue(engine)) == 1
    assert desk.finish_task(engine, key, "tom")
    assert desk.find_tasks(engine) == ()


def test_whoever_takes_what_everybody_was_told_of_is_watched_again(
    engine: Engine, case: str
) -> None:
    """Otherwise it could lie with that person for ever."""
    staff(engine, "ann")
    key = call(engine, case)
    pass_on_what_is_late(engine, evening(1))
    assert take(engine, key, "tom", evening(2))
    assert state(engine, key) == ("tom", 2)
    assert found(engine, key).task.detail.endswith("2026-03-04: tom took it from ann")

    pass_on_what_is_late(engine, evening(3))
    assert state(engine, key) == ("tom", 2)
    pass_on_what_is_late(engine, evening(4))
    assert state(engine, key) == ("tom", TOLD)
    assert len(overdue(engine)) == 2
    assert not take(engine, "no such task", "tom", MONDAY)


def test_a_done_task_is_left_alone_and_so_are_notes(engine: Engine, case: str) -> None:
    staff(engine, "ann", "bob")
    done = call(engine, case)
    desk.finish_task(engine, done, "ann")
    note = Task(key="s", kind=TaskKind.SALES, case=case, title="?", owner="ann", due_at=MONDAY)
    desk.put_task(engine, note)
    assert pass_on_what_is_late(engine, evening(5)) == 0


def test_an_absent_colleagues_tasks_are_shared_out_at_once(engine: Engine, case: str) -> None:
    staff(engine, "ann", "bob", "cid", "eva")
    keys = [call(engine, case, key=f"call/{n}") for n in range(4)]

    assert team.set_away(engine, "acme", "ann", MONDAY) == 4
    assert [state(engine, key)[0] for key in keys] == ["bob", "cid", "bob", "cid"]
    assert team.set_away(engine, "acme", "nobody", MONDAY) is None
    assert team.set_back(engine, "acme", "ann")
    assert [state(engine, key)[0] for key in keys] == ["bob", "cid", "bob", "cid"]
    assert found(engine, keys[0]).task.detail == "2026-03-02: ann is not there; bob has it now"


def test_what_reached_somebody_on_the_way_out_is_found_by_the_round(
    engine: Engine, case: str
) -> None:
    staff(engine, "ann", "bob")
    team.set_away(engine, "acme", "ann", MONDAY)
    key = call(engine, case, "ann")
    pass_on_what_is_late(engine, MONDAY)
    assert state(engine, key) == ("bob", 0)


def test_whoever_leaves_owns_nothing_any_more(engine: Engine, case: str) -> None:
    staff(engine, "ann", "eva")
    team.set_owner(engine, team.Owned(creditor="acme", customer="C-1", owner="ann"))
    key = call(engine, case)

    assert team.remove(engine, "acme", "ann", MONDAY) == 1
    assert state(engine, key) == ("eva", 0)
    assert team.owner_of(engine, "acme", "C-1") == ""
    assert team.remove(engine, "acme", "ann", MONDAY) is None


def test_another_creditors_team_is_not_ours(engine: Engine, case: str) -> None:
    """The same name at another company is another person."""
    staff(engine, "ann", "bob", creditor="acme-b")
    theirs = factories.opened(SqlLedger(engine), factories.invoice("acme-b"))
    mine, other = call(engine, case, "ann"), call(engine, theirs, "ann")

    assert team.set_away(engine, "acme-b", "ann", MONDAY) == 1
    assert (state(engine, mine)[0], state(engine, other)[0]) == ("ann", "bob")
    assert [one.load for one in team.list_team(engine, "acme-b")] == [0, 1]
    assert team.list_team(engine, "acme") == ()


@pytest.mark.parametrize("what", ["done", "taken"])
def test_whoever_is_faster_than_the_round_keeps_the_task(
    engine: Engine, case: str, what: str
) -> None:
    """The round has read the task; then somebody does it, or takes it."""
    staff(engine, "ann", "bob")
    key = call(engine, case)
    (held,) = escalation._late(engine, evening(1))
    if what == "done":
        desk.finish_task(engine, key, "ann")
    else:
        take(engine, key, "cid", evening(1))

    assert not escalation._passed(engine, held, evening(1))
    assert state(engine, key) == (("ann", 0) if what == "done" else ("cid", 0))

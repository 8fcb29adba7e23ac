"""The round that looks after cases looks after the desk, too."""

from datetime import UTC, datetime, timedelta

from activities.ports.types import Task
from adapters.ledger.tasks import desk, team
from domain.parties.tasks import TaskKind
from domain.parties.team import Role
from tests.workflows.factories import WorkflowHarness


async def test_what_nobody_did_is_passed_on_by_the_reconcilers_round(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    creditor = handle.id.split("/")[1]
    for name in ("ann", "bob"):
        team.put_colleague(application.engine, creditor, name, Role.COLLECTOR)
    due = datetime.now(UTC) - timedelta(days=9)
    new = Task(
        key=handle.id, kind=TaskKind.CALL, case=handle.id, title="c", owner="ann", due_at=due
    )
    desk.put_task(application.engine, new)

    await application.reconciler.round()

    row = desk.find_task(application.engine, handle.id)
    assert row
    assert (row.task.owner, row.passed_on) == ("bob", 1)
    assert row.task.due_at
    assert row.task.due_at > datetime.now(UTC)

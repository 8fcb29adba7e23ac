"""Whose a task is: asked once, for the command line and for the gateway alike."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.tasks.desk import find_tasks, put_task
from adapters.ledger.tasks.desk_repository import task_page
from domain.parties.tasks import TaskKind

MINE = ("call/invoice/{0}/R-1/1/call", "unallocated/{0}/C-1/B-1", "credit/{0}/C-1/held")
OTHERS = ("unallocated/{0}-x/C-1/B-1", "mailbox/1999-12-31")


@pytest.mark.parametrize("listed", [find_tasks, task_page])
def test_a_task_is_a_creditors_by_its_case_or_by_its_key(
    engine: Engine, creditor: str, listed: object
) -> None:
    for key in (*MINE, *OTHERS):
        named = key.format(creditor)
        case = f"invoice/{creditor}/R-1" if key.startswith("call") else ""
        put_task(engine, Task(key=named, kind=TaskKind.QUESTION, case=case, title="?"))

    found = listed(engine, TaskFilter(creditor=creditor))  # type: ignore[operator]  # one of two functions
    assert {row.task.key for row in found} == {key.format(creditor) for key in MINE}


def test_without_a_creditor_the_gateway_shows_nothing(engine: Engine, creditor: str) -> None:
    put_task(
        engine,
        Task(key=f"unallocated/{creditor}/C-1/B-2", kind=TaskKind.QUESTION, case="", title="?"),
    )

    assert task_page(engine, TaskFilter(creditor="")) == ()

"""The gateway on a real ledger, with a Temporal that only remembers who was woken."""

import itertools
import os
from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from adapters.ledger.core.engine import Engine
from adapters.ledger.tables.desk import task
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from tests.starter.api.factories import Desk, Outside, opened_gateway

_numbers = itertools.count(1)

_ROUNDS = task.c.key.startswith(TaskKey.beginning(TaskTopic.RECONCILER), autoescape=True)
_EVERYBODYS = (task.c.kind == TaskKind.RATE) | _ROUNDS


@pytest.fixture
def creditor() -> str:
    """A company that no other test knows: tests share one database, and never meet."""
    return f"gate-{os.getpid()}-{next(_numbers)}"


@pytest.fixture(scope="session")
def _gateway(engine: Engine) -> Iterator[Outside]:
    with opened_gateway(engine) as outside:
        yield outside


@pytest.fixture(scope="module", autouse=True)
def _nothing_on_every_desk(engine: Engine) -> None:
    """What other modules' rounds asked of everybody would lie on each creditor's desk here."""
    with engine.begin() as link:
        link.execute(delete(task).where(task.c.case_id == "", _EVERYBODYS))


@pytest.fixture
def outside(_gateway: Outside) -> Outside:
    """The gateway as programs see it; its Temporal remembers this test only."""
    _gateway.told()
    _gateway.temporal.started.clear()
    _gateway.temporal.woken.clear()
    return _gateway


@pytest.fixture
def desk(outside: Outside, creditor: str) -> Desk:
    """The three keys of one creditor."""
    return outside.desk(creditor)

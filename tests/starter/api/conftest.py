"""The gateway on a real ledger, with a Temporal that only remembers who was woken."""

import itertools
import os
from collections.abc import Iterator

import pytest

from adapters.ledger.core.engine import Engine
from tests.starter.api.factories import Desk, Outside, opened_gateway

_numbers = itertools.count(1)


@pytest.fixture
def creditor() -> str:
    """A company that no other test knows: tests share one database, and never meet."""
    return f"gate-{os.getpid()}-{next(_numbers)}"


@pytest.fixture(scope="session")
def _gateway(engine: Engine) -> Iterator[Outside]:
    with opened_gateway(engine) as outside:
        yield outside


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

"""The console on a real ledger, with a Temporal that only remembers who was woken."""

import itertools
import os
from collections.abc import Iterator

import pytest

from adapters.ledger.core.engine import Engine
from tests.starter.console.factories import Console, Visitor, opened_console

_numbers = itertools.count(1)


@pytest.fixture
def creditor() -> str:
    """A company that no other test knows."""
    return f"console-{os.getpid()}-{next(_numbers)}"


@pytest.fixture(scope="session")
def console(engine: Engine) -> Iterator[Console]:
    with opened_console(engine) as found:
        yield found


@pytest.fixture
def ann(console: Console, creditor: str) -> Visitor:
    """A supervisor who is signed in."""
    return console.visitor(creditor)

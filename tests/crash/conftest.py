"""A house to burn down, shared by the crash tests: nothing in it is spared."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.crash import people
from tests.crash.factories import CrashHarness, application, engine_of


@pytest.fixture(scope="session")
def burning(session_folder: Path) -> Iterator[CrashHarness]:
    """Servers of our own, killed again and again; the checker always looks at all they ever did."""
    with application(session_folder / "burning") as built:
        yield built


@pytest.fixture
def ledger(burning: CrashHarness) -> Iterator[Engine]:
    """Connections to the house's ledger, in which everybody is known."""
    with engine_of(burning) as engine:
        people.introduce(engine)
        yield engine


@pytest.fixture
def workers(burning: CrashHarness) -> Iterator[CrashHarness]:
    """The house with its workers under a test's own plan; they end with the test."""
    yield burning
    burning.stop_workers()

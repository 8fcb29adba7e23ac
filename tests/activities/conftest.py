"""A company, a customer and a case of their own for every test, on a real ledger."""

import itertools
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from tests.activities.sending_harness import Office

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def office_engine(postgres_url: str) -> Iterator[Engine]:
    """The session's shared database."""
    migrate.upgrade(postgres_url)
    engine = make_engine(postgres_url, pool_size=5)
    yield engine
    engine.dispose()


@pytest.fixture
def office(office_engine: Engine) -> Office:
    """An office with one case whose first reminder is due now."""
    return Office(office_engine, f"office-{next(_numbers)}")


@pytest.fixture
def quiet_desk(office_engine: Engine) -> Iterator[None]:
    """No task about a rate before or after: they are for everybody in the ledger."""
    _forget_rates(office_engine)
    yield
    _forget_rates(office_engine)


def _forget_rates(engine: Engine) -> None:
    with engine.begin() as link:
        link.execute(text("DELETE FROM task WHERE kind = 'rate'"))

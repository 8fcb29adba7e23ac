"""A migrated ledger on a real PostgreSQL, and a creditor of its own for every test."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from activities.ports.ports import Ledger
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.ledger.webhooks.endpoints import drop_endpoint, endpoints
from tests.ledger import factories
from tests.receiver import Receiver, listening

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def engine(postgres_url: str) -> Iterator[Engine]:
    migrate.upgrade(postgres_url)
    engine = make_engine(postgres_url, pool_size=5)
    yield engine
    engine.dispose()


@pytest.fixture
def ledger(engine: Engine) -> SqlLedger:
    ledger = SqlLedger(engine)
    kept: Ledger = ledger  # mypy checks here that it keeps what the port promises
    assert kept is ledger
    return ledger


@pytest.fixture
def creditor() -> str:
    """A company that no other test knows: tests share one database, and never meet."""
    return f"acme-{next(_numbers)}"


@pytest.fixture
def case(ledger: SqlLedger, creditor: str) -> str:
    """A case of 119.00 EUR for the customer C-1."""
    return factories.opened(ledger, factories.invoice(creditor))


@pytest.fixture
def fresh_engine(fresh_database_url: Callable[[], str]) -> Iterator[Engine]:
    """A ledger in a database of its own."""
    url = fresh_database_url()
    migrate.upgrade(url)
    engine = make_engine(url, pool_size=5)
    yield engine
    engine.dispose()


@pytest.fixture
def receiver(engine: Engine) -> Iterator[Receiver]:
    """A listening system; the queues of other tests are emptied."""
    for one in endpoints(engine):
        drop_endpoint(engine, one.place)
    with listening() as receiver:
        yield receiver
    for one in endpoints(engine):
        drop_endpoint(engine, one.place)

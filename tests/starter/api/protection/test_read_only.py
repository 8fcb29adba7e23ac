"""A ledger that takes nothing now: whoever looks is served, whoever writes may come again."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import make_url, text

from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from tests.starter.api.factories import Desk, invoice, opened_gateway
from tests.starter.api.test_problems import is_problem


@pytest.fixture
def standby(fresh_database_url: Callable[[], str]) -> Iterator[Desk]:
    """The keys of a creditor whose ledger has become read-only."""
    url = fresh_database_url()
    migrate.upgrade(url)
    engine = make_engine(url)
    with opened_gateway(engine) as outside:
        desk = outside.desk("acme")
        assert desk.open().status_code == 201
        outside.told()
        name = make_url(url).database
        with engine.begin() as link:
            link.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        engine.dispose()
        yield desk
    engine.dispose()


def test_a_read_only_ledger_is_busy_and_not_broken(standby: Desk) -> None:
    """Fault F7: a standby, or a server that protects its disk, answered 500."""
    looked = standby.get("/v1/cases/R-1")
    written = standby.post("/v1/cases", invoice("R-2"))
    kept = standby.post("/v1/cases/R-1/pauses", {"id": "P-1"}, "collector", key="K-1")

    assert looked.status_code == 200
    for answer in (written, kept):
        assert is_problem(answer, "busy", 503)
        assert answer.headers["retry-after"] == "2"

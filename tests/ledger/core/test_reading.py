"""Looking costs one trip to the ledger for each question, and a dead connection is replaced."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text

from adapters.ledger.core import engine as connections
from adapters.ledger.core.engine import make_engine, reading, snapshot
from tests.architecture.project_files import shown, sources


@pytest.fixture
def own(postgres_url: str) -> Iterator[Engine]:
    """One connection, which nobody else has."""
    engine = make_engine(postgres_url, pool_size=1)
    yield engine
    engine.dispose()


def test_who_only_looks_opens_no_transaction(own: Engine) -> None:
    with reading(own) as connection:
        connection.execute(text("SELECT 1"))
        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        assert raw.info.transaction_status is psycopg.pq.TransactionStatus.IDLE
    with own.connect() as connection:
        connection.execute(text("SELECT 1"))
        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        assert raw.info.transaction_status is psycopg.pq.TransactionStatus.INTRANS


def test_behind_a_pooler_the_session_has_its_settings_even_there(postgres_url: str) -> None:
    mark = "&" if "?" in postgres_url else "?"
    engine = make_engine(f"{postgres_url}{mark}pgbouncer=true", pool_size=1)
    with reading(engine) as connection:
        assert connection.execute(text("SHOW lock_timeout")).scalar_one() == "30s"
    engine.dispose()


def test_a_connection_that_died_while_it_rested_is_replaced(
    own: Engine, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_RESTED", 0.0)
    with reading(own) as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with engine.begin() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    with reading(own) as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() != pid


@pytest.mark.parametrize("way", [reading, snapshot])
def test_what_was_prepared_outlives_every_look(
    own: Engine, way: Callable[[Engine], AbstractContextManager[Connection]]
) -> None:
    """A rollback would make the driver forget it, and each statement would be planned anew."""
    for _ in range(8):
        with way(own) as connection:
            connection.execute(text("SELECT 41 + 1"))
    prepared = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%41 + 1%'")
    with reading(own) as connection:
        assert connection.execute(prepared).scalar_one() == 1


def test_a_snapshot_sees_one_instant(own: Engine, engine: Engine) -> None:
    with engine.begin() as other:
        other.execute(text("CREATE TABLE seen (what text)"))
    with snapshot(own) as connection:
        count = text("SELECT count(*) FROM seen")
        assert connection.execute(count).scalar_one() == 0
        with engine.begin() as other:
            other.execute(text("INSERT INTO seen VALUES ('later')"))
        assert connection.execute(count).scalar_one() == 0
    with engine.begin() as other:
        other.execute(text("DROP TABLE seen"))


def test_columns_are_described_as_the_driver_does_when_someone_asks(own: Engine) -> None:
    query = "SELECT 1 AS one, 'x'::varchar(3) AS two"
    with reading(own) as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        ours, plain = raw.execute(query), psycopg.Cursor(raw).execute(query)
        assert plain.description
        assert ours.description
        assert len(ours.description) == 2
        assert [tuple(one) for one in ours.description] == [tuple(one) for one in plain.description]
        assert raw.execute("SET application_name = 'x'").description is None


HOT = ("account", "batch", "cases", "customers", "gateway", "inbound", "queries", "tasks")


def test_who_looks_often_does_so_by_a_way_that_ends_without_a_rollback() -> None:
    """`engine.connect()` alone ends with one; `reading` and `snapshot` do not."""
    rooms = sources(*(f"adapters/ledger/{room}" for room in HOT))
    assert rooms
    assert not [shown(path) for path in rooms if "ngine.connect()" in path.read_text()]

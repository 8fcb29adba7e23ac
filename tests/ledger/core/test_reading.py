"""Looking costs one trip to the ledger for each question, and a dead connection is replaced."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Engine, text

from adapters.ledger.core import engine as connections
from adapters.ledger.core.engine import make_engine, reading


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

"""The tables are made by migrations alone, and are exactly those that the code expects."""

import threading
from collections.abc import Callable

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from adapters.ledger.core import migrate, readiness
from adapters.ledger.core.engine import make_engine
from adapters.ledger.core.readiness import LedgerState
from adapters.ledger.tables import METADATA


def test_an_empty_database_becomes_a_ledger(fresh_database_url: Callable[[], str]) -> None:
    url = fresh_database_url()
    engine = make_engine(url, pool_size=1)
    before = readiness.ready(engine)
    migrate.upgrade(url)
    migrate.upgrade(url)
    after = readiness.ready(engine)

    migrate.check_schema(url)
    made = set(inspect(engine).get_table_names())
    engine.dispose()
    assert (before.ok, after.ok) == (False, True)
    assert before.state is LedgerState.OTHER_VERSION
    assert "is at nothing, not " in before.text
    assert made == {*METADATA.tables, "alembic_version"}


def test_the_newest_version_is_that_of_the_last_migration() -> None:
    found = ScriptDirectory.from_config(migrate._config(None)).get_current_head()
    assert readiness.newest_version() == found


def test_the_migrations_can_be_taken_back(fresh_database_url: Callable[[], str]) -> None:
    url = fresh_database_url()
    migrate.upgrade(url)
    with migrate._connected(url) as connection:
        command.downgrade(migrate._config(connection), "base")
    engine = make_engine(url, pool_size=1)
    left = set(inspect(engine).get_table_names())
    engine.dispose()
    assert left == {"alembic_version"}
    migrate.upgrade(url)


def test_two_processes_that_start_together_migrate_once(
    fresh_database_url: Callable[[], str],
) -> None:
    url = fresh_database_url()
    failed: list[BaseException] = []

    def upgrade() -> None:
        try:
            migrate.upgrade(url)
        except BaseException as error:  # noqa: BLE001  # shown by the assertion below
            failed.append(error)

    threads = [threading.Thread(target=upgrade) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)

    migrate.check_schema(url)
    assert failed == []


def test_an_unreachable_ledger_is_told_in_words_and_without_its_password() -> None:
    engine = make_engine("postgresql://amicable:s3cret@127.0.0.1:1/ledger", pool_size=1)
    answer = readiness.ready(engine)
    assert answer.state is LedgerState.UNREACHABLE
    assert "cannot be reached" in answer.text
    assert "s3cret" not in answer.text

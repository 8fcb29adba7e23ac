"""Migrations, linted by squawk as PostgreSQL gets them: none breaks who runs meanwhile."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError

from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine

RELEASED = ""
"""The last revision of the last release; empty: there was none, and no ledger is large yet."""

NOT_ASKED = {
    "prefer-robust-stmts": "a migration is one transaction: it is there, or it is not",
    "require-lock-timeout": "adapters/ledger/core/migrate.py sets it for every migration",
    "require-statement-timeout": "a long statement without a long lock may take its time",
    "prefer-bigint-over-int": "integers count attempts and episodes; money is bigint",
}
ONCE_RELEASED = {
    "require-concurrent-index-creation": "writers wait while an index is built in a transaction",
    "constraint-missing-not-valid": "everybody waits while a constraint reads the table",
    "ban-drop-constraint": "a constraint that is dropped and made again reads the table",
    "adding-serial-primary-key-field": "it reads and indexes the table",
}
"""Rules about long locks: for revisions after the last release, when tables may be large."""

NEVER_RELEASED = {
    "0057.sql: ban-drop-column": "these columns came with 0048, which no release has had",
}
"""What breaks nobody, for nobody runs what it breaks."""

Statements = dict[str, str]


@pytest.fixture
def revisions(fresh_database_url: Callable[[], str]) -> Statements:
    """What each migration says to PostgreSQL, taken from a real run."""
    said: list[str] = []
    found: Statements = {}
    with migrate._connected(fresh_database_url()) as connection:
        config = migrate._config(connection)
        event.listen(connection, "before_cursor_execute", lambda *given: said.append(given[2]))
        for script in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
            said.clear()
            command.upgrade(config, script.revision)
            found[script.revision] = "".join(_changes(said))
    return found


def _changes(said: list[str]) -> Iterator[str]:
    for statement in said:
        word = statement.split(maxsplit=1)[0].upper()
        if word != "SELECT" and "alembic_version" not in statement:
            yield statement.strip().rstrip(";") + ";\n"


def _complaints(folder: Path, statements: Statements, left_out: set[str]) -> list[str]:
    """What squawk says of each revision."""
    for revision, said in statements.items():
        (folder / f"{revision}.sql").write_text(said)
    squawk = Path(sysconfig.get_path("scripts")) / "squawk"
    command = [str(squawk), "--reporter", "json", "--pg-version", "15", "--assume-in-transaction"]
    command += [f"--exclude={','.join(sorted(left_out))}"]
    done = subprocess.run(
        [*command, *(f"{one}.sql" for one in statements)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(done.stdout or "[]")
    return [f"{one['file']}: {one['rule_name']}: {one['message']}" for one in told]


def test_no_migration_rewrites_a_table_or_breaks_who_runs(
    revisions: Statements, tmp_path: Path
) -> None:
    """Renamed or dropped columns, changed types, required columns without a default, and more."""
    assert len(revisions) >= 34
    told = _complaints(tmp_path, revisions, {*NOT_ASKED, *ONCE_RELEASED})
    assert {one.rpartition(": ")[0] for one in told} == set(NEVER_RELEASED)


def test_once_released_no_migration_holds_a_long_lock(
    revisions: Statements, tmp_path: Path
) -> None:
    """See docs/versioning.md for how to do it instead."""
    later = {name: said for name, said in revisions.items() if RELEASED and name > RELEASED}

    assert not later or _complaints(tmp_path, later, set(NOT_ASKED)) == []


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("ALTER TABLE deed ALTER COLUMN step TYPE integer USING step::integer", "changing-column"),
        ("ALTER TABLE deed RENAME COLUMN step TO stage", "renaming-column"),
        ("ALTER TABLE deed ADD COLUMN who text NOT NULL", "adding-required-field"),
        ("ALTER TABLE deed ADD COLUMN u uuid DEFAULT gen_random_uuid()", "adding-field-with-def"),
        ("CREATE INDEX ix ON deed (step)", "require-concurrent-index-creation"),
    ],
    ids=["type", "name", "required", "default", "index"],
)
def test_what_would_lock_or_break_is_noticed(tmp_path: Path, statement: str, rule: str) -> None:
    told = _complaints(tmp_path, {"9999": f"{statement};\n"}, set(NOT_ASKED))

    assert any(rule in one for one in told), told


def test_a_migration_that_gets_no_lock_gives_up_and_holds_up_nobody(
    fresh_database_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else all who come after it would wait behind it, as long as the other one reads."""
    monkeypatch.setattr(migrate, "_PATIENCE", "100ms")
    url = fresh_database_url()
    migrate.upgrade(url)
    engine = make_engine(url, pool_size=1)

    def alter(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE case_file ADD later text"))

    with engine.begin() as reader:
        reader.execute(text("SELECT count(*) FROM case_file"))
        with migrate._migrating(url) as connection, pytest.raises(OperationalError) as refused:
            alter(connection)
    engine.dispose()

    assert isinstance(refused.value.orig, LockNotAvailable)

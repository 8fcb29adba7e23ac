"""What letters need can be taken back again, although a content was kept twice meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from sqlalchemy import Connection, text

from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from domain.evidence.model import as_invoice, filed
from tests.ledger import factories

NOTE = filed("note.pdf", b"%PDF-1.7 note")
OTHER = as_invoice(filed("other.pdf", b"%PDF-1.7 other"))


def fill(url: str) -> None:
    """A case with a file that became its invoice, was replaced, and became it again."""
    engine = make_engine(url, pool_size=1)
    ledger = SqlLedger(engine)
    case = factories.opened(ledger, factories.invoice("acme"))
    with ledger.account_of(case) as account:
        for given in (NOTE, as_invoice(NOTE), OTHER, as_invoice(NOTE)):
            account.evidence.keep(case, given)
    engine.dispose()


def names(connection: Connection) -> list[str]:
    """The files that are kept, one a row."""
    return list(connection.execute(text("SELECT name FROM evidence ORDER BY id")).scalars())


def test_what_was_kept_twice_is_kept_once_when_the_tables_go_back(
    fresh_database_url: Callable[[], str],
) -> None:
    url = fresh_database_url()
    migrate.upgrade(url)
    fill(url)

    with migrate._connected(url) as connection:
        before = names(connection)
        command.downgrade(migrate._config(connection), "0012")
        after = names(connection)
    migrate.upgrade(url)
    migrate.check_schema(url)

    assert before == ["note.pdf", "note.pdf", "other.pdf", "note.pdf"]
    assert after == ["note.pdf", "other.pdf"]

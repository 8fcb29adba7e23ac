"""Closed cases are put aside, and nothing that anybody counts, asks or may demand is different."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from activities.ports.types import ConflictError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.erasure.archive import SqlArchive
from adapters.ledger.erasure.exporting import export_customer
from domain.message_types import MessageType
from tests.ledger import factories
from tests.ledger.customers import canary
from tests.ledger.customers.archived import (
    CLOSE,
    MONTHS,
    archive,
    in_months,
    rows_of,
    talk,
    told_of,
)
from tests.ledger.reports.living import LIVES, live
from tests.properties.lives import Life, lives


@LIVES
@given(st.lists(lives, min_size=4, max_size=4), st.lists(st.integers(0, 300), max_size=3))
def test_every_report_balance_and_statement_stays_the_same_to_the_cent(
    ledger: SqlLedger, engine: Engine, found: list[Life], after: list[int]
) -> None:
    creditor = f"kept-{next(factories.NUMBERS)}"
    for number, life in enumerate(found):
        live(ledger, engine, creditor, life, number)
    talk(engine, creditor)
    with engine.begin() as link:
        link.execute(CLOSE, {"creditor": creditor})
    days = [date(2026, 1, 5) + timedelta(days=one) for one in (*after, 2000)]
    before, stood = told_of(engine, creditor, days), rows_of(engine, creditor)
    archived = archive(engine, creditor)

    assert told_of(engine, creditor, days) == before
    gone = len(stood["outbound_message"]) - len(rows_of(engine, creditor)["outbound_message"])
    assert gone == archived
    assert all(year.unharmed for year in SqlArchive(engine).years(creditor))
    _bring_back_all(engine, creditor)
    assert rows_of(engine, creditor) == stood


def _bring_back_all(engine: Engine, creditor: str) -> None:
    query = "SELECT bring_back_case(case_id) FROM archived_case WHERE creditor = :creditor"
    with engine.begin() as link:
        link.execute(text(query), {"creditor": creditor})


@pytest.fixture
def closed(ledger: SqlLedger, engine: Engine, creditor: str) -> Iterator[str]:
    """A case with everything in it, paid and closed, with all that was said about it."""
    case = canary.lived_case(ledger, engine, creditor)
    with engine.begin() as link:
        query = "UPDATE case_file SET outcome = 'paid', stage = 'closed' WHERE case_id = :case"
        link.execute(text(query), {"case": case})
        link.execute(text("UPDATE task SET status = 'done' WHERE case_id = :case"), {"case": case})
    yield case
    canary.forget(engine, creditor)


def _archived(engine: Engine, creditor: str) -> list[str]:
    query = "SELECT case_id FROM archived_case WHERE creditor = :creditor ORDER BY 1"
    with engine.connect() as link:
        return list(link.execute(text(query), {"creditor": creditor}).scalars())


def test_a_person_is_told_the_same_of_what_is_archived(
    engine: Engine, creditor: str, closed: str
) -> None:
    def told() -> dict[str, list[str]]:
        found = export_customer(engine, creditor, "C-1").rows
        return {
            name: sorted(json.dumps(r, default=str) for r in rows) for name, rows in found.items()
        }

    before = told()
    assert archive(engine, creditor, close=False) == 1
    assert rows_of(engine, creditor)["outbound_message"] == []
    assert told() == before


def test_erasing_reaches_what_is_archived(engine: Engine, creditor: str, closed: str) -> None:
    archive(engine, creditor, close=False)
    assert "archived_case.rows" in canary.sightings(engine)
    canary.forget(engine, creditor)

    assert canary.sightings(engine) == []
    assert _archived(engine, creditor) == []


def _says(ledger: SqlLedger, case: str) -> None:
    with ledger.account_of(case) as account:
        account.messages.add(case, factories.said("late", MessageType.NUDGE), "applied", "")


def test_a_word_about_an_archived_case_finds_it_as_it_was(
    ledger: SqlLedger, engine: Engine, creditor: str, closed: str
) -> None:
    stood = rows_of(engine, creditor)
    archive(engine, creditor, close=False)
    _says(ledger, closed)

    assert rows_of(engine, creditor) == stood
    assert _archived(engine, creditor) == []
    (year,) = SqlArchive(engine).years(creditor)
    assert (year.cases, year.unharmed) == (0, True)


def test_what_is_open_new_or_asked_about_stays(
    engine: Engine, creditor: str, closed: str, case: str
) -> None:
    kept = SqlArchive(engine)
    assert kept.archive(creditor, MONTHS, in_months(1), 10, "ann") == 0, "too new"
    with engine.begin() as link:
        query = "UPDATE task SET status = 'open' WHERE case_id = :case"
        link.execute(text(query), {"case": closed})
    assert kept.waiting(creditor, MONTHS, in_months(3)) == 0, "somebody is asked about it"


def test_a_message_about_two_cases_leaves_with_the_last_and_comes_back_for_either(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    one, two = (
        factories.opened(ledger, factories.invoice(creditor, number)) for number in ("R-1", "R-2")
    )
    with engine.begin() as link:
        for query in (
            (
                "INSERT INTO outbound_message (id, creditor, customer, state, attempt) VALUES"
                " (md5(:one)::uuid, :creditor, 'C-1', 'accepted', 1)"
            ),
            (
                "INSERT INTO outbound_item (case_id, step, episode, message_id)"
                " SELECT c, 'polite', 1, md5(:one)::uuid FROM unnest(ARRAY[:one, :two]) AS c"
            ),
        ):
            link.execute(text(query), {"creditor": creditor, "one": one, "two": two})
    stood = rows_of(engine, creditor)
    _closed(engine, one)
    first = archive(engine, creditor, close=False)
    still = rows_of(engine, creditor)
    _closed(engine, two)
    second = archive(engine, creditor, close=False)

    assert (first, second) == (1, 1)
    assert still == stood, "the other case is open"
    assert rows_of(engine, creditor)["outbound_item"] == []
    assert SqlArchive(engine).bring_back_case(creditor, one) == 2
    assert rows_of(engine, creditor) == stood
    with pytest.raises(ConflictError, match="not archived"):
        SqlArchive(engine).bring_back_case(creditor, one)


def _closed(engine: Engine, case: str) -> None:
    query = "UPDATE case_file SET outcome = 'withdrawn', stage = 'closed' WHERE case_id = :case"
    with engine.begin() as link:
        link.execute(text(query), {"case": case})


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE archived_case SET rows = rows - 'contact' WHERE case_id = :case",
        "DELETE FROM archived_case WHERE case_id = :case",
    ],
    ids=["a case", "the year"],
)
def test_harm_is_noticed(engine: Engine, creditor: str, case: str, harm: str) -> None:
    talk(engine, creditor)
    _closed(engine, case)
    archive(engine, creditor, close=False)
    with engine.begin() as link:
        link.execute(text(harm), {"case": case})
    (year,) = SqlArchive(engine).years(creditor)

    assert not year.unharmed


def test_facts_leave_their_table_by_the_archive_alone(
    engine: Engine, creditor: str, closed: str
) -> None:
    with engine.begin() as link, pytest.raises(DBAPIError, match="only grows"):
        link.execute(text("DELETE FROM outbound_attempt"))


def test_columns_that_were_added_since_are_filled_when_a_case_comes_back(
    fresh_database_url: Callable[[], str],
) -> None:
    """A migration adds columns with a default; the archive knows nothing of them."""
    from adapters.ledger.core import migrate  # noqa: PLC0415 - a ledger of its own
    from adapters.ledger.core.engine import make_engine  # noqa: PLC0415 - see above

    url = fresh_database_url()
    migrate.upgrade(url)
    engine = make_engine(url, pool_size=2)
    ledger, creditor = SqlLedger(engine), "acme"
    case = factories.opened(ledger, factories.invoice(creditor))
    talk(engine, creditor)
    _closed(engine, case)
    archive(engine, creditor, close=False)
    with engine.begin() as link:
        link.execute(text("ALTER TABLE outbound_message ADD later integer NOT NULL DEFAULT 7"))
    _says(ledger, case)

    with engine.connect() as link:
        found: Any = link.execute(text("SELECT later FROM outbound_message")).scalars().all()
    engine.dispose()
    assert found == [7]

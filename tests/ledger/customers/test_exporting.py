"""Who asks what is kept about them is told all of it, and nothing of others (GDPR, Art. 15)."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import people
from adapters.ledger.erasure.erasing import PERSONAL
from adapters.ledger.erasure.exporting import EXPORTED, NOT_EXPORTED, export_customer
from domain.parties.people import Debtor
from starter.views.plain import plain_value
from tests.ledger import factories
from tests.ledger.customers import canary


@pytest.fixture
def lived(ledger: SqlLedger, engine: Engine, creditor: str) -> Iterator[str]:
    """A case in which the canary stands wherever people write; it is gone afterwards."""
    yield canary.lived_case(ledger, engine, creditor)
    canary.forget(engine, creditor)


def test_whatever_would_be_erased_is_told(engine: Engine, creditor: str, lived: str) -> None:
    found = export_customer(engine, creditor, "C-1")
    said = json.dumps(plain_value(found.rows)) + "".join(map(repr, found.files))
    tables = {table for table, _ in EXPORTED.values()}

    assert tables | NOT_EXPORTED.keys() >= PERSONAL.keys()
    told = {
        table
        for heading, (table, _) in EXPORTED.items()
        if canary.CANARY.lower()
        in (json.dumps(found.rows[heading], default=str) + _bodies(found, heading)).lower()
    }
    seen = {place.partition(".")[0] for place in canary.sightings(engine)}
    assert seen - NOT_EXPORTED.keys() <= told
    assert lived in said


def _bodies(found: object, heading: str) -> str:
    files = getattr(found, "files", ())
    return "".join(repr(one.body) for one in files if f"/{heading}-" in one.path)


def test_nothing_of_another_customer_or_creditor_is_told(
    ledger: SqlLedger, engine: Engine, creditor: str, lived: str
) -> None:
    other = Debtor(id="C-2", name="Trillian McMillan", email="t@else.example")
    people.upsert_debtor(engine, creditor, other)
    foreign = factories.opened(ledger, factories.invoice(creditor, "R-2", customer="C-2"))
    people.upsert_debtor(engine, f"{creditor}-b", replace(other, id="C-1"))

    said = json.dumps(export_customer(engine, creditor, "C-1").rows, default=str)
    assert lived in said
    assert foreign not in said
    assert "Trillian" not in said


def test_the_creditors_own_people_are_not_named(engine: Engine, creditor: str, lived: str) -> None:
    found = export_customer(engine, creditor, "C-1")
    assert {row["by_whom"] for row in found.rows["flags"]} == {"ann"}, "no colleague we know of"
    people_of_ours = {row["sales_rep"] for row in found.rows["customer"]}
    assert people_of_ours == {"one of us"}


def test_contents_lie_beside_the_rows_which_say_where(
    engine: Engine, creditor: str, lived: str
) -> None:
    found = export_customer(engine, creditor, "C-1")
    assert found.files
    for file in found.files:
        heading = file.path.removeprefix("files/").rpartition("-")[0]
        assert any(file.path in row.values() for row in found.rows[heading])
        assert file.body


def test_who_was_erased_is_told_what_is_left(engine: Engine, creditor: str, lived: str) -> None:
    canary.forget(engine, creditor)
    found = export_customer(engine, creditor, "C-1")
    said = json.dumps(found.rows, default=str) + "".join(repr(one.body) for one in found.files)

    assert canary.CANARY not in said
    assert found.rows["invoices"][0]["number"] == "R-1"


def test_a_customer_nobody_knows_is_named(engine: Engine, creditor: str) -> None:
    with pytest.raises(LookupError, match="no customer C-9"):
        export_customer(engine, creditor, "C-9")

"""Erasing a person: nothing personal is left anywhere, everything else is as it was."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from activities.cases.session import Session
from activities.ports.stores.cases import CaseFilter
from activities.ports.types import ConflictError
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import flags, people
from adapters.ledger.erasure import erasure
from adapters.ledger.erasure.erasing import KEPT, PERSONAL
from adapters.ledger.queries import reads
from adapters.ledger.tables import METADATA
from domain.message_types import ActionType, MessageType, Stage
from starter.views.looking import look_at_case
from tests.ledger import factories
from tests.ledger.customers import canary


@pytest.fixture
def lived(ledger: SqlLedger, engine: Engine, creditor: str) -> str:
    """A case in which the canary stands wherever people write; it is paid in the end."""
    return canary.lived_case(ledger, engine, creditor)


def test_nothing_of_a_person_is_left_in_any_text_of_any_table(
    engine: Engine, creditor: str, lived: str
) -> None:
    """GDPR Art. 17; the canary sat in every place that takes words."""
    before = canary.sightings(engine)
    assert {place.split(".")[0] for place in before} >= set(PERSONAL) - {
        "case_file",
        "contact",
        "credit_change",
        "payment_refund",
    }

    canary.forget(engine, creditor)
    assert canary.sightings(engine) == []


def test_totals_and_the_case_are_what_they_were(engine: Engine, creditor: str, lived: str) -> None:
    wanted, view = CaseFilter(creditor=creditor), _view(engine, lived)
    before = [replace(r, customer_name="", next_why="") for r in reads.find_cases(engine, wanted)]

    canary.forget(engine, creditor)
    after = [replace(r, customer_name="", next_why="") for r in reads.find_cases(engine, wanted)]
    again = _view(engine, lived)
    assert after == before
    assert (again.case.paid, again.case.outcome, again.case.surplus) == (
        view.case.paid,
        view.case.outcome,
        view.case.surplus,
    )
    assert again.file.recorded[0].status == view.file.recorded[0].status


def _view(engine: Engine, case: str) -> Any:
    file = reads.file_of(engine, case)
    assert file is not None
    return look_at_case(file, factories.NOON + 3 * canary.HOUR)


def test_it_is_kept_who_erased_when_and_why_and_twice_is_once(
    engine: Engine, creditor: str, lived: str
) -> None:
    first, second = canary.forget(engine, creditor), canary.forget(engine, creditor)

    assert (first.again, second.again, second.at) == (False, True, first.at)
    assert sum(second.rows.values()) == 1  # the account's own row
    found = [mark for mark in flags.marks(engine, creditor, "C-1") if mark.flag == erasure.ERASED]
    assert [(mark.by, mark.why) for mark in found] == [("ann", "asked to on 1 March")]


def test_afterwards_nothing_can_be_sent_and_a_person_decides(
    engine: Engine, ledger: SqlLedger, creditor: str, lived: str
) -> None:
    """The invoice is owed again: the case goes on, without the person."""
    canary.forget(engine, creditor)
    with ledger.account_of(lived) as account:
        session = Session(account, lived, factories.NOON + 5 * canary.HOUR)
        at = factories.NOON + 4 * canary.HOUR
        session.add(replace(factories.said("back", MessageType.PAYMENT_REVERSED), at=at))
        decision = session.decide()
        assert session.file.debtor.reach("email") == session.file.debtor.reach("sms") == ""

    assert (decision.do, decision.step) == (ActionType.ASK_PERSON.value, "human-only")


def test_an_import_does_not_bring_the_person_back_but_a_word_does(
    engine: Engine, creditor: str, lived: str
) -> None:
    canary.forget(engine, creditor)
    people.upsert_debtor(engine, creditor, canary.PERSON)
    assert canary.sightings(engine) == []
    assert set(erasure.erased(engine, creditor, ["C-1", "C-2"])) == {"C-1"}

    assert erasure.take_up_again(engine, creditor, "C-1", by="ann", why="a new order")
    assert not erasure.take_up_again(engine, creditor, "C-1", by="ann", why="a new order")
    people.upsert_debtor(
        engine, creditor, replace(canary.PERSON, name="New", email="", bad_points=())
    )
    known = people.get_debtor(engine, creditor, "C-1")
    assert known is not None
    assert known.name == "New"
    canary.forget(engine, creditor)


@pytest.mark.parametrize("stage", [Stage.REMINDING, Stage.WITH_AGENCY])
def test_what_is_open_or_with_the_agency_is_not_erased(
    engine: Engine, ledger: SqlLedger, creditor: str, case: str, stage: Stage
) -> None:
    """Art. 17 (3) (e): the data is needed for the claim."""
    with ledger.account_of(case) as account:
        factories.save(account, case, replace(factories.WAIT, stage=stage.value))

    with pytest.raises(ConflictError, match=case):
        canary.forget(engine, creditor)
    assert erasure.obstacles(engine, creditor, "C-1")
    assert erasure.erased(engine, creditor, ["C-1"]) == {}


def test_another_customer_and_another_creditor_keep_theirs(
    engine: Engine, ledger: SqlLedger, creditor: str, lived: str
) -> None:
    other = replace(canary.PERSON, id="C-2", name="Ford")
    people.upsert_debtor(engine, creditor, other)
    people.upsert_debtor(engine, f"{creditor}-b", replace(canary.PERSON, name="Ford"))

    canary.forget(engine, creditor)
    kept = [people.get_debtor(engine, creditor, "C-2")]
    kept.append(people.get_debtor(engine, f"{creditor}-b", "C-1"))
    assert [one.name for one in kept if one] == ["Ford", "Ford"]
    for who, customer in ((creditor, "C-2"), (f"{creditor}-b", "C-1")):
        erasure.erase_customer(engine, who, customer, by="ann", why="tidy")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE message SET note = ''",
        "UPDATE deed SET why = ''",
        "UPDATE payment SET amount = 1",
        "DELETE FROM deed",
        "DELETE FROM message",
        "SET LOCAL amicable.erasing = 'yes'; UPDATE payment SET amount = 1",
        "SET LOCAL amicable.erasing = 'yes'; UPDATE payment SET note = 'other words'",
        "SET LOCAL amicable.erasing = 'yes'; UPDATE message SET note = 'other words'",
        "SET LOCAL amicable.erasing = 'yes'; UPDATE message SET amount = 1, note = ''",
        "SET LOCAL amicable.erasing = 'yes'; UPDATE policy SET body = ''",
        "SET LOCAL amicable.erasing = 'yes'; DELETE FROM evidence",
    ],
)
def test_facts_still_only_grow(engine: Engine, creditor: str, lived: str, change: str) -> None:
    with pytest.raises(DBAPIError, match=r"only grows|is a fact"), engine.begin() as link:
        link.exec_driver_sql(change)
    canary.forget(engine, creditor)


def test_every_text_column_is_said_to_be_personal_or_kept() -> None:
    """A new column cannot be forgotten: name it in adapters/ledger/erasure/erasing.py."""
    found = {
        (name, column.name)
        for name, table in METADATA.tables.items()
        for column in table.columns
        if isinstance(column.type, canary.TEXTS)
    }
    named = {(table, name) for table, names in PERSONAL.items() for name in names}
    kept = {(table, name) for table, names in KEPT.items() for name in names.split()}

    assert found == named | kept
    assert not named & kept

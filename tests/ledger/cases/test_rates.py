"""Rates that people added, in PostgreSQL: every case of their law is read with them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from adapters.ledger.interest.rates import SqlRateStore, rates_for
from domain.interest.added_rates import AddedRate, confirmed
from domain.policy.model import InterestBy
from tests.counting import counted
from tests.ledger import factories

RATE = AddedRate(
    jurisdiction="SE",
    start=date(2026, 7, 1),
    percent=Decimal("-0.5"),
    source="Riksbank, 2026-07-01",
    added_by="anna",
    added_at=datetime(2026, 8, 3, 9, tzinfo=UTC),
)
KNOWN = confirmed(RATE, "ben", datetime(2026, 8, 10, 9, tzinfo=UTC))
BY_LAW = replace(
    factories.POLICY,
    charges=replace(
        factories.POLICY.charges,
        interest=InterestBy.LAW,
        jurisdiction="SE",
        confirmed_by="J. Doe",
    ),
)


@pytest.fixture
def store(engine: Engine) -> SqlRateStore:
    """No rate was added yet."""
    with engine.begin() as link:
        link.execute(text("DELETE FROM interest_rate"))
    return SqlRateStore(engine)


def test_a_rate_is_kept_exactly_and_counts_once_it_is_confirmed(
    engine: Engine, store: SqlRateStore
) -> None:
    store.propose(RATE)
    assert store.rates("SE") == (RATE,)
    with engine.connect() as link:
        assert rates_for(link, [BY_LAW]) == ()

    assert store.confirm(KNOWN)
    assert not store.confirm(KNOWN)
    assert store.rates() == (KNOWN,)
    with engine.connect() as link:
        assert rates_for(link, [BY_LAW]) == (KNOWN,)


def test_a_policy_that_charges_nothing_by_law_asks_for_no_rates(engine: Engine) -> None:
    unconfirmed = replace(BY_LAW, charges=replace(BY_LAW.charges, confirmed_by=""))
    with engine.connect() as link, counted(engine) as asked:
        assert rates_for(link, [factories.POLICY, unconfirmed]) == ()
    assert asked.texts == []


def test_one_that_still_waits_is_replaced_and_a_confirmed_one_stays(store: SqlRateStore) -> None:
    store.propose(RATE)
    other = replace(RATE, percent=Decimal(2))
    store.propose(other)
    assert store.rates() == (other,)
    assert not store.confirm(KNOWN)

    store.confirm(confirmed(other, "ben", KNOWN.confirmed_at or RATE.added_at))
    store.propose(RATE)
    assert [one.percent for one in store.rates()] == [Decimal(2), Decimal("-0.5")]


def test_the_database_too_wants_another_person(engine: Engine, store: SqlRateStore) -> None:
    store.propose(RATE)
    with pytest.raises(IntegrityError, match="another_person"):
        store.confirm(replace(KNOWN, confirmed_by="anna"))

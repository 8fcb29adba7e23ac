"""What other systems are told is kept with the deed, once, and never reaches another creditor."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from activities.ports.events import DomainEvent
from adapters.ledger.account.ledger import SqlLedger
from tests.ledger import factories


def event(case_id: str, mark: str = "1", kind: str = "case.closed") -> DomainEvent:
    return DomainEvent(
        id=f"{kind}/{case_id}/{mark}",
        kind=kind,
        creditor=case_id.split("/")[1],
        customer="C-1",
        case=case_id,
        at=factories.NOON,
        data={"open": "0.00"},
    )


def kept(engine: Engine, creditor: str) -> list[tuple[str, str]]:
    query = text("SELECT kind, data->>'open' FROM happening WHERE creditor = :creditor")
    with engine.connect() as link:
        return [(row[0], row[1]) for row in link.execute(query, {"creditor": creditor})]


def test_what_is_announced_twice_happens_once(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    told = event(case)
    with ledger.account_of(case) as account:
        assert account.events.announce(told) is True
        assert account.events.announce(replace(told, data={"open": "1.00"})) is False

    assert kept(engine, creditor) == [("case.closed", "0.00")]


def test_what_is_rolled_back_was_never_announced(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    def crash() -> None:
        with ledger.account_of(case) as account:
            assert account.events.announce(event(case)) is True
            raise ConnectionError

    with pytest.raises(ConnectionError):
        crash()

    assert kept(engine, creditor) == []


def test_nobody_announces_on_another_account(ledger: SqlLedger, case: str) -> None:
    told = event(case)
    elsewhere = (
        replace(told, creditor="other"),
        replace(told, customer="C-2"),
        replace(told, case="invoice/other/R-1"),
    )
    for one in elsewhere:
        with ledger.account_of(case) as account, pytest.raises(LookupError):
            account.events.announce(one)


@pytest.mark.parametrize("change", ["DELETE FROM happening", "UPDATE happening SET kind = 'x'"])
def test_what_happened_is_never_changed(
    ledger: SqlLedger, engine: Engine, case: str, change: str
) -> None:
    with ledger.account_of(case) as account:
        account.events.announce(event(case))
    with pytest.raises(DBAPIError, match="only grows"), engine.begin() as link:
        link.execute(text(change))

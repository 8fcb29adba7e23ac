"""What a billing system is told of each case by itself, and whom it is believed before (P01)."""

import itertools
from typing import Any

import pytest
from sqlalchemy import Engine

from activities.ports.connectors.connector import CaseNews, ConnectorError
from activities.ports.stores.tasks import TaskFilter
from adapters.config.settings import Settings
from adapters.ledger.tasks.desk import find_tasks
from domain.parties.people import Debtor
from domain.parties.sources import ContactSource
from starter.application import Application
from starter.importing.connected.connectors import FAILED_PULLS
from tests.adapters.connectors.test_connector_contract import MemoryConnector
from tests.starter.importing.connected.test_connected import DUE, Connected, engine

__all__ = ["engine"]
_numbers = itertools.count(1)


@pytest.fixture
def there(engine: Engine) -> Connected:
    return Connected(Application(Settings(), engine), f"told-back-{next(_numbers)}")


def test_a_case_that_cannot_be_told_of_stops_none_of_the_others(
    there: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was issued is not asked for again, and a person hears of the third failure running."""
    kept = {number: there.books.issue(number, due=DUE) for number in ("R-1", "R-2", "R-3")}
    real = MemoryConnector.push

    def push(self: MemoryConnector, news: CaseNews) -> bool:
        if news.number == "R-1":
            raise ConnectorError("R-1 is not there any more")
        return real(self, news)

    monkeypatch.setattr(MemoryConnector, "push", push)
    for _ in range(FAILED_PULLS):
        with pytest.raises(ConnectorError, match="R-1 is not there"):
            there.pull()
    assert [len(one.notes) for one in kept.values()] == [0, 1, 1]
    (task,) = find_tasks(there.application.engine, TaskFilter(creditor=there.creditor))
    assert "failed, 3 tries running: R-1: R-1 is not there any more" in task.task.title

    monkeypatch.undo()
    assert there.pull()["pushed"] == 1
    assert find_tasks(there.application.engine, TaskFilter(creditor=there.creditor)) == ()


def test_a_billing_systems_word_about_a_customer_is_that_of_billing(there: Connected) -> None:
    """As new as what the gateway told, above any file, below a person."""
    there.books.issue("R-1", due=DUE)
    there.pull()
    customers, creditor = there.application.customers, there.creditor

    def after(source: ContactSource, email: str, **changes: Any) -> str:
        customers.tell(creditor, Debtor(id="C-1", email=email), source)
        there.books.change("R-1", **changes)
        there.pull()
        return customers.debtor(creditor, "C-1").email

    assert after(ContactSource.IMPORT, "file@x.example", paid=1_000) == "pay@hansen.example"
    assert after(ContactSource.BILLING, "old@x.example", paid=2_000) == "pay@hansen.example"
    assert after(ContactSource.BILLING, "old@x.example", due="2035-05-05") == "pay@hansen.example"
    assert after(ContactSource.PERSON, "ann@x.example", paid=3_000) == "ann@x.example"

"""Statements of a bank that others wrote: what comes in is posted once, whatever reports it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from adapters.bank.bank_files import read_bank_file
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from tests.ledger.bank.money_in_bank import Bank
from tests.peers.bank_peer import BankPeer, bank_program, running_bank
from tests.peers.emulator import MissingError

pytestmark = pytest.mark.peers

HANSEN, JANSEN = "DE02120300000000202051", "NL91ABNA0417164300"


@pytest.fixture(scope="module")
def engine(postgres_url: str) -> Iterator[Engine]:
    migrate.upgrade(postgres_url)
    made = make_engine(postgres_url, pool_size=4, patience="2s")
    yield made
    made.dispose()


@pytest.fixture
def peer() -> Iterator[BankPeer]:
    try:
        program = bank_program()
    except MissingError as error:
        pytest.skip(str(error))
    with running_bank(program, "2026-03-02") as running:
        yield running


def test_money_is_posted_once_and_statements_follow_each_other(
    engine: Engine, peer: BankPeer
) -> None:
    bank = Bank(engine, f"peer-bank-{os.getpid()}")
    hansen = bank.owes("4700000001", 11900, name="Hansen GmbH")
    both = [bank.owes(f"470000000{n}", 5000, "C-2", "Jansen BV") for n in (2, 3)]
    later = bank.owes("4700000004", 20000, "C-3", "Dupont SA")
    peer.receives(
        11900, "Rechnung vom 02.03.2026 Nr. 4700000001, Tel. 0171/47000000", debtor={"iban": HANSEN}
    )
    peer.receives(
        10000,
        "Facturen 4700000002 4700000003",
        debtor={"name": "Jansen BV", "iban": JANSEN},
        end_to_end_id="E-2",
    )
    peer.ends_the_day()
    peer.receives(20000, "4700000040", debtor={"name": "Dupont SA"})
    peer.ends_the_day()

    advices, days = peer.messages("camt.054"), peer.messages("camt.053")
    assert advices
    for body in (*advices, *days, *days[:1]):
        taken = bank.statements.take_in(bank.creditor, read_bank_file("peer.xml", body))
        assert not taken.gaps

    assert [bank.open(case) for case in (hansen, *both, later)] == [0, 0, 0, 20000]
    (asked,) = bank.waiting()
    assert asked.entry.amount.plain == "200.00"
    assert len(bank.payments.payments(bank.creditor, "C-1", 10)) == 1


def test_a_file_of_the_bank_adds_up_whichever_way_it_is_written(peer: BankPeer) -> None:
    peer.receives(11900, "Invoice 7", debtor={"name": "Hansen GmbH", "iban": HANSEN})
    peer.ends_the_day()
    found = [one for body in peer.messages("camt.053") for one in read_bank_file("x", body)]
    assert found
    assert all(one.missing is None for one in found)
    assert sum(one.moved for one in found) == 11900

"""What people write about money in the bank is kept without numbers of cards (PCI DSS 3.4)."""

import pytest
from sqlalchemy import Engine, text

from domain.errors import RefusedError
from tests.ledger.bank.money_in_bank import Bank, entry

CARD = "4111 1111 1111 1111"


@pytest.fixture
def bank(engine: Engine, creditor: str) -> Bank:
    return Bank(engine, creditor)


def test_a_note_to_a_bank_entry_keeps_no_card_number(bank: Bank) -> None:
    """2026-11-30: why an entry is no customer's money, and why that was taken back."""
    bank.owes("2026-0007", 11900)
    bank.takes(entry(5000, "for the garden"))

    row, _ = bank.entries.dismiss(bank.creditor, bank.only().id, "ann", f"came from {CARD}")
    again, _ = bank.entries.undo(bank.creditor, row.id, "ann", f"no, {CARD} is theirs")

    assert (row.outcome.why, again.outcome.why) == (
        "came from **** **** **** 1111",
        "no, **** **** **** 1111 is theirs",
    )
    with bank.engine.connect() as link:
        query = "SELECT done_note FROM task WHERE strpos(key, :mine) > 0"
        notes = link.execute(text(query), {"mine": row.id}).scalars().all()
    assert CARD not in str(notes)
    with pytest.raises(RefusedError):
        bank.entries.undo(bank.creditor, row.id, "ann")

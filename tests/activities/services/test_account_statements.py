"""A statement of account lists all that a customer has open, to the cent, and asks by no day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

import pytest

from activities.ports.stores.cases import CaseFiles, CaseLists
from activities.ports.types import CaseFile, RecordedMessage
from activities.services.customers.statements import (
    AccountStatementService,
    AccountStatementWish,
)
from adapters.letters.writer import LetterWriter
from domain.case.model import Message
from domain.errors import DomainError
from domain.message_types import MessageStatus, MessageType
from domain.money import Money
from tests.activities.services.test_letter_previews import FILE

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WISH = AccountStatementWish(creditor="acme", customer="c1")


@dataclass
class Drawer:
    """The files of one customer."""

    held: Sequence[CaseFile]

    def running_of(self, creditor: str, customer: str, limit: int) -> tuple[str, ...]:
        """All of them that belong to that customer."""
        mine = (one for one in self.held if one.invoice.customer == customer)
        return tuple(one.invoice.case_id for one in mine)[:limit]

    def files(self, ids: Sequence[str]) -> Iterator[CaseFile]:
        """Those of these cases."""
        return (one for one in self.held if one.invoice.case_id in ids)


def _case(number: str, minor: int, paid: int = 0) -> CaseFile:
    invoice = replace(FILE.invoice, number=number, amount=Money(minor, "EUR"))
    payment = Message(
        key="p", kind=MessageType.PAYMENT, at=NOON, amount=Money(paid, "EUR") if paid else None
    )
    recorded = (RecordedMessage(message=payment, status=MessageStatus.APPLIED),) if paid else ()
    return replace(FILE, invoice=invoice, recorded=recorded)


def _written(*held: CaseFile, wish: AccountStatementWish = WISH) -> str:
    drawer = Drawer(held)
    lists, files = cast("CaseLists", drawer), cast("CaseFiles", drawer)
    return AccountStatementService(LetterWriter(), lists, files).write(wish, NOON).text


def test_every_open_invoice_stands_in_it_with_its_balance_and_none_that_is_paid() -> None:
    text = _written(_case("A-1", 10000), _case("A-2", 5000, 2000), _case("A-3", 700, 700))

    assert "A-1" in text
    assert "A-2" in text
    assert "A-3" not in text
    assert "Total owed in EUR: EUR 130.00" in text.replace("\u00a0", " ")
    assert "it sets no deadline" in text


def test_one_invoice_alone_is_a_statement_as_well_in_any_language() -> None:
    text = _written(_case("A-1", 10000), wish=replace(WISH, language="de"))

    assert "Übersicht" in text
    assert "100,00" in text


def test_who_owes_nothing_gets_none() -> None:
    with pytest.raises(DomainError, match="nothing open"):
        _written(_case("A-3", 700, 700))

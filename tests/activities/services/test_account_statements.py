"""A statement of account lists all that a customer has open, to the cent, and asks by no day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
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


def _case(number: str, minor: int, paid: int = 0, *more: Message) -> CaseFile:
    invoice = replace(FILE.invoice, number=number, amount=Money(minor, "EUR"))
    payment = Message(
        key="p", kind=MessageType.PAYMENT, at=NOON, amount=Money(paid, "EUR") if paid else None
    )
    said = (*((payment,) if paid else ()), *more)
    recorded = tuple(RecordedMessage(message=one, status=MessageStatus.APPLIED) for one in said)
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


PROMISED = Message(key="w", kind=MessageType.PROMISE, at=NOON, day=date(2026, 3, 9))
IN_PART = replace(PROMISED, amount=Money(3000, "EUR"))
PROPOSED = Message(
    key="plan", kind=MessageType.PLAN_PROPOSED, at=NOON, day=date(2026, 3, 9), reason="2 weekly"
)
AGREED = Message(key="yes", kind=MessageType.PLAN_AGREED, at=NOON, ref="plan")


@pytest.mark.parametrize(
    ("said", "now", "later"),
    [
        ((PROMISED,), "100.00", "50.00"),
        ((IN_PART,), "120.00", "30.00"),
        ((PROPOSED, AGREED), "100.00", "50.00"),
    ],
)
def test_what_was_agreed_for_a_later_day_is_no_sum_to_pay_now(
    said: tuple[Message, ...], now: str, later: str
) -> None:
    """The customer's page says the same sums: both ask `asked_beside_others`."""
    held = (_case("A-1", 10000), _case("A-2", 5000, 0, *said))
    text = _written(*held).replace("\u00a0", " ")

    assert f"To pay now in EUR: EUR {now}" in text
    assert f"For later days in EUR, not asked for here: EUR {later}" in text
    assert "Total owed" not in text


def test_on_the_promised_day_it_is_owed_again() -> None:
    held = (_case("A-1", 10000), _case("A-2", 5000, 0, PROMISED))
    text = _written(*held, wish=replace(WISH, day=date(2026, 3, 9))).replace("\u00a0", " ")

    assert "Total owed in EUR: EUR 150.00" in text
    assert "For later days" not in text


def test_one_promised_invoice_alone_names_its_day_and_asks_for_nothing() -> None:
    text = _written(_case("A-2", 5000, 0, PROMISED)).replace("\u00a0", " ")

    assert "Promised for 9 March 2026, not asked for here: \u2212 EUR 50.00" in text
    assert "Amount owed: EUR 0.00" in text
    assert "To pay, use the ways" not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Jetzt zu zahlen in EUR: 100,00"),
        ("es", "A pagar ahora en EUR: 100,00"),
        ("fr", "À payer maintenant en EUR : 100,00"),
        ("it", "Da pagare ora in EUR: 100,00"),
        ("nl", "Nu te betalen in EUR: EUR 100,00"),
        ("pl", "Do zapłaty teraz w EUR: 100,00"),
        ("ro", "De plătit acum în EUR: 100,00"),
        ("ru", "\u041a оплате сейчас в EUR: 100,00"),
        ("sv", "Att betala nu i EUR: 100,00"),
    ],
)
def test_in_every_language_the_sum_of_now_stands_by_itself(language: str, words: str) -> None:
    held = (_case("A-1", 10000), _case("A-2", 5000, 0, PROMISED))
    text = _written(*held, wish=replace(WISH, language=language))
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")

    assert words in plain
    assert "not asked for here" not in plain

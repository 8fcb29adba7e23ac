"""What every connector does, whichever billing system is behind it; one is in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from activities.ports.connectors.connector import (
    CaseNews,
    ConnectedInvoice,
    Connector,
    ConnectorError,
    PulledInvoices,
    ThereState,
    UnsignedCallError,
)
from adapters.connectors.erpnext import ErpNextConnector
from adapters.connectors.lago import LagoConnector
from adapters.connectors.odoo import OdooAccount, OdooConnector
from adapters.connectors.stripe_invoices import StripeInvoices
from domain.einvoice.document import InvoiceParty
from domain.money import Money
from tests.adapters.connectors.billing_books import Lago, StripeBooks
from tests.adapters.connectors.books import KEY, SIGNING, Books, Kept, served
from tests.adapters.connectors.erp_books import ErpNext, Odoo

NOW = datetime(2026, 3, 6, 9, tzinfo=UTC)
NEWS = CaseNews(number="R-1", stage="reminding", open="100.00", currency="EUR", held=True)


class MemoryBooks(Books):
    """A billing system in memory, with a signature that is the secret itself."""

    kind = "memory"

    def call_about(self, number: str, secret: str = SIGNING) -> tuple[bytes, dict[str, str]]:
        """Sign a call."""
        return json.dumps(number).encode(), {"signature": secret}


class MemoryConnector:
    """The smallest connector there can be."""

    kind = "memory"

    def __init__(self, books: Books) -> None:
        self._books = books

    def pull(self, since: str) -> PulledInvoices:
        """List what changed since a beat."""
        if self._books.is_down:
            raise ConnectorError("memory cannot be reached")
        every = self._books.invoices.values()
        fresh = (one for one in every if (one.changed >= int(since) if since else one.open))
        return PulledInvoices(invoices=tuple(map(_told, fresh)), since=str(self._books.beat))

    def heard(self, body: bytes, headers: Mapping[str, str]) -> PulledInvoices:
        """Read a call."""
        if headers.get("signature") != SIGNING:
            raise UnsignedCallError
        return PulledInvoices(invoices=(_told(self._books.invoices[json.loads(body)]),))

    def push(self, news: CaseNews) -> bool:
        """Keep the text."""
        kept = self._books.invoices.get(news.number)
        if kept is None or news.remark in kept.notes:
            return False
        kept.notes = [news.remark]
        return True


def _told(kept: Kept) -> ConnectedInvoice:
    settled = ThereState.CREDITED if kept.credited == kept.amount else ThereState.PAID
    state = ThereState.VOID if kept.is_void else ThereState.OPEN if kept.open else settled
    return ConnectedInvoice(
        there=kept.number,
        number=kept.number,
        state=state,
        customer=kept.customer,
        buyer=InvoiceParty(name="Hansen", email="pay@hansen.example"),
        issued=date(2026, 3, 5),
        due=date.fromisoformat(kept.due) if kept.due else None,
        amount=Money(kept.amount, "EUR"),
        paid=Money(kept.paid, "EUR"),
        open=Money(kept.open, "EUR"),
    )


@dataclass(frozen=True)
class Peer:
    """A billing system with its connector."""

    books: Books
    connector: Connector


def _connector(books: Books, key: str = KEY) -> Connector:
    if isinstance(books, Odoo):
        account = OdooAccount(url=books.url, database="db", user="bot", key=key)
        return OdooConnector(account, lambda: NOW)
    if isinstance(books, ErpNext):
        return ErpNextConnector(books.url, key, SIGNING)
    if isinstance(books, Lago):
        return LagoConnector(books.url, key, SIGNING)
    if isinstance(books, StripeBooks):
        return StripeInvoices(key, lambda: NOW, SIGNING, books.url)
    return MemoryConnector(books)


KINDS = (MemoryBooks, Odoo, ErpNext, Lago, StripeBooks)


@pytest.fixture(params=KINDS, ids=lambda one: one.kind)
def peer(request: pytest.FixtureRequest) -> Iterator[Peer]:
    with served(request.param()) as books:
        yield Peer(books, _connector(books))
        assert books.refused == []


def test_at_first_everything_that_is_open_comes_and_later_what_changed(peer: Peer) -> None:
    peer.books.issue("R-1")
    peer.books.issue("R-0", paid=10_000)
    first = peer.connector.pull("")
    (one,) = [invoice for invoice in first.invoices if invoice.state is ThereState.OPEN]
    assert (one.number, one.amount, one.open) == ("R-1", Money(10_000, "EUR"), one.amount)
    assert (one.due, one.buyer.email) == (date(2026, 4, 4), "pay@hansen.example")
    assert one.customer
    assert first.refused == ()
    peer.books.change("R-1", paid=10_000)
    told = {one.number: one.state for one in peer.connector.pull(first.since).invoices}
    assert told["R-1"] is ThereState.PAID


@pytest.mark.parametrize(
    ("change", "state", "paid", "left"),
    [
        ({"paid": 4_000}, ThereState.OPEN, 4_000, 6_000),
        ({"credited": 3_000}, ThereState.OPEN, 0, 7_000),
        ({"paid": 2_000, "credited": 3_000}, ThereState.OPEN, 2_000, 5_000),
        ({"is_void": True}, ThereState.VOID, 0, 0),
        ({"credited": 10_000}, ThereState.CREDITED, 0, 0),
    ],
)
def test_money_credit_and_void_are_told_apart(
    peer: Peer, change: dict[str, int], state: ThereState, paid: int, left: int
) -> None:
    peer.books.issue("R-1")
    since = peer.connector.pull("").since
    peer.books.change("R-1", **change)
    (one,) = peer.connector.pull(since).invoices
    if state is ThereState.CREDITED and isinstance(peer.books, StripeBooks):
        state = ThereState.PAID  # Stripe calls both so; what was paid tells them apart
    assert one.state is state
    if state is ThereState.OPEN:
        assert (one.paid.minor, one.open.minor) == (paid, left)


def test_a_signed_call_brings_the_invoice_as_it_stands_now(peer: Peer) -> None:
    peer.books.issue("R-1")
    if isinstance(peer.books, Odoo):
        with pytest.raises(UnsignedCallError):
            peer.connector.heard(b"{}", {})
        return
    body, headers = peer.books.call_about("R-1")
    peer.books.change("R-1", paid=10_000)
    (one,) = peer.connector.heard(body, headers).invoices
    assert (one.number, one.state) == ("R-1", ThereState.PAID)
    for wrong in ({}, peer.books.call_about("R-1", "another secret")[1]):
        with pytest.raises(UnsignedCallError):
            peer.connector.heard(body, wrong)


def test_status_and_holds_are_told_back_once(peer: Peer) -> None:
    kept = peer.books.issue("R-1")
    assert [peer.connector.push(NEWS), peer.connector.push(NEWS)] == [True, False]
    assert kept.notes[-1] == "Amicable: reminding: 100.00 EUR open, held"
    assert peer.connector.push(replace(NEWS, held=False))
    assert not peer.connector.push(replace(NEWS, number="R-9"))


def test_an_invoice_without_a_due_date_comes_without_one(peer: Peer) -> None:
    peer.books.issue("R-1", due="")
    (one,) = peer.connector.pull("").invoices
    assert one.due is None


def test_a_system_that_is_away_or_refuses_is_an_error_without_secrets(peer: Peer) -> None:
    peer.books.issue("R-1")
    if not isinstance(peer.books, MemoryBooks):
        with pytest.raises(ConnectorError) as refused:
            _connector(peer.books, "wrong").pull("")
        assert KEY not in str(refused.value)
    peer.books.is_down = True
    with pytest.raises(ConnectorError) as away:
        peer.connector.pull("")
    assert KEY not in str(away.value)

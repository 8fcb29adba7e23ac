"""A mail, an SMS, a case and its people, as the adapters' tests use them."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from activities.ports.letter_data import LetterData
from activities.ports.types import Envelope
from domain.case.model import Case, Invoice
from domain.money import Money
from domain.parties.people import Creditor, Debtor

NOW = datetime(2026, 2, 4, 9, 0, tzinfo=UTC)

INVOICE = Invoice(
    creditor="acme",
    number="INV-2026-7",
    customer="c1",
    issued=date(2026, 1, 4),
    due=date(2026, 2, 3),
    amount=Money(119000, "EUR"),
    opened_at=datetime(2026, 1, 4, tzinfo=UTC),
)
CASE = Case(invoice=INVOICE, released_at=INVOICE.opened_at, heard_at=INVOICE.opened_at)
CREDITOR = Creditor(
    id="acme",
    name="Acme Supplies Ltd",
    address="1 High Street\nLondon",
    email="billing@acme.example",
    phone="+442079460000",
    contact="Ann Miller",
    iban="GB33BUKB20201555555555",
    bic="BUKBGB22",
    pay_link="https://pay.acme.example/i/7",
    terms="Net 30 days.\nLate payment: statutory interest.",
)
DEBTOR = Debtor(id="c1", name="Globex GmbH", email="ap@globex.example", phone="+14155550100")

MAIL = Envelope(
    id="0f9c2f1e-mail",
    channel="email",
    to="ap@globex.example",
    to_name="Globex Zürich, Accounts",
    sender="billing@acme.example",
    sender_name="Acme Supplies Ltd",
    reply_to="billing@acme.example",
    subject="Invoice INV-2026-7 was due",
    text="Dear Globex,\nAmount owed: EUR 1,190.00\nKönnten Sie bitte …\n",
    at=NOW,
)
SMS = Envelope(
    id="0f9c2f1e-sms",
    channel="sms",
    to="+14155550100",
    text="Acme: invoice INV-2026-7, EUR 1,190.00, was due on 3 February 2026.",
    at=NOW,
    seconds_left=1800,
)


def letter(step: str = "polite", do: str = "remind", tone: str = "friendly", **more: Any) -> Any:
    """What a letter of a step may say; one day late unless told otherwise."""
    plain = LetterData(
        case=CASE,
        debtor=DEBTOR,
        creditor=CREDITOR,
        step=step,
        do=do,
        tone=tone,
        channel="email",
        today="2026-02-04",
        deadline="2026-02-14",
        days_late=1,
    )
    return replace(plain, **more)


def shared_path(name: str) -> Path:
    """Where a file that others made lies, if it is there."""
    root = Path(__file__).parents[3]
    return Path(os.environ.get("AMICABLE_SHARED_DATA") or root / "../shared/data") / name


def shared_data(name: str) -> Path:
    """A file that others made; the test is skipped where it is absent."""
    path = shared_path(name)
    if not path.exists():
        pytest.skip(f"{name} is not in the shared data (set AMICABLE_SHARED_DATA)")
    return path

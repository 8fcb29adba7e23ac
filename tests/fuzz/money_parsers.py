"""Parsers of what tells of money: banks' files, advices of customers, a payment provider's news."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from io import BytesIO
from zipfile import ZipFile

from activities.ports.online.provider import UnsignedNewsError
from adapters.bank.bank_files import is_bank_file, read_bank_file
from adapters.bank.tables.csv_profile import read_profile
from adapters.files.text import text_of_file
from adapters.stripe.events import stripe_news
from domain.bank.open_items import OpenItem
from domain.bank.remittance import read_advice
from domain.errors import DomainError
from domain.money import Money
from tests.adapters.bank.coda_records import CodaFile
from tests.adapters.bank.test_bank_dialects import BAI
from tests.adapters.bank.test_bank_files import OFX, camt
from tests.adapters.bank.test_bank_tables import ING, OWN, RABO, SPARKASSE
from tests.adapters.bank.test_mt940_dialects import mt940
from tests.fuzz.parser import Parser

SIGNING = "whsec_of_a_test"
_ITEMS = [
    OpenItem(case=f"invoice/a/2026-{n:04d}", number=f"2026-{n:04d}", customer="C", open=money)
    for n, money in enumerate((Money(11_900, "EUR"), Money(5_000, "EUR"), Money(100, "JPY")), 7)
]
_ADVICE = b"Invoice 2026-0007;119,00\nInvoice 2026-0008;50,00\nTotal;169,00\n"
_CHARGE = {
    "type": "charge.refunded",
    "created": 1_772_000_000,
    "data": {"object": {"amount_refunded": 100, "currency": "eur", "payment_intent": "pi_1"}},
}


def _archive(*bodies: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for number, body in enumerate(bodies):
            file.writestr(f"{number}.xml", body)
    return out.getvalue()


def _statements(body: bytes) -> None:
    is_bank_file(body)
    for statement in read_bank_file("in", body):
        for entry in statement.entries:
            "".join((entry.payer_name, *entry.lines, *entry.references)).encode()


def _advice(body: bytes) -> None:
    read_advice([text_of_file(body)], _ITEMS)


def _profile(body: bytes) -> None:
    read_profile("own", body)


def _news(body: bytes) -> None:
    """What Stripe has signed, whatever it is."""
    now = int(time.time())
    mark = hmac.new(SIGNING.encode(), f"{now}.".encode() + body, hashlib.sha256).hexdigest()
    stripe_news(body, f"t={now},v1={mark}", (SIGNING,))


MONEY_PARSERS = (
    Parser(
        "bank's file",
        _statements,
        (
            *(camt(), mt940(":61:2603020302C119,00NTRFNONREF//B1\n:86:x\n"), BAI.encode()),
            *(OFX.encode(), CodaFile().move(11_900, told="x").text().encode("cp1252")),
            *(ING.encode(), RABO.encode("cp1252"), SPARKASSE.encode(), _archive(camt())),
        ),
        (DomainError,),
    ),
    Parser(
        "profile of a bank's table", lambda raw: read_profile("own", raw), (OWN,), (DomainError,)
    ),
    Parser("remittance advice", _advice, (_ADVICE, _ADVICE.decode().encode("utf-16"))),
    Parser("news of Stripe", _news, (json.dumps(_CHARGE).encode(),), (UnsignedNewsError,)),
)

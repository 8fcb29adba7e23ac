"""A gateway with the page, and customers who got letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from httpx import Client, Response
from pydantic import SecretStr
from sqlalchemy import text

from activities.case_service import CaseService
from activities.ports.types import Carried
from adapters.config.settings import Settings
from adapters.config.settings_groups import ApiSettings, RepliesSettings
from adapters.config.tokens import RECEIPT, Tokens
from adapters.incoming.confirmations import Confirmations
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import Engine
from adapters.runtime.machine import machine_clock
from adapters.wiring.customer_page import PageServices, page_services
from domain.case.model import Invoice
from domain.evidence.model import as_invoice, filed
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.people import Creditor, Debtor
from starter.api.app import Parts, gateway
from starter.api.hooks.mollie import mollie_hooks
from starter.api.hooks.stripe import stripe_hooks
from starter.application import Application
from starter.page.door import PageParts
from starter.page.routes import page_routes
from tests.starter.api.factories import Remembering, listening
from tests.starter.page.days import ZONE

SECRET = "s" * 32
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
IBAN = "DE89370400440532013000"


@dataclass
class Gate:
    """The page as browsers see it."""

    client: Client
    application: Application
    pages: PageServices
    temporal: Remembering
    outbox: Path

    def said(self, case_id: str) -> list[tuple[str, str, str, str]]:
        """What a case has heard: kind, reason, who, and how it counts."""
        messages = self.application.cases.messages(case_id)
        return [(m.message.kind, m.message.reason, m.message.by, m.status) for m in messages]

    def tasks(self, case_id: str) -> list[str]:
        """Titles of the open tasks about a case."""
        return [task.task.title for task in self.application.cases.contacts(case_id).tasks]

    def mails(self, to: str) -> list[str]:
        """Every mail to an address in the outbox, oldest first."""
        newest_last = sorted(self.outbox.rglob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        mails = (path.read_text() for path in newest_last)
        return [mail for mail in mails if to in mail]


@dataclass
class Customer:
    """Somebody who owes, with the link of the letter."""

    gate: Gate
    creditor: str
    cases: list[str] = field(default_factory=list)
    message: str = ""

    @property
    def email(self) -> str:
        """Its mailbox."""
        return f"kontor@{self.creditor}.example"

    @property
    def here(self) -> str:
        """The path of the page."""
        return f"/r/{Tokens([SECRET]).sign(RECEIPT, self.message)}"

    def get(self, act: str = "", **query: str) -> Response:
        """Look at the overview, or at the form of an act."""
        return self.gate.client.get(f"{self.here}/{act}" if act else self.here, params=query)

    def post(self, act: str = "", files: Any = None, **fields: str) -> Response:
        """Send what was filled in, with the hidden fields of the form that was shown before."""
        where = f"{self.here}/{act}" if act else self.here
        return self.gate.client.post(where, data=fields, files=files)

    def fill(self, act: str, files: Any = None, **fields: str) -> Response:
        """Open a form, fill it in and send it."""
        return self.post(act, files, **hidden_in(self.get(act).text), **fields)

    def confirm(self) -> None:
        """Confirm the address with the code from the mail."""
        self.post("confirm", step="send")
        code = re.search(r"\b(\d{6})\b", self.gate.mails(self.email)[-1])
        assert code
        assert self.post("confirm", step="code", code=code[1]).status_code == 200


def hidden_in(page: str) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: value for name, value in found if value}


def words_in(page: str) -> str:
    """What a page says, without its marks."""
    plain = re.sub(r"<[^>]+>", " ", page)
    return " ".join(plain.replace("\u00a0", " ").replace("&#39;", "'").split())


@contextmanager
def open_gate(
    engine: Engine, folder: Path, told: Mapping[str, Any] | None = None, **limits: int
) -> Iterator[Gate]:
    """A gateway with the page, and with what a payment provider calls."""
    settings = Settings(
        home=folder,
        **(told or {}),
        api=ApiSettings(public_url="https://pay.example"),
        replies=RepliesSettings(secret=SecretStr(SECRET)),
    )
    pages = page_services(engine, settings)
    application, temporal = Application(settings, engine), Remembering()
    parts = PageParts(
        application=application,
        pages=pages,
        tokens=Tokens([SECRET]),
        arrived=Confirmations(engine).confirm,
        clock=machine_clock,
        noticed=lambda: None,
        **limits,
    )
    routers = (page_routes(parts), stripe_hooks(pages.online), mollie_hooks(pages.online))
    app = gateway(Parts(application=application, connect=temporal.connect, routers=routers))
    with listening(app) as address, Client(base_url=address, timeout=60) as client:
        yield Gate(client, application, pages, temporal, folder / "outbox")


def a_customer(gate: Gate, creditor: str, **changes: Any) -> Customer:
    """A customer who owes 119.00 EUR since ten days ago, and got a letter about it."""
    application = gate.application
    application.creditors.put(
        Creditor(
            id=creditor,
            name="Muster & Söhne GmbH",
            address="Hafenstr. 1\n20457 Hamburg",
            email="billing@muster.example",
            phone="+494012345",
            contact="Ann Berger",
            iban=IBAN,
            bic="COBADEFFXXX",
            pay_link="https://pay.muster.example/{number}",
        )
    )
    application.customers.put(
        creditor,
        Debtor(
            id="C-1",
            name="Kiosk Lind",
            email=f"kontor@{creditor}.example",
            phone="+46700000001",
            zone=ZONE.key,
            country="DE",
        ),
    )
    customer = Customer(gate, creditor)
    customer.cases.append(owes(gate, creditor, "R-1", **changes))
    customer.message = letter_about(gate, customer.cases, customer.email)
    return customer


def owes(gate: Gate, creditor: str, number: str, **changes: Any) -> str:
    """One more invoice of the customer, with its copy."""
    today = machine_clock().date()
    given: dict[str, Any] = {
        "customer": "C-1",
        "issued": today - timedelta(days=40),
        "due": today - timedelta(days=10),
        "amount": Money(11900, "EUR"),
        "opened_at": machine_clock(),
    }
    invoice = Invoice(creditor=creditor, number=number, **(given | changes))
    desk = CaseService(SqlLedger(gate.application.engine), machine_clock)
    desk.open(invoice)
    desk.file_evidence(invoice.case_id, as_invoice(filed("R-1.pdf", PDF)))
    return invoice.case_id


def owes_two(customer: Customer) -> None:
    """The customer owes R-2 of 50.00 as well, and one letter is about both."""
    gate = customer.gate
    customer.cases.append(owes(gate, customer.creditor, "R-2", amount=Money(5000, "EUR")))
    with SqlLedger(gate.application.engine).account_of(customer.cases[0]) as account:
        steps = [Carried(case=one, step="polite-x", episode=1) for one in customer.cases]
        customer.message = account.outbound.take_off_together(steps, "email", customer.email).id


def letter_about(gate: Gate, cases: list[str], to: str) -> str:
    """A letter about cases that went to an address; answers our id of it."""
    ledger = SqlLedger(gate.application.engine)
    with ledger.account_of(cases[0]) as account:
        message = account.outbound.take_off(cases[0], f"polite-{uuid4().hex[:6]}", 1, "email", to)
        return message.id


def say(gate: Gate, case_id: str, kind: MessageType, **body: Any) -> Any:
    """A collector or a billing system says something to a case."""
    desk = CaseService(SqlLedger(gate.application.engine), machine_clock)
    answer, _ = desk.say(case_id, kind, body)
    assert answer.accepted, answer.text
    return answer


def everything(engine: Engine) -> dict[str, int]:
    """How many rows every table has, and what they hold, as one number each."""
    names = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    with engine.connect() as connection:
        tables = [*connection.execute(names).scalars()]
        return {
            table: connection.execute(
                text(f"SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t")  # noqa: S608 - names of tables
            ).scalar_one()
            for table in tables
        }

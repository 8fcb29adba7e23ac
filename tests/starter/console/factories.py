"""A console to be visited: people who are signed in, customers and cases of one creditor."""

import asyncio
import itertools
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from fastapi import FastAPI
from httpx import Client, Response
from uvicorn import Server

from adapters.config.settings import Settings
from adapters.ledger.core.engine import Engine
from adapters.runtime.machine import machine_clock
from domain.case.model import Invoice
from domain.money import Money
from domain.parties.console import ConsoleRole
from domain.parties.people import Debtor
from domain.policy.policy_file import shipped_policies
from starter.application import Application
from starter.console.app import console_app
from starter.console.security.visit import LOOPBACK_COOKIE
from starter.console.server import console_config
from starter.console.services import ConsoleServices
from tests.starter.api.factories import Remembering

OWN = {"sec-fetch-site": "same-origin"}
"""What a browser says of a form on our own page."""

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Visitor:
    """A person with a browser: their session, and what they press."""

    address: str
    client: Client
    creditor: str

    def get(self, path: str, **more: Any) -> Response:
        """Open a page."""
        return self.client.get(path, **more)

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: Any) -> Response:
        """Send a form of our own page."""
        files = fields.pop("files", None)
        return self.client.post(path, data=fields, headers=headers or OWN, files=files)


@dataclass(frozen=True)
class Console:
    """A console that is open for people, with a Temporal that only remembers."""

    app: FastAPI
    address: str
    application: Application
    temporal: Remembering = field(default_factory=Remembering)
    clients: list[Client] = field(default_factory=list)

    @property
    def services(self) -> ConsoleServices:
        """The console's own services."""
        return ConsoleServices(self.application)

    def link(self, creditor: str, role: str = "supervisor", name: str = "ann") -> str:
        """The address of a one-time link."""
        secret = self.services.access.invite(creditor, name, ConsoleRole(role), by="test")
        return f"/enter/{secret}"

    def visitor(self, creditor: str, role: str = "supervisor", name: str = "ann") -> Visitor:
        """A person who came in by a link."""
        client = Client(base_url=self.address, timeout=100)
        self.clients.append(client)
        client.post(self.link(creditor, role, name), headers=OWN)
        assert client.cookies.get(LOOPBACK_COOKIE)
        return Visitor(self.address, client, creditor)

    def opened(self, creditor: str, number: str = "R-1", **more: Any) -> str:
        """Open a case of 119.00 EUR that has been due for 20 days; answers its id."""
        debtor = Debtor(id="C-1", name="Canary & Sons", email="pay@canary.example", zone="UTC")
        given: dict[str, Any] = {"debtor": debtor, "days": 20, "minor": 11900} | more
        today, debtor = machine_clock().date(), given["debtor"]
        self.application.customers.put(creditor, debtor)
        due = today - timedelta(days=given["days"])
        invoice = Invoice(
            creditor=creditor,
            number=number,
            customer=debtor.id,
            issued=due - timedelta(days=30),
            due=due,
            amount=Money(given["minor"], "EUR"),
            opened_at=machine_clock(),
        )
        self.application.desk.open(invoice, shipped_policies("any_hour"))
        self.services.worklist.refresh(creditor)
        return invoice.case_id

    def told(self) -> list[str]:
        """Which cases were woken, once all are."""
        waking = self.app.state.parts.waking
        asyncio.run_coroutine_threadsafe(waking.done(), waking._loop).result(100)
        return self.temporal.woken


@contextmanager
def opened_console(engine: Engine, **settings: Any) -> Iterator[Console]:
    """A console behind a real server."""
    application, temporal = Application(Settings(**settings), engine), Remembering()
    app = console_app(application, temporal.connect)
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(console_config(app))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    address = f"http://localhost:{listener.getsockname()[1]}"
    console = Console(app, address, application, temporal)
    try:
        yield console
    finally:
        for client in console.clients:
            client.close()
        server.should_exit = True
        thread.join(100)
        listener.close()


def words_of(page: Response) -> str:
    """What a person reads on a page."""
    inner = re.sub(r"<(script|style).*?</\1>", "", page.text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", inner).split())


def in_days(days: int) -> str:
    """A day from today on, as a form says it."""
    return (machine_clock().date() + timedelta(days=days)).isoformat()

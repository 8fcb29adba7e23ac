"""A gateway to be asked: its keys, its requests, and a Temporal that remembers."""

import asyncio
import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fastapi import FastAPI
from httpx import Client, Response
from uvicorn import Server

from adapters.config.settings import Settings
from adapters.config.settings_groups import ApiSettings
from adapters.ledger.core.engine import Engine
from adapters.ledger.gateway import keys
from adapters.runtime.machine import machine_clock
from adapters.temporal.runs import Runs
from domain.case.model import Case
from domain.parties.keys import KeyRole
from domain.wire import Decision
from starter.api.app import Parts, gateway
from starter.api.rate_limit import TokenBuckets
from starter.api.server import configured
from starter.application import Application

IDS = itertools.count(1)


@dataclass
class Remembering:
    """Stands in for the workflows of cases; it can be away."""

    started: list[str] = field(default_factory=list)
    woken: list[str] = field(default_factory=list)
    away: bool = False

    async def connect(self) -> Runs:
        """Connected, if it is there."""
        if self.away:
            raise RuntimeError("no Temporal")
        return self  # type: ignore[return-value]  # it does all that is asked of it

    async def start(self, case: Case, _decision: Decision, _now: datetime) -> None:
        """A run was started."""
        self.started.append(case.invoice.case_id)

    async def wake(self, case: Case, _stage: str) -> None:
        """A run was woken."""
        self.woken.append(case.invoice.case_id)


@dataclass(frozen=True)
class Desk:
    """The keys of one creditor, and what its programs do with them."""

    client: Client
    creditor: str
    keys: dict[str, str]

    def ask(self, method: str, path: str, role: str = "billing", **more: Any) -> Response:
        """One request with the key of a role."""
        headers = {"Authorization": f"Bearer {self.keys[role]}"} | more.pop("headers", {})
        return self.client.request(method, path, headers=headers, **more)

    def get(self, path: str, role: str = "reader", **more: Any) -> Response:
        """Look at something."""
        return self.ask("GET", path, role, **more)

    def post(self, path: str, body: Any, role: str = "billing", key: str = "") -> Response:
        """Tell something."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.ask("POST", path, role, json=body, headers=headers)

    def open(self, number: str = "R-1", **changes: Any) -> Response:
        """Open a case of 119.00 EUR that is due in ten days."""
        return self.post("/v1/cases", invoice(number, **changes))


@dataclass(frozen=True)
class Outside:
    """What programs see of the gateway."""

    app: FastAPI
    client: Client
    engine: Engine
    temporal: Remembering

    def desk(self, creditor: str) -> Desk:
        """A creditor's three keys."""
        made = {str(role): keys.make_key(self.engine, creditor, role)[1] for role in KeyRole}
        return Desk(self.client, creditor, made)

    def told(self) -> None:
        """Wait until all who are to be woken were told."""
        waking = self.app.state.waking
        asyncio.run_coroutine_threadsafe(waking.done(), waking._loop).result(100)


def invoice(number: str = "R-1", **changes: Any) -> dict[str, Any]:
    """An invoice of 119.00 EUR that is due in ten days."""
    today = machine_clock().date()
    given = {
        "number": number,
        "customer": "C-1",
        "issued": today.isoformat(),
        "due": day(10),
        "amount": "119.00",
        "currency": "EUR",
    }
    return given | changes


def day(ahead: int) -> str:
    """A day so many days from now."""
    return (machine_clock().date() + timedelta(days=ahead)).isoformat()


@contextmanager
def opened_gateway(engine: Engine, *, strict: bool = False, **api: Any) -> Iterator[Outside]:
    """A gateway that is open for business; a strict one does not like wrong keys."""
    settings = Settings(api=ApiSettings(**({"per_minute": 100_000} | api)))
    temporal = Remembering()
    app = gateway(Parts(application=Application(settings, engine), connect=temporal.connect))
    if not strict:
        app.state.gate.failures = TokenBuckets(10**9)
    with listening(app) as address, Client(base_url=address, timeout=100) as client:
        yield Outside(app, client, engine, temporal)


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """The application behind a real server; answers its address."""
    door = socket.create_server(("127.0.0.1", 0))
    server = Server(configured(app, app.state.gate.application.settings))
    thread = threading.Thread(target=server.run, args=([door],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(100)
        door.close()

"""Billing systems call the gateway, and the gateway asks them: both open and change cases."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx import Client

from adapters.config.settings import Settings
from adapters.ledger.core.engine import Engine
from domain.ids import CaseId
from domain.message_types import MessageType
from starter.api.app import Parts, gateway
from starter.api.hooks.hooks import ProviderHooks
from starter.application import Application
from tests.adapters.connectors.billing_books import Lago
from tests.adapters.connectors.books import KEY, SIGNING, served
from tests.starter.api.factories import Remembering, listening

CREDITOR = "connected-calls"
HOOK = "/hooks/connector/books"


@dataclass
class Called:
    """A gateway with one billing system."""

    client: Client
    books: Lago
    application: Application
    temporal: Remembering

    def heard(self, number: str) -> list[MessageType]:
        """What a case was told."""
        told = self.application.cases.messages(str(CaseId(CREDITOR, number)))
        return [one.message.kind for one in told]


@pytest.fixture(scope="module")
def called(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Called]:
    folder = tmp_path_factory.mktemp("connected")
    with served(Lago()) as books:
        assert isinstance(books, Lago)
        settings = Settings(connectors_file=_described(folder, books.url))
        application, temporal = Application(settings, engine), Remembering()
        outside = ProviderHooks(application)
        started = (outside.connectors,)
        parts = Parts(
            application=application,
            connect=temporal.connect,
            routers=outside.routers,
            started=started,
        )
        books.issue("P-1", due="2035-04-04")
        with listening(gateway(parts)) as address, Client(base_url=address, timeout=60) as client:
            yield Called(client, books, application, temporal)


def _described(folder: Path, url: str) -> Path:
    (folder / "key").write_text(KEY)
    (folder / "signing").write_text(SIGNING)
    file = folder / "connectors.toml"
    file.write_text(
        f'[books]\nkind = "lago"\ncreditor = "{CREDITOR}"\nurl = "{url}"\n'
        f'key_file = "{folder / "key"}"\nsigning_file = "{folder / "signing"}"\n'
    )
    return file


def _soon(happened: Callable[[], object]) -> bool:
    end = time.monotonic() + 60
    while not happened() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(happened())


def test_the_gateway_asks_by_itself(called: Called) -> None:
    assert _soon(lambda: f"invoice/{CREDITOR}/P-1" in called.temporal.woken)


def test_a_signed_call_opens_and_withdraws(called: Called) -> None:
    called.books.issue("P-2", due="2035-04-04")
    body, headers = called.books.call_about("P-2")
    assert called.client.post(HOOK, content=body, headers=headers).status_code == 204
    assert called.application.cases.rows([str(CaseId(CREDITOR, "P-2"))])[0].open.plain == "100.00"
    called.books.change("P-2", is_void=True)
    for _ in range(2):
        called.client.post(HOOK, content=body, headers=headers)
    assert called.heard("P-2") == [MessageType.WITHDRAWN]


def test_an_unsigned_call_and_one_of_nobody_are_turned_away(called: Called) -> None:
    called.books.issue("P-3", due="2035-04-04")
    body, headers = called.books.call_about("P-3")
    wrong = called.books.call_about("P-3", "another")[1]
    assert called.client.post(HOOK, content=body, headers=wrong).status_code == 403
    assert called.client.post(HOOK, content=body).status_code == 403
    other = called.client.post("/hooks/connector/nobody", content=body, headers=headers)
    assert other.status_code == 403
    called.books.is_down = True
    assert called.client.post(HOOK, content=body, headers=headers).status_code == 503
    called.books.is_down = False

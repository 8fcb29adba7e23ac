"""What is open without a key, on the gateway as it is served: kept, applied, and the case woken."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from httpx import Client
from pydantic import SecretStr
from starlette.routing import Route as Address

from adapters.config.settings import Settings
from adapters.config.settings_groups import (
    ApiSettings,
    RepliesSettings,
    SendGridSettings,
)
from adapters.config.tokens import RECEIPT, Tokens
from adapters.ledger.core.engine import Engine
from adapters.ledger.customers.people import get_debtor
from adapters.ledger.queries import reads
from starter.api.app import Parts, gateway
from starter.api.auth import KeyAuthenticator
from starter.api.hooks.hooks import ProviderHooks
from starter.application import Application
from tests.activities.sending_harness import Office
from tests.incoming.sendgrid import Signer
from tests.starter.api.factories import Remembering, listening

SECRET = "a secret of more than twenty-four characters"
OPEN = {
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/hooks/agency/{creditor}/{agency}",
    "/hooks/agency-files/{token}",
    "/hooks/connector/{name}",
    "/hooks/mollie",
    "/hooks/sendgrid/events",
    "/hooks/sendgrid/inbound",
    "/hooks/stripe",
    "/hooks/twilio/sms",
    "/hooks/twilio/inbound",
    "/hooks/twilio/voice",
    "/hooks/twilio/voice/answered",
    "/hooks/twilio/voice/details",
    "/hooks/twilio/voice/keys",
    "/r/page.css",
    "/r/{token}",
    "/r/{token}/logo",
    "/r/{token}/copy/{number}",
    "/r/{token}/{act}",
}
"""Every address without a key; each must check by itself who calls."""


@dataclass
class Served:
    """The whole gateway, behind a real server."""

    client: Client
    signer: Signer
    temporal: Remembering
    addresses: set[str]

    def tell(self, *elements: object) -> int:
        """A signed batch of SendGrid; answers the status."""
        body = json.dumps(elements).encode()
        headers = self.signer.headers(body)
        return self.client.post("/hooks/sendgrid/events", content=body, headers=headers).status_code


@pytest.fixture(scope="module")
def served(engine: Engine) -> Iterator[Served]:
    signer, temporal = Signer(), Remembering()
    settings = Settings(
        api=ApiSettings(most_bytes=10_000),
        sendgrid=SendGridSettings(event_key=signer.public, inbound_key=signer.public),
        replies=RepliesSettings(domain="reply.test", secret=SecretStr(SECRET)),
    )
    application = Application(settings, engine)
    outside = ProviderHooks(application)
    others = (outside.processor,)
    routers = outside.routers
    app = gateway(
        Parts(application=application, connect=temporal.connect, routers=routers, started=others)
    )
    every = (*app.routes, *(one for router in routers for one in router.routes))
    keyless = (
        one for one in every if isinstance(one, Address) and not isinstance(one, KeyAuthenticator)
    )
    addresses = {one.path for one in keyless}
    with listening(app) as address, Client(base_url=address, timeout=100) as client:
        yield Served(client, signer, temporal, addresses)


@pytest.fixture
def office(engine: Engine) -> Office:
    """A case whose first reminder went out."""
    office = Office(engine, f"outside-{uuid4().hex[:8]}")
    office.remind()
    return office


def soon(happened: Callable[[], bool]) -> bool:
    """Whether it happens while somebody could still be waiting for it."""
    end = time.monotonic() + 100
    while not happened() and time.monotonic() < end:
        time.sleep(0.05)
    return happened()


def bad_points(office: Office) -> tuple[str, ...]:
    debtor = get_debtor(office.engine, office.creditor, "C1")
    assert debtor is not None
    return debtor.bad_points


def test_a_bounce_is_applied_at_once_and_the_case_is_woken(served: Served, office: Office) -> None:
    """P14: not with the next round of the reconciler."""
    bounce = {"event": "bounce", "type": "bounce", "am_mid": office.email.calls[-1].id}
    assert served.tell(bounce | {"timestamp": int(office.now.timestamp())}) == 204

    assert soon(lambda: office.case in served.temporal.woken)
    assert bad_points(office) == ("bob@bob.example",)


def test_a_confirmed_receipt_is_applied_and_nobody_is_woken(served: Served, office: Office) -> None:
    """P02."""
    link = f"/r/{Tokens([SECRET]).sign(RECEIPT, office.email.calls[-1].id)}"
    assert served.client.post(link).status_code == 200

    def known() -> bool:
        recorded = reads.messages_of(office.engine, office.case)
        return "confirmed" in {one.message.reason for one in recorded}

    assert soon(known)
    assert office.case not in served.temporal.woken


def test_whatever_is_open_checks_by_itself_who_calls(served: Served) -> None:
    """G3, G4: a new address without a key has to be named here, and tried below."""
    assert served.addresses == OPEN

    pages = {path for path in OPEN if path.startswith(("/r/", "/hooks/agency-files/"))}
    for path in sorted(OPEN - {"/healthz", "/readyz", "/openapi.json"} - pages):
        answer = served.client.post(path, content=b"[]")
        assert (path, answer.status_code) == (path, 403)
    assert served.client.get("/hooks/agency-files/guess").status_code == 404
    for guess in ("/r/guess", "/r/guess/paid"):
        assert served.client.post(guess).status_code == 404


def test_a_mail_may_be_larger_than_what_programs_send(served: Served) -> None:
    form = "multipart/form-data; boundary=xYzZY"
    head = b'--xYzZY\r\nContent-Disposition: form-data; name="email"\r\n\r\n'
    raw = b"From: a@b.example\r\nMessage-ID: <%d@b.example>\r\n\r\n" % time.time_ns()
    body = head + raw + b"word " * 10_000 + b"\r\n--xYzZY--\r\n"
    headers = served.signer.headers(body) | {"Content-Type": form}

    assert len(body) > 10_000
    assert served.client.post("/hooks/sendgrid/inbound", content=body, headers=headers).is_success

"""No creditor's key opens any door but its own: not providers' addresses, not the codec."""

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from httpx import Client, Response
from pydantic import SecretStr
from sqlalchemy import text

from adapters.config.settings import Settings
from adapters.config.settings_groups import (
    ApiSettings,
    EncryptionSettings,
    RepliesSettings,
    SendGridSettings,
    TwilioSettings,
)
from adapters.ledger.core.engine import Engine
from adapters.runtime.machine import machine_clock
from adapters.wiring.background import inbound_rounds
from domain.parties.keys import KeyRole
from starter.api.auth import KeyAuthenticator
from starter.api.server import gateway_app
from starter.application import Application
from tests.incoming.sendgrid import Signer
from tests.starter.api.factories import Desk, Outside, listening

_numbers = itertools.count(1)
SECRET = SecretStr("only-for-tests-0123456789")
PUBLIC = {"/healthz", "/readyz", "/openapi.json", "/r/page.css"}
"""What anybody may read: nothing in it is about anybody."""


@pytest.fixture(scope="module")
def whole(engine: Engine, _gateway: Outside) -> Iterator[tuple[Client, list[APIRoute]]]:
    """The gateway as `amicable api` makes it, with every part switched on."""
    public = Signer().public
    settings = Settings(
        trusted_proxies=("127.0.0.1",),
        api=ApiSettings(per_minute=100_000, public_url="https://gateway.example"),
        sendgrid=SendGridSettings(event_key=public, inbound_key=public),
        twilio=TwilioSettings(account_sid="AC1", auth_token=SECRET),
        replies=RepliesSettings(domain="r.example", secret=SECRET),
        encryption=EncryptionSettings(codec_key=SECRET),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMICABLE_ENCRYPTION__KEYS", f"a:{'A' * 43}=")
        app = gateway_app(Application(settings, engine))
    _all_that_waits_applied(engine, settings)
    with listening(app) as address, Client(base_url=address, timeout=100) as client:
        yield (
            client,
            [route for route in _all_routes(app) if not isinstance(route, KeyAuthenticator)],
        )


def _all_that_waits_applied(engine: Engine, settings: Settings) -> None:
    """What other tests left in the inbox is applied by any gateway that begins, not by who asks."""
    rounds = inbound_rounds(engine, settings, machine_clock)
    done = rounds.apply()[0]
    while done.done or done.busy:
        done = rounds.apply()[0]


def _all_routes(app: object) -> list[APIRoute]:
    found: list[APIRoute] = []
    waiting = [app]
    while waiting:
        for route in getattr(waiting.pop(), "routes", ()):
            if hasattr(route, "path"):
                found.append(route)
            waiting.append(getattr(route, "original_router", None) or route)
    return found


@pytest.fixture(scope="module")
def keyed(_gateway: Outside) -> Desk:
    return _gateway.desk("other-doors")


def _rows(engine: Engine) -> dict[str, int]:
    """How many rows every table has: who proved nothing adds none anywhere.

    The worklist is reckoned from the others, in the background of any console that runs.
    """
    names = text(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'worklist'"
    )
    with engine.connect() as link:
        return {
            name: link.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608 - names of tables
            for name in link.execute(names).scalars().all()
        }


def _headers(secret: str) -> dict[str, str]:
    """From another address each time: who guesses often is not even asked for the key."""
    number = next(_numbers)
    told = f"10.{number // 250}.{number % 250}.1"
    return {"Authorization": f"Bearer {secret}", "X-Forwarded-For": told}


def _asked(client: Client, route: APIRoute, secret: str) -> list[Response]:
    named = {"key": secret}
    path = re.sub(r"\{(\w+)[^}]*\}", lambda part: named.get(part[1], "x" * 40), route.path)
    form = {"MessageSid": "SM1", "MessageStatus": "delivered", "From": "+4930", "Body": "STOP"}
    bodies: list[Any] = [{"json": {"payloads": []}}, {"data": form}, {"content": b"[]"}]
    return [
        client.request(method, path, headers=_headers(secret), **told)
        for method in (route.methods or set()) - {"HEAD", "OPTIONS"}
        for told in bodies
    ]


def test_every_door_without_a_creditors_key_is_one_of_these(
    whole: tuple[Client, list[APIRoute]],
) -> None:
    """A new one is added here, and to the page docs/security.md."""
    heads = {"/" + route.path.split("/")[1] for route in whole[1]}
    assert heads == {"/hooks", "/r", "/codec", "/healthz", "/readyz", "/openapi.json"}


def test_a_creditors_key_opens_none_of_them_and_changes_nothing(
    whole: tuple[Client, list[APIRoute]], keyed: Desk, engine: Engine
) -> None:
    client, routes = whole
    before = _rows(engine)
    statuses = {
        (route.path, answer.status_code)
        for route in routes
        for role in KeyRole
        for answer in _asked(client, route, keyed.keys[role])
    }
    opened = {path for path, status in statuses if status < 400}

    assert opened <= PUBLIC
    assert {status for path, status in statuses if path not in opened} <= {
        400,
        401,
        403,
        404,
        405,
        415,
        422,
        429,
    }
    assert _rows(engine) == before


SIZES = (0, 1, 1_000, 300_000, 2_000_000)


def test_whoever_signs_nothing_adds_no_row_and_no_line_but_the_requests_own(
    whole: tuple[Client, list[APIRoute]],
    engine: Engine,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """F4: at every address of providers, agencies and billing systems, by bodies of every size."""
    client, routes = whole
    before, asked = _rows(engine), 0
    for route, size in itertools.product(routes, SIZES):
        if "POST" in (route.methods or ()) and route.path.startswith("/hooks/"):
            path = re.sub(r"\{\w+[^}]*\}", "x" * 40, route.path)
            headers = _headers("guess") | {"Content-Type": "application/json"}
            answer = client.post(path, headers=headers, content=b"x" * size)
            assert answer.status_code in (403, 413), (path, size)
            asked += 1

    printed = capfd.readouterr()
    lines = [line for line in (printed.out + printed.err).splitlines() if line.strip()]
    assert asked >= 10 * len(SIZES)
    assert _rows(engine) == before
    assert len(lines) <= asked
    assert not [line for line in lines if "xxxx" in line or "guess" in line]


def test_the_codecs_key_opens_no_creditors_data(
    whole: tuple[Client, list[APIRoute]],
) -> None:
    told = _headers(SECRET.get_secret_value())
    assert whole[0].get("/v1/cases", headers=told).status_code == 401
    assert whole[0].post("/codec/decode", headers=told, json={"payloads": []}).status_code == 200


ANSWERS = (
    *(("GET", "/healthz"), ("GET", "/openapi.json"), ("GET", "/v1/cases"), ("GET", "/nowhere")),
    *(
        ("PUT", "/v1/cases"),
        ("TRACE", "/v1/cases"),
        ("GET", "/r/" + "x" * 40),
        ("POST", "/v1/cases"),
    ),
    *(("POST", "/codec/decode"), ("OPTIONS", "/codec/decode"), ("POST", "/hooks/sendgrid/events")),
)


@pytest.mark.parametrize(("method", "path"), ANSWERS)
def test_every_answer_is_safe_in_a_browser_and_sets_no_cookie(
    whole: tuple[Client, list[APIRoute]], keyed: Desk, method: str, path: str
) -> None:
    answer = whole[0].request(method, path, headers=_headers(keyed.keys["reader"]), content=b"")
    told = answer.headers

    assert told["x-content-type-options"] == "nosniff"
    assert "no-store" in told["cache-control"]
    assert told["referrer-policy"] == "no-referrer"
    for rule in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in told["content-security-policy"]
    assert "set-cookie" not in told
    assert "server" not in told
    if method == "TRACE":
        assert answer.status_code == 405

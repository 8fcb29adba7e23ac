"""Each creditor's messages go by its own account, where it has one, and by no other's."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from activities.ports.types import Sent
from adapters.config.creditors import own_settings
from adapters.config.settings import Settings, SettingsError
from adapters.ledger.core.engine import make_engine
from adapters.messages.twilio_addresses import SMS as SMS_HOOK
from adapters.wiring.by_creditor import AgencyByCreditor
from adapters.wiring.callback_urls import callback_urls
from adapters.wiring.choose import agency, channels
from starter.api.hooks.mail import mail_hooks
from starter.api.hooks.twilio import twilio_hooks
from starter.application import Application
from tests.adapters.letters.samples import MAIL, SMS
from tests.incoming.sendgrid import Signer
from tests.twilio.posting import signature

MESSAGE = "0f9c2f1e-9d0c-4a53-8b5e-3f0a1c2d4e5f"
PUBLIC = "https://gateway.example"


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """Writes the creditors' file, and answers the settings that name it."""

    def write(text: str, **more: Any) -> Settings:
        for name in ("sendgrid", "twilio", "agency"):
            (tmp_path / name).write_text(f"{name}-of-acme\n")
        file = tmp_path / "creditors.toml"
        file.write_text(text.replace("SECRETS", str(tmp_path)))
        return Settings(creditors_file=file, home=tmp_path, **more)

    return write


LIVE: dict[str, Any] = {
    "live": True,
    "environment": "production",
    "email": {"provider": "sendgrid"},
    "sms": {"provider": "twilio"},
    "sendgrid": {"api_key": "shared-key"},
    "twilio": {"account_sid": "AC1", "auth_token": "t", "from_number": "+15005550006"},
}


class Provider:
    """Answers as SendGrid and Twilio do, and notes by which account it was called."""

    def __init__(self, server: HTTPServer) -> None:
        self.calls: list[tuple[str, str]] = []
        server.expect_request("/v3/mail/send").respond_with_handler(self._mail)
        for account in ("AC1", "AC2"):
            place = f"/2010-04-01/Accounts/{account}/Messages.json"
            server.expect_request(place).respond_with_handler(self._text)

    def _mail(self, request: Request) -> Response:
        self.calls.append(("mail", request.headers["Authorization"]))
        return Response(status=202, headers={"X-Message-Id": "m"})

    def _text(self, request: Request) -> Response:
        self.calls.append((request.path.split("/")[3], request.form["From"]))
        answer = f'{{"sid": "SM{"0" * 32}", "status": "queued"}}'
        return Response(answer, status=201, mimetype="application/json")


OWN = """
[acme.sendgrid]
api_key_file = "SECRETS/sendgrid"
host = "HOST"

[acme.twilio]
account_sid = "AC2"
auth_token_file = "SECRETS/twilio"
from_number = "+15005550009"
"""


def test_each_account_sends_for_its_own_creditor_alone(told: Any, httpserver: HTTPServer) -> None:
    provider = Provider(httpserver)
    host = httpserver.url_for("").rstrip("/")
    live = LIVE | {
        "sendgrid": LIVE["sendgrid"] | {"host": host},
        "twilio": LIVE["twilio"] | {"base_url": host},
    }
    ways = channels(told(OWN.replace("HOST", host), **live))
    for creditor in ("acme", "globex"):
        for name, envelope in (("email", MAIL), ("sms", SMS)):
            sent = ways[name].send(replace(envelope, creditor=creditor)).sent
            assert sent is Sent.ACCEPTED

    assert provider.calls == [
        ("mail", "Bearer sendgrid-of-acme"),
        ("AC2", "+15005550009"),
        ("mail", "Bearer shared-key"),
        ("AC1", "+15005550006"),
    ]
    assert {name: way.provider for name, way in ways.items()} == {
        "email": "sendgrid",
        "sms": "twilio",
    }


def test_without_the_word_live_no_account_sends_anything(told: Any) -> None:
    ways = channels(told(OWN.replace("HOST", "https://x.example"), **(LIVE | {"live": False})))
    assert {way.provider for way in ways.values()} == {"outbox"}


def test_outside_production_the_allow_list_holds_for_every_account(told: Any) -> None:
    settings = told(OWN.replace("HOST", "https://x.example"), **(LIVE | {"environment": "test"}))
    receipt = channels(settings)["email"].send(replace(MAIL, creditor="acme"))
    assert (receipt.sent, "ALLOW_RECIPIENTS" in receipt.detail) == (Sent.REJECTED, True)


def test_an_agency_of_its_own_gets_its_creditors_cases_alone(told: Any, tmp_path: Path) -> None:
    chosen = agency(told(f'[acme.agency]\nfolder = "{tmp_path / "own"}"'))
    assert isinstance(chosen, AgencyByCreditor)
    assert set(chosen._own) == {"acme"}
    assert not isinstance(agency(Settings(home=tmp_path)), AgencyByCreditor)
    with pytest.raises(SettingsError, match=r"acme: .*AMICABLE_AGENCY__SECRET"):
        agency(told('[acme.agency]\nkind = "webhook"\nurl = "https://agency.example/acme"'))


def test_answers_go_to_the_creditors_own_domain(told: Any) -> None:
    replies = {"domain": "r.example", "secret": "only-for-tests-0123456789"}
    text = '[acme.replies]\ndomain = "r.acme.example"\n[globex.replies]\ndomain = ""\n'
    answers = callback_urls(told(text, replies=replies)).answers
    places = [answers(MESSAGE, name).partition("@")[2] for name in ("acme", "globex", "other")]
    assert places == ["r.acme.example", "", "r.example"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[acme.twilio", "cannot be read"),
        ("acme = 1", "acme: write groups"),
        ("[acme.sendgrit]", "sendgrit.*did you mean sendgrid"),
        ('[acme.twilio]\nauth_token = "secret-word"', r"\[acme.twilio\]: .auth_token. is no key"),
        ('[acme.sendgrid]\napi_key = "secret-word"', r"\[acme.sendgrid\]: .api_key. is no key"),
        ('[acme.smtp]\nport = "x"', r"\[acme.smtp\]: port"),
        ('[acme.smtp]\npassword_file = "/nowhere"', "password_file: /nowhere cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named_and_a_secret_is_never_shown(
    told: Any, text: str, says: str
) -> None:
    with pytest.raises(SettingsError, match=says) as refused:
        own_settings(told(text))
    assert "AMICABLE_CREDITORS_FILE" in str(refused.value)
    assert "secret-word" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[acme.twilio]\naccount_sid = "AC2"', "acme: .*AMICABLE_TWILIO__AUTH_TOKEN"),
        ('[acme.twilio]\nfrom_number = "+1"', "acme: .*AMICABLE_TWILIO__AUTH_TOKEN"),
        ('[acme.smtp]\nhost = "mail.example"', "nothing is sent by smtp"),
    ],
)
def test_half_an_account_stops_the_start_and_borrows_nothing(
    told: Any, text: str, says: str
) -> None:
    """No secret and no number of the installation's goes along with an account of one's own."""
    with pytest.raises(SettingsError, match=says):
        channels(told(text, **LIVE))


def _hooks(settings: Settings) -> FastAPI:
    """The addresses of providers, on a ledger that nobody reaches."""
    application = Application(settings, make_engine("postgresql://nobody@127.0.0.1:9/x"))
    app = FastAPI()
    app.include_router(mail_hooks(application, lambda: None))
    app.include_router(twilio_hooks(application, lambda: None))
    return app


async def _is_believed(app: FastAPI, path: str, body: bytes, headers: dict[str, str]) -> bool:
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://gateway") as client:
        return (await client.post(path, content=body, headers=headers)).status_code != 403


async def test_events_are_believed_from_every_account_that_is_named(told: Any) -> None:
    ours, theirs, nobody = Signer(), Signer(), Signer()
    text = OWN.replace("HOST", "https://x.example")
    text = text.replace("[acme.twilio]", f'event_key = "{theirs.public}"\n\n[acme.twilio]')
    shared = {"sendgrid": {"api_key": "k", "event_key": ours.public}}
    app = _hooks(told(text, **(LIVE | shared)))
    believed = [
        await _is_believed(app, "/hooks/sendgrid/events", b"[]", signer.headers(b"[]"))
        for signer in (ours, theirs, nobody)
    ]
    assert believed == [True, True, False]


@pytest.mark.parametrize(
    ("account", "token", "believed"),
    [
        ("AC1", "t", True),
        ("AC2", "twilio-of-acme", True),
        ("AC1", "twilio-of-acme", False),
        ("AC2", "t", False),
    ],
)
async def test_forms_are_believed_from_each_account_with_its_own_token(
    told: Any, account: str, token: str, *, believed: bool
) -> None:
    text = OWN.replace("HOST", "https://x.example")
    app = _hooks(told(text, **(LIVE | {"api": {"public_url": PUBLIC}})))
    pairs = [("AccountSid", account)]
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": signature(PUBLIC + SMS_HOOK, pairs, token),
    }
    assert await _is_believed(app, SMS_HOOK, urlencode(pairs).encode(), headers) is believed

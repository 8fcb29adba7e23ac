"""Nothing leaves by accident: live needs keys and a word, and outside production a list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from activities.ports.types import Found, Sent
from adapters.agency.agency import AgencyFolder, AgencyWebhook
from adapters.config.settings import Settings, SettingsError
from adapters.config.settings_groups import VoiceSettings
from adapters.wiring.choose import AllowList, agency, channels
from tests.adapters.letters.samples import MAIL, NOW, SMS
from tests.fakes import FakeChannel

KEYS: dict[str, Any] = {
    "email": {"provider": "sendgrid"},
    "sendgrid": {"api_key": "SG.key"},
    "sms": {"provider": "twilio"},
    "twilio": {"account_sid": "AC1", "auth_token": "t", "from_number": "+15005550006"},
}


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def providers(settings: Settings) -> dict[str, str]:
    return {name: channel.provider for name, channel in channels(settings).items()}


@pytest.mark.parametrize("keys", [{}, KEYS])
def test_without_the_word_live_everything_goes_into_the_outbox(keys: dict[str, Any]) -> None:
    assert providers(Settings(**keys)) == {"email": "outbox", "sms": "outbox"}


def test_with_keys_and_the_word_live_messages_leave() -> None:
    live = Settings(**KEYS, live=True, environment="production")

    assert providers(live) == {"email": "sendgrid", "sms": "twilio"}


@pytest.mark.parametrize(
    ("broken", "variable"),
    [
        ({"sendgrid": {}}, "AMICABLE_SENDGRID__API_KEY"),
        ({"sendgrid": {"api_key": "k", "host": "http://x.example"}}, "AMICABLE_SENDGRID__HOST"),
        ({"twilio": {}}, "AMICABLE_TWILIO__AUTH_TOKEN"),
        ({"email": {"provider": "outbox"}}, "AMICABLE_EMAIL__PROVIDER"),
        ({"sms": {"provider": "outbox"}}, "AMICABLE_SMS__PROVIDER"),
    ],
)
def test_live_with_half_of_what_it_needs_is_an_error_that_names_the_variable(
    broken: dict[str, Any], variable: str
) -> None:
    with pytest.raises(SettingsError, match=variable):
        channels(Settings(**(KEYS | broken), live=True, environment="production"))


OWN_SERVER: dict[str, Any] = KEYS | {
    "email": {"provider": "smtp"},
    "smtp": {"host": "mail.acme.example", "username": "u", "password": "p"},
}


def test_a_mail_server_of_ones_own_takes_the_place_of_sendgrid() -> None:
    live = Settings(**OWN_SERVER, live=True, environment="production")

    assert providers(live) == {"email": "smtp", "sms": "twilio"}


@pytest.mark.parametrize(
    ("told", "variable"),
    [
        ({}, "AMICABLE_SMTP__HOST"),
        ({"host": "mail.acme.example", "username": "u"}, "AMICABLE_SMTP__PASSWORD"),
        ({"host": "mail.acme.example", "security": "none"}, "AMICABLE_SMTP__SECURITY"),
        ({"host": "mail.acme.example", "port": 0}, "AMICABLE_SMTP__PORT"),
    ],
)
def test_half_a_mail_server_is_an_error_that_names_the_variable(told: Any, variable: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        channels(Settings(**(OWN_SERVER | {"smtp": told}), live=True, environment="production"))


def test_a_creditor_that_sends_no_sms_says_so() -> None:
    settings = Settings(
        **(KEYS | {"sms": {"provider": "none"}}), live=True, environment="production"
    )

    assert providers(settings) == {"email": "sendgrid"}


CALLS: dict[str, Any] = {
    "voice": {"provider": "twilio"},
    "twilio": KEYS["twilio"] | {"voice_number": "+15005550006", "public_url": "https://a.example"},
}


def test_a_machine_calls_only_where_that_was_asked_for() -> None:
    boxed = Settings(voice=VoiceSettings(provider="outbox"))
    live = Settings(**(KEYS | CALLS), live=True, environment="production")

    assert providers(boxed)["voice"] == "outbox"
    assert providers(live)["voice"] == "twilio"


@pytest.mark.parametrize(
    ("twilio", "variable"),
    [("voice_number", "AMICABLE_TWILIO__VOICE_NUMBER"), ("public_url", "AMICABLE_TWILIO__PUBLIC_")],
)
def test_calls_need_a_number_and_a_place_that_tells_what_to_say(twilio: str, variable: str) -> None:
    told = CALLS | {"twilio": CALLS["twilio"] | {twilio: ""}}
    with pytest.raises(SettingsError, match=variable):
        channels(Settings(**(KEYS | told), live=True, environment="production"))


def test_outside_production_live_is_behind_the_allow_list() -> None:
    chosen = channels(Settings(**KEYS, live=True))

    receipt = chosen["email"].send(MAIL)

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, False)
    assert "AMICABLE_ALLOW_RECIPIENTS" in receipt.detail
    assert chosen["sms"].send(SMS).sent is Sent.REJECTED


@pytest.mark.parametrize(
    ("to", "allowed"),
    [
        ("me@acme.example", True),
        ("Me@Acme.example", True),
        ("you@team.example", True),
        ("you@evil-team.example", False),
        ("x@sub.team.example", False),
        ("other@acme.example", False),
        ("+14155550100", True),
        ("+141555501001", False),
    ],
)
def test_the_list_takes_addresses_numbers_and_whole_domains(to: str, allowed: bool) -> None:
    behind = FakeChannel()
    guarded = AllowList(behind, ("me@acme.example", "@team.example", "+14155550100"))

    guarded.send(replace(MAIL, to=to))

    assert bool(behind.taken) is allowed
    assert guarded.look_up(MAIL, NOW) is (Found.YES if allowed else Found.NO)


def test_the_agency_is_a_folder_unless_it_is_a_webhook(tmp_path: Path) -> None:
    hook: Any = {"kind": "webhook", "url": "https://agency.example/in", "secret": "whsec_aGVsbG8="}

    assert isinstance(agency(Settings()), AgencyFolder)
    assert isinstance(agency(Settings(agency=hook)), AgencyWebhook)
    with pytest.raises(SettingsError, match="AMICABLE_AGENCY__SECRET"):
        agency(Settings(agency=hook | {"secret": ""}))
    with pytest.raises(SettingsError, match="AMICABLE_AGENCY__URL"):
        agency(Settings(agency=hook | {"url": "http://agency.example"}))

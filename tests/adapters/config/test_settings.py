"""What an installation is told, and that its secrets stay secret."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from adapters.config.settings import Settings, SettingsError, embedded_env


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("AMICABLE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_nothing_told_means_the_outbox_at_home_and_nothing_live() -> None:
    settings = Settings()

    assert settings.home == Path("var")
    assert settings.outbox == Path("var/outbox")
    assert not settings.live
    assert not settings.production
    assert (settings.email.provider, settings.sms.provider, settings.agency.kind) == (
        "outbox",
        "outbox",
        "folder",
    )


def test_everything_can_be_told_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {
        "HOME": "/srv/amicable",
        "LIVE": "1",
        "ENVIRONMENT": "production",
        "ALLOW_RECIPIENTS": "me@acme.example, @acme.example ,",
        "EMAIL__PROVIDER": "sendgrid",
        "SENDGRID__API_KEY": "SG.key",
        "SENDGRID__SANDBOX": "true",
        "SMS__PROVIDER": "twilio",
        "TWILIO__ACCOUNT_SID": "AC1",
        "AGENCY__KIND": "webhook",
    }
    for name, value in told.items():
        monkeypatch.setenv(f"AMICABLE_{name}", value)

    settings = Settings()

    assert settings.home == Path("/srv/amicable")
    assert settings.live
    assert settings.production
    assert settings.allow_recipients == ("me@acme.example", "@acme.example")
    assert settings.sendgrid.api_key.get_secret_value() == "SG.key"
    assert settings.sendgrid.sandbox
    assert settings.twilio.account_sid == "AC1"
    assert settings.agency.kind == "webhook"


SECRETS = {
    "AMICABLE_DATABASE_URL": lambda s: s.database_url,
    "AMICABLE_SENDGRID__API_KEY": lambda s: s.sendgrid.api_key.get_secret_value(),
    "AMICABLE_TWILIO__AUTH_TOKEN": lambda s: s.twilio.auth_token.get_secret_value(),
    "AMICABLE_TWILIO__SIGNING_SECRET": lambda s: s.twilio.signing_secret.get_secret_value(),
    "AMICABLE_STRIPE__API_KEY": lambda s: s.stripe.api_key.get_secret_value(),
    "AMICABLE_STRIPE__WEBHOOK_SECRET": lambda s: s.stripe.webhook_secret.get_secret_value(),
    "AMICABLE_STRIPE__OLD_WEBHOOK_SECRET": lambda s: s.stripe.old_webhook_secret.get_secret_value(),
    "AMICABLE_MOLLIE__API_KEY": lambda s: s.mollie.api_key.get_secret_value(),
    "AMICABLE_AGENCY__SECRET": lambda s: s.agency.secret.get_secret_value(),
    "AMICABLE_MODEL__KEY": lambda s: s.model.key.get_secret_value(),
    "AMICABLE_ASSISTANT__KEY": lambda s: s.assistant.key.get_secret_value(),
}


@pytest.mark.parametrize("name", SECRETS)
def test_every_secret_may_stand_in_a_file_and_never_shows(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("hush-hush\n")
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))

    settings = Settings()

    assert SECRETS[name](settings) == "hush-hush"
    assert "hush" not in repr(settings) + str(settings)


def test_a_secret_given_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMICABLE_SENDGRID__API_KEY", "hush")
    monkeypatch.setenv("AMICABLE_SENDGRID__API_KEY_FILE", "/run/secrets/key")

    with pytest.raises(SettingsError, match="both set") as error:
        Settings()

    assert "hush" not in str(error.value)


def test_a_secret_file_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMICABLE_TWILIO__AUTH_TOKEN_FILE", "nowhere.txt")

    with pytest.raises(SettingsError, match=r"AUTH_TOKEN_FILE: nowhere\.txt cannot be read"):
        Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AMICABLE_SENDGRID__APIKEY", "hush-hush"),
        ("AMICABLE_EMAIL__PROVIDER", "hush-hush"),
        ("AMICABLE_LIVE", "hush-hush"),
    ],
)
def test_a_mistake_is_an_error_that_does_not_show_the_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError) as error:
        Settings()

    assert "hush" not in str(error.value)


def embedded(home: Path, text: str) -> None:
    (home / "run").mkdir(parents=True)
    (home / "run" / "env").write_text(text)


def test_running_embedded_servers_are_found_below_the_real_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    embedded(
        tmp_path / "home",
        "# written by amicable up\nTEMPORAL_ADDRESS=127.0.0.1:7233\n"
        "AMICABLE_DATABASE_URL=postgresql://embedded\nAMICABLE_ENVIRONMENT='demo'\n",
    )
    monkeypatch.setenv("AMICABLE_HOME", str(tmp_path / "home"))
    assert (Settings().database_url, Settings().environment) == ("postgresql://embedded", "demo")

    (tmp_path / "url").write_text("postgresql://mine")
    monkeypatch.setenv("AMICABLE_DATABASE_URL_FILE", str(tmp_path / "url"))
    assert Settings().database_url == "postgresql://mine"


def test_a_home_given_in_code_finds_its_own_servers(tmp_path: Path) -> None:
    embedded(tmp_path / "other", "AMICABLE_DATABASE_URL=postgresql://other\n")

    assert Settings(home=tmp_path / "other").database_url == "postgresql://other"


def test_the_embedded_address_of_temporal_is_told_too(tmp_path: Path) -> None:
    embedded(tmp_path, "TEMPORAL_ADDRESS=127.0.0.1:7233\nTEMPORAL_NAMESPACE=default\n")

    assert embedded_env(tmp_path)["TEMPORAL_ADDRESS"] == "127.0.0.1:7233"
    assert embedded_env(tmp_path / "nowhere") == {}

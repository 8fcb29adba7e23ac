"""What an installation is told: by AMICABLE_* variables, else by its running embedded servers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from adapters.config.settings_groups import (
    AgencySettings,
    ApiSettings,
    EmailSettings,
    ImapSettings,
    MetricsSettings,
    RepliesSettings,
    SendGridSettings,
    SettingsError,
    SmsSettings,
    SmtpSettings,
    TwilioSettings,
    VoiceSettings,
    WebhookSettings,
    WorkerSettings,
)

__all__ = ["SECRETS", "Settings", "SettingsError", "embedded_env", "with_files"]

_PREFIX = "AMICABLE_"
_FILE = "_FILE"
SECRETS = (
    "AMICABLE_DATABASE_URL",
    "AMICABLE_SENDGRID__API_KEY",
    "AMICABLE_TWILIO__AUTH_TOKEN",
    "AMICABLE_TWILIO__SIGNING_SECRET",
    "AMICABLE_AGENCY__SECRET",
    "AMICABLE_WEBHOOK__SECRET",
    "AMICABLE_WEBHOOK__OLD_SECRET",
    "AMICABLE_SMTP__PASSWORD",
    "AMICABLE_IMAP__PASSWORD",
    "AMICABLE_REPLIES__SECRET",
    "AMICABLE_REPLIES__OLD_SECRET",
)
"""Each may also be given as a file, by the same name with _FILE at its end."""


class Settings(BaseSettings):
    """Everything that differs between installations.

    Attributes:
        home: where the embedded servers and the outbox keep their data.
        database_url: the ledger's PostgreSQL.
        outbox_dir: where unsent messages lie; ``<home>/outbox`` unless given.
        letters_dir: where creditors' own letters lie, a folder each, named by the creditor's id.
        outbox_forgetful: the outbox takes the same id twice, as real providers do (crash tests).
        live: whether messages may really leave.
        environment: ``production``, or anything else, where only allowed recipients are written to.
        allow_recipients: addresses, numbers or ``@domains``, separated by commas.
    """

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    home: Path = Path("var")
    database_url: str = Field(default="", repr=False)
    outbox_dir: Path | None = None
    letters_dir: Path | None = None
    outbox_forgetful: bool = False
    live: bool = False
    environment: str = "development"
    allow_recipients: Annotated[tuple[str, ...], NoDecode] = ()
    email: EmailSettings = EmailSettings()
    sms: SmsSettings = SmsSettings()
    sendgrid: SendGridSettings = SendGridSettings()
    twilio: TwilioSettings = TwilioSettings()
    agency: AgencySettings = AgencySettings()
    webhook: WebhookSettings = WebhookSettings()
    voice: VoiceSettings = VoiceSettings()
    smtp: SmtpSettings = SmtpSettings()
    imap: ImapSettings = ImapSettings()
    replies: RepliesSettings = RepliesSettings()
    api: ApiSettings = ApiSettings()
    metrics: MetricsSettings = MetricsSettings()
    worker: WorkerSettings = WorkerSettings()

    @field_validator("allow_recipients", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("home")
    @classmethod
    def _home(cls, value: Path) -> Path:
        return value.expanduser()

    @property
    def production(self) -> bool:
        """Whether real customers are written to without an allow-list."""
        return self.environment == "production"

    @property
    def outbox(self) -> Path:
        """The outbox's folder."""
        return self.outbox_dir or self.home / "outbox"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - ours reads more than it
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then what the embedded servers wrote."""
        home = getattr(init_settings, "init_kwargs", {}).get("home")
        ours = _Environment(settings_cls, home)
        return init_settings, ours, dotenv_settings, file_secret_settings


class _Environment(EnvSettingsSource):
    """The environment over `run/env`, each with its *_FILE variables read."""

    def __init__(self, settings_cls: type[BaseSettings], home: Path | str | None) -> None:
        self._home = home
        super().__init__(settings_cls)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        layers = (embedded_env(self._home), os.environ)
        merged = {key: value for layer in layers for key, value in with_files(layer).items()}
        return {key.lower(): value for key, value in merged.items() if value}


def embedded_env(home: Path | str | None = None) -> dict[str, str]:
    """Where the running embedded servers are, as they wrote it down; empty if none run."""
    folder = Path(home or os.environ.get("AMICABLE_HOME") or "var").expanduser()
    try:
        lines = (folder / "run" / "env").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    pairs = (line.strip().partition("=") for line in lines if "=" in line and line[0] != "#")
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}


def with_files(environ: Mapping[str, str]) -> dict[str, Any]:
    """The variables, and those secrets that stand in files.

    Raises:
        SettingsError: if a secret is given twice, or its file cannot be read.
    """
    found = dict(environ)
    for name in SECRETS:
        path = found.pop(name + _FILE, "")
        if not path:
            continue
        if found.get(name):
            raise SettingsError(f"{name} and {name}{_FILE} are both set; keep one of them")
        try:
            found[name] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{name}{_FILE}: {path} cannot be read: {error}") from None
    return found

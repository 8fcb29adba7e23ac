"""The settings of an installation: AMICABLE_* variables, else its running embedded servers."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from adapters.config.environment import (
    PREFIX,
    SECRETS,
    SettingsError,
    embedded_env,
    read_environment,
)
from adapters.config.settings_groups import (
    AgencySettings,
    ApiSettings,
    AssistantSettings,
    ConsoleSettings,
    EmailSettings,
    EncryptionSettings,
    ImapSettings,
    MetricsSettings,
    ModelSettings,
    MollieSettings,
    OidcSettings,
    PostSettings,
    RepliesSettings,
    SendGridSettings,
    SmsSettings,
    SmtpSettings,
    StripeSettings,
    TwilioSettings,
    VoiceSettings,
    WebhookSettings,
    WorkerSettings,
)
from domain.parties.people import EMAIL, SMS, VOICE

__all__ = ["SECRETS", "Settings", "SettingsError", "embedded_env"]


class Settings(BaseSettings):
    """Everything that differs between installations.

    Attributes:
        home: where the embedded servers and the outbox keep their data.
        database_url: the ledger's PostgreSQL.
        outbox_dir: where unsent messages lie; ``<home>/outbox`` unless given.
        letters_dir: where creditors' own letters lie, a folder each, named by the creditor's id.
        creditors_file: says which creditors have accounts, numbers or an agency of their own.
        connectors_file: says which billing systems are connected, and how.
        agencies_dir: where agencies and lawyers are described, a file each; ``<home>/agencies``
            unless given.
        rates_dir: where people write down rates of interest, a file for each jurisdiction.
        outbox_forgetful: the outbox takes the same id twice, as real providers do (crash tests).
        live: whether messages may really leave.
        environment: ``production``, or anything else, where only allowed recipients are written to.
        temporal_ui: the address of Temporal's own UI, to which the console leads.
        pay_with: who takes new payments on the customer's page, where accounts at both are set.
        user: who works here, as the team knows them; the login's name unless given.
        allow_recipients: addresses, numbers or ``@domains``, separated by commas.
        trusted_proxies: networks (CIDR) of the proxies before gateway and console, by commas; who
            asks is read from X-Forwarded-For only where one of them wrote it.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
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
    rates_dir: Path | None = None
    agencies_dir: Path | None = None
    creditors_file: Path | None = None
    connectors_file: Path | None = None
    outbox_forgetful: bool = False
    live: bool = False
    environment: str = "development"
    temporal_ui: str = ""
    pay_with: Literal["", "stripe", "mollie"] = ""
    user: str = ""
    allow_recipients: Annotated[tuple[str, ...], NoDecode] = ()
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    email: EmailSettings = EmailSettings()
    sms: SmsSettings = SmsSettings()
    sendgrid: SendGridSettings = SendGridSettings()
    twilio: TwilioSettings = TwilioSettings()
    stripe: StripeSettings = StripeSettings()
    mollie: MollieSettings = MollieSettings()
    agency: AgencySettings = AgencySettings()
    webhook: WebhookSettings = WebhookSettings()
    voice: VoiceSettings = VoiceSettings()
    post: PostSettings = PostSettings()
    assistant: AssistantSettings = AssistantSettings()
    model: ModelSettings = ModelSettings()
    smtp: SmtpSettings = SmtpSettings()
    imap: ImapSettings = ImapSettings()
    replies: RepliesSettings = RepliesSettings()
    api: ApiSettings = ApiSettings()
    console: ConsoleSettings = ConsoleSettings()
    metrics: MetricsSettings = MetricsSettings()
    worker: WorkerSettings = WorkerSettings()
    encryption: EncryptionSettings = EncryptionSettings()
    oidc: OidcSettings = OidcSettings()

    @field_validator("allow_recipients", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            try:
                ip_network(one)
            except ValueError:
                raise ValueError("write networks such as 10.0.0.0/8 or 192.0.2.7") from None
        return value

    @field_validator("home")
    @classmethod
    def _home(cls, value: Path) -> Path:
        return value.expanduser()

    @property
    def console_link(self) -> str:
        """Where the Temporal UI leads back to; nowhere if only this machine would know the way."""
        return self.console.address if self.console.public_url or not self.live else ""

    @property
    def production(self) -> bool:
        """Whether real customers are written to without an allow-list."""
        return self.environment == "production"

    @property
    def per_second(self) -> dict[str, float]:
        """How many messages a second each channel's provider is given; 0 is no limit."""
        return {
            EMAIL: self.email.per_second,
            SMS: self.sms.per_second,
            VOICE: self.voice.per_second,
        }

    @property
    def outbox(self) -> Path:
        """The outbox's folder."""
        return self.outbox_dir or self.home / "outbox"

    @property
    def agencies(self) -> Path:
        """The folder of the agencies' files."""
        return self.agencies_dir or self.home / "agencies"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - ours reads more than it
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Rank the sources: arguments, the environment, then the embedded servers' file."""
        home = getattr(init_settings, "init_kwargs", {}).get("home")
        ours = _Environment(settings_cls, home)
        return init_settings, ours, dotenv_settings, file_secret_settings


class _Environment(EnvSettingsSource):
    """The environment over `run/env`, each with its *_FILE variables read."""

    def __init__(self, settings_cls: type[BaseSettings], home: Path | str | None) -> None:
        self._home = home
        super().__init__(settings_cls)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return read_environment(self._home)

"""The groups of settings: one for each provider, server or purpose."""

# One thing: all groups of settings, side by side as docs/settings.md lists them.

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from adapters.config.environment import SettingsError

SHORTEST = 24
"""Characters of a secret: as many as Standard Webhooks wants bytes of a key."""


class SettingsGroup(BaseModel):
    """A group of settings; a mistyped name in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


MessagesPerSecond = Annotated[float, Field(ge=0, le=1000)]
"""Messages that a provider is given in a second, by all workers together; 0 is no limit."""


class EmailSettings(SettingsGroup):
    """How e-mails are sent."""

    provider: Literal["outbox", "sendgrid", "smtp"] = "outbox"
    per_second: MessagesPerSecond = 0


class SmsSettings(SettingsGroup):
    """How text messages are sent; ``none`` if the creditor sends none."""

    provider: Literal["outbox", "twilio", "none"] = "outbox"
    per_second: MessagesPerSecond = 0


class VoiceSettings(SettingsGroup):
    """How calls are made; ``none`` if the creditor's machine calls nobody."""

    provider: Literal["outbox", "twilio", "none"] = "none"
    per_second: MessagesPerSecond = 0


class PostSettings(SettingsGroup):
    """How letters are posted; ``none`` if the creditor posts none.

    Attributes:
        folder: where whoever prints and posts them takes them from.
        price: what posting one costs, such as ``0.95 EUR``; it is noted with each letter.
    """

    provider: Literal["none", "queue"] = "none"
    folder: Path | None = None
    price: Annotated[str, Field(max_length=30)] = ""


def _late_enough(minutes: int) -> int:
    if minutes == 0 or 15 <= minutes <= 60:  # noqa: PLR2004 - as long as others are waited for
        return minutes
    raise ValueError("write 0 (never) or minutes from 15 to 60")


class SendGridSettings(SettingsGroup):
    """SendGrid's account; ``host`` is https://api.eu.sendgrid.com for European data.

    Attributes:
        event_key: the public key that its event webhook's signatures are checked with.
        inbound_key: the same for Inbound Parse.
        complete_minutes: minutes after which its Email Logs know every mail, so that "not there"
            is believed and the mail is sent again; at least 15. 0: never, a person is asked.
    """

    api_key: SecretStr = SecretStr("")
    host: str = "https://api.sendgrid.com"
    sandbox: bool = False
    event_key: str = ""
    inbound_key: str = ""
    complete_minutes: Annotated[int, AfterValidator(_late_enough)] = 0


class AssistantSettings(SettingsGroup):
    """The key by which an assistant works on this very machine."""

    key: SecretStr = SecretStr("")


class ModelSettings(SettingsGroup):
    """A model that reads answers beside the rules, behind any OpenAI-compatible address.

    Attributes:
        url: where its API begins, such as https://models.example/v1; nothing is read without it.
        name: which model is asked.
        creditors: who switched it on, separated by commas; nobody's answers are sent otherwise.
        per_day: answers that are sent at most in a day, of one creditor.
        seconds: how long one answer may take.
    """

    url: str = ""
    name: str = ""
    key: SecretStr = SecretStr("")
    creditors: str = ""
    per_day: Annotated[int, Field(ge=0, le=100_000)] = 200
    seconds: Annotated[float, Field(gt=0, le=120)] = 20

    @property
    def switched_on(self) -> tuple[str, ...]:
        """Whose answers are read by it."""
        return tuple(filter(None, (name.strip() for name in self.creditors.split(","))))


Port = Annotated[int, Field(ge=0, le=65535)]
"""A port; 0 lets the machine choose where somebody listens."""


class SmtpSettings(SettingsGroup):
    """A mail server of one's own; without TLS only on this very machine."""

    host: str = ""
    port: Port = 587
    username: str = ""
    password: SecretStr = SecretStr("")
    security: Literal["starttls", "tls", "none"] = "starttls"


class ImapSettings(SettingsGroup):
    """The mailbox in which answers arrive, for those who send by SMTP; always by TLS."""

    host: str = ""
    port: Port = 993
    username: str = ""
    password: SecretStr = SecretStr("")
    folder: str = "INBOX"


class RepliesSettings(SettingsGroup):
    """Where answers go: ``reply+<token>@<domain>``; the secret signs tokens and links."""

    domain: str = ""
    secret: SecretStr = SecretStr("")
    old_secret: SecretStr = SecretStr("")

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets that sign tokens, the newest last; older ones still count.

        Raises:
            SettingsError: if one is too short to keep anything safe.
        """
        return long_enough("AMICABLE_REPLIES__SECRET", self.old_secret, self.secret)


class ApiSettings(SettingsGroup):
    """The gateway: where it listens, what it is called from outside, and how much it takes.

    Attributes:
        public_url: https address under which providers and debtors reach it; empty if they do not.
        per_minute: requests of one key a minute.
        most_bytes: the longest body of a request.
    """

    host: str = "127.0.0.1"
    port: Port = 8484
    public_url: str = ""
    per_minute: int = 600
    most_bytes: int = 1_000_000


class ConsoleSettings(SettingsGroup):
    """The console: where it listens, which is this machine only unless told otherwise.

    Attributes:
        public_url: https address of a proxy before it, by which people reach it.
    """

    host: str = "127.0.0.1"
    port: Port = 8485
    public_url: str = ""

    @property
    def address(self) -> str:
        """Where people reach it: by the proxy, else on this machine."""
        return self.public_url.rstrip("/") or f"http://localhost:{self.port}"


class MetricsSettings(SettingsGroup):
    """Where Prometheus finds figures, such as 127.0.0.1:9464; empty for nowhere.

    Attributes:
        worker: those of Temporal's SDK, shown by a worker.
        ledger: those of the ledger, shown by the gateway.
    """

    worker: str = ""
    ledger: str = ""


class TwilioSettings(SettingsGroup):
    """Twilio's account and sender; ``public_url`` is where it may report deliveries.

    Attributes:
        signing_secret: of the shared key that webhooks are signed with, if it is not the token.
    """

    account_sid: str = ""
    auth_token: SecretStr = SecretStr("")
    from_number: str = ""
    messaging_service: str = ""
    base_url: str = "https://api.twilio.com"
    public_url: str = ""
    voice_number: str = ""
    signing_secret: SecretStr = SecretStr("")


class StripeSettings(SettingsGroup):
    """Stripe's account, by which customers can pay on their page; without a key they cannot.

    Attributes:
        webhook_secret: what it signs its news with; the old one counts while both are in use.
    """

    api_key: SecretStr = SecretStr("")
    webhook_secret: SecretStr = SecretStr("")
    old_webhook_secret: SecretStr = SecretStr("")
    base_url: str = "https://api.stripe.com"


class MollieSettings(SettingsGroup):
    """Mollie's account, by which customers can pay on their page; without a key they cannot."""

    api_key: SecretStr = SecretStr("")
    base_url: str = "https://api.mollie.com"


class WorkerSettings(SettingsGroup):
    """What a worker is there for, and how often it looks whether cases are alive.

    Attributes:
        queues: its duties, of ``decide``, ``send`` and ``background``, with commas.
        reconcile_minutes: from one round of the reconciler to the next.
        heartbeat: a file that is touched while the worker lives, for who looks after containers.
    """

    queues: str = "decide,send,background"
    reconcile_minutes: int = Field(default=5, ge=1, le=60)
    heartbeat: Path | None = None


class EncryptionSettings(SettingsGroup):
    """The keys that seal what Temporal stores, and who may have it read.

    Attributes:
        keys: ``id:key`` with commas, each key 32 bytes in base64; the first one seals.
        codec_key: what opens the gateway's codec; without it there is none.
        ui_origin: origins of Temporal's UI, with commas: the only pages that may ask the codec.
    """

    keys: SecretStr = SecretStr("")
    codec_key: SecretStr = SecretStr("")
    ui_origin: str = ""

    @property
    def codec_secret(self) -> str:
        """What opens the codec; empty if nothing does.

        Raises:
            SettingsError: if it is too short to keep anything safe.
        """
        return "".join(long_enough("AMICABLE_ENCRYPTION__CODEC_KEY", self.codec_key))

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins that were named."""
        return tuple(filter(None, (part.strip(" /") for part in self.ui_origin.split(","))))


class OidcSettings(SettingsGroup):
    """The OpenID provider at which the installation's own people sign in; empty for none.

    Attributes:
        issuer: its name, which is its https address, just as its tokens write it.
        audience: for whom its tokens are made, if they are made for us.
        groups_claim: where its tokens say to which groups a person belongs.
        codec_group: whoever belongs to it may have payloads opened; nobody unless given.
        client_id: as whom the console is known there; empty if nobody comes in that way.
        client_secret: proves it; empty for a public client.
        name_claim: where its tokens say how a person is called.
        console_groups: which group comes in as what, such as ``desk=acme:collector``, with commas;
            the first that fits counts.
    """

    issuer: str = ""
    audience: str = ""
    groups_claim: str = "groups"
    codec_group: str = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    name_claim: str = "preferred_username"
    console_groups: str = ""


class AgencySettings(SettingsGroup):
    """How the agency gets its files; the folder is ``<home>/agency`` unless given."""

    kind: Literal["folder", "webhook"] = "folder"
    folder: Path | None = None
    url: str = ""
    secret: SecretStr = SecretStr("")


class WebhookSettings(SettingsGroup):
    """Secrets of webhooks; ``allow`` names hosts of our own network, with commas."""

    secret: SecretStr = SecretStr("")
    old_secret: SecretStr = SecretStr("")
    allow: str = ""

    @property
    def masters(self) -> tuple[str, ...]:
        """The secrets to derive keys from, the newest first.

        Raises:
            SettingsError: if one is too short to keep anything safe.
        """
        return long_enough("AMICABLE_WEBHOOK__SECRET", self.secret, self.old_secret)

    @property
    def allowed(self) -> tuple[str, ...]:
        """The hosts that were named."""
        return tuple(filter(None, (part.strip() for part in self.allow.split(","))))


def long_enough(name: str, *secrets: SecretStr) -> tuple[str, ...]:
    """Check the length of those secrets that are given, in their order.

    Raises:
        SettingsError: if one is too short to keep anything safe.
    """
    told = [secret.get_secret_value() for secret in secrets]
    if any(0 < len(secret) < SHORTEST for secret in told):
        raise SettingsError(f"{name}: too short; write at least {SHORTEST} random characters")
    return tuple(filter(None, told))

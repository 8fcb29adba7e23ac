"""Chooses the adapters of an installation: the outbox, unless it is live and has its keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from activities.ports.ports import Agency, Channel
from activities.ports.types import Envelope, Found, Receipt, Sent
from adapters.agency.agency import AgencyFolder, AgencyWebhook
from adapters.agency.file_links import FileLinks
from adapters.config.creditors import CREDITORS_FILE, own_settings
from adapters.config.settings import Settings, SettingsError
from adapters.config.tokens import Tokens
from adapters.email.sendgrid_mail import SendGridMail
from adapters.email.smtp_mail import SmtpMail
from adapters.outbox.outbox import OutboxMail, OutboxSms, OutboxVoice
from adapters.outbox.print_queue import PrintQueue
from adapters.twilio.account import TwilioAccount
from adapters.twilio.sms import TwilioSms
from adapters.twilio.voice import TwilioVoice
from adapters.wiring.by_creditor import AgencyByCreditor, ChannelByCreditor
from adapters.wiring.traced import traced

Made = TypeVar("Made")

FIELD = re.compile(r"\b(sendgrid|smtp|twilio|stripe|mollie|agency)\.([a-z_]+)")


def channels(settings: Settings) -> dict[str, Channel]:
    """Make the channels to the debtor, by name.

    Raises:
        SettingsError: if live is asked for and something that it needs is missing.
    """
    boxes: dict[str, Channel] = {
        "email": OutboxMail(settings.outbox, forgetful=settings.outbox_forgetful),
        "sms": OutboxSms(settings.outbox, forgetful=settings.outbox_forgetful),
        "voice": OutboxVoice(settings.outbox, forgetful=settings.outbox_forgetful),
    }
    boxes["post"] = PrintQueue(settings.outbox, price=settings.post.price)
    for name, told in (("sms", settings.sms), ("voice", settings.voice), ("post", settings.post)):
        if told.provider == "none":
            del boxes[name]
    if not settings.live:
        return traced(boxes)
    live = {name: _guarded(channel, settings) for name, channel in _live(settings).items()}
    _check_live(settings, boxes, live)
    own = _own_channels(settings, live)
    by_creditor = {name: ChannelByCreditor(live[name], own[name]) for name in own}
    return traced(boxes | live | by_creditor)


def agency(settings: Settings) -> Agency:
    """Make the connection to the agency.

    Raises:
        SettingsError: if it is a webhook without a usable URL or secret.
    """
    own = {
        name: _of_creditor(name, partial(_agency, one.settings))
        for name, one in own_settings(settings).items()
        if "agency" in one.groups
    }
    return AgencyByCreditor(_agency(settings), own) if own else _agency(settings)


def _agency(settings: Settings) -> Agency:
    told = settings.agency
    if told.kind == "folder":
        return AgencyFolder(told.folder or settings.home / "agency")
    secret, links = told.secret.get_secret_value(), file_links(settings)
    return told_as_settings(lambda: AgencyWebhook(told.url, secret, links=links))


def file_links(settings: Settings) -> FileLinks | None:
    """Make the links by which agencies fetch files; None without an address or a secret."""
    base, secrets = settings.api.public_url.rstrip("/"), settings.replies.secrets
    return FileLinks(base, Tokens(secrets)) if base and secrets else None


class AllowList:
    """A live channel that, outside production, writes only to those who agreed to it."""

    def __init__(self, channel: Channel, allowed: tuple[str, ...]) -> None:
        self._channel = channel
        self._allowed = frozenset(entry.casefold() for entry in allowed)
        self.name = channel.name
        self.provider = channel.provider
        self.index_lag: timedelta = channel.index_lag
        self.complete_after: timedelta | None = channel.complete_after

    def send(self, envelope: Envelope) -> Receipt:
        """Send to the allowed, refuse all others; nothing is wrong with their address."""
        to = envelope.to.casefold()
        if to in self._allowed or ("@" in to and f"@{to.rpartition('@')[2]}" in self._allowed):
            return self._channel.send(envelope)
        detail = "outside production only AMICABLE_ALLOW_RECIPIENTS are written to"
        return Receipt(sent=Sent.REJECTED, detail=detail)

    def look_up(self, envelope: Envelope, since: datetime) -> Found:
        """Ask the channel behind."""
        return self._channel.look_up(envelope, since)


def _own_channels(settings: Settings, live: Mapping[str, Channel]) -> dict[str, dict[str, Channel]]:
    """Make the channels of creditors with accounts of their own, by channel and creditor.

    Raises:
        SettingsError: if such an account is of a provider that nothing is sent by.
    """
    found: dict[str, dict[str, Channel]] = {}
    for creditor, one in own_settings(settings).items():
        accounts = one.groups & {"sendgrid", "smtp", "twilio"}
        for name, channel in _of_creditor(creditor, partial(_live, one.settings)).items():
            if channel.provider in accounts:
                found.setdefault(name, {})[creditor] = _guarded(channel, settings)
        if unused := accounts - {channel.provider for channel in live.values()}:
            told = f"nothing is sent by {min(unused)}, so no account of it can be a creditor's own"
            raise SettingsError(f"{CREDITORS_FILE}: [{creditor}.{min(unused)}]: {told}")
    return found


def _of_creditor(creditor: str, make: Callable[[], Made]) -> Made:
    try:
        return make()
    except SettingsError as error:
        raise SettingsError(f"{CREDITORS_FILE}: {creditor}: {error}") from None


def _live(settings: Settings) -> dict[str, Channel]:
    found: dict[str, Channel] = {}
    if settings.email.provider == "sendgrid":
        found["email"] = told_as_settings(lambda: _sendgrid(settings))
    if settings.email.provider == "smtp":
        found["email"] = told_as_settings(lambda: _smtp(settings))
    if settings.sms.provider == "twilio":
        found["sms"] = told_as_settings(lambda: _texts(settings))
    if settings.voice.provider == "twilio":
        found["voice"] = told_as_settings(lambda: _calls(settings))
    if settings.post.provider == "queue":
        found["post"] = _queue(settings)
    return found


def _queue(settings: Settings) -> Channel:
    if settings.post.folder is None:
        raise SettingsError(
            "AMICABLE_POST__PROVIDER is queue, but AMICABLE_POST__FOLDER names no folder; "
            "write the one from which letters are printed"
        )
    return PrintQueue(settings.post.folder, price=settings.post.price)


def _sendgrid(settings: Settings) -> Channel:
    told = settings.sendgrid
    key = told.api_key.get_secret_value()
    minutes = told.complete_minutes
    after = timedelta(minutes=minutes) if minutes else None
    return SendGridMail(key, host=told.host, sandbox=told.sandbox, complete_after=after)


def _smtp(settings: Settings) -> Channel:
    told = settings.smtp
    password = told.password.get_secret_value()
    return SmtpMail(
        told.host, told.port, username=told.username, password=password, security=told.security
    )


def _texts(settings: Settings) -> Channel:
    told = settings.twilio
    return TwilioSms(
        told.account_sid,
        told.auth_token.get_secret_value(),
        from_number=told.from_number,
        messaging_service=told.messaging_service,
        base_url=told.base_url,
        public_url=reported_to(settings),
    )


def _calls(settings: Settings) -> Channel:
    told = settings.twilio
    account = TwilioAccount(
        told.account_sid,
        told.auth_token.get_secret_value(),
        base_url=told.base_url,
        public_url=reported_to(settings),
    )
    return TwilioVoice(account, told.voice_number)


def reported_to(settings: Settings) -> str:
    """Find where Twilio reaches us: its own address, else the gateway's; maybe nowhere."""
    return settings.twilio.public_url or settings.api.public_url


def _guarded(channel: Channel, settings: Settings) -> Channel:
    return channel if settings.production else AllowList(channel, settings.allow_recipients)


def _check_live(settings: Settings, boxes: dict[str, Channel], live: dict[str, Channel]) -> None:
    """Nobody must believe that messages leave while they pile up in a folder."""
    boxed = sorted(set(boxes) - set(live))
    if boxed and (settings.production or not live):
        names = " and ".join(f"AMICABLE_{name.upper()}__PROVIDER" for name in boxed)
        raise SettingsError(
            f"AMICABLE_LIVE is set, but {names} would still write to the outbox; "
            "name a live provider (sendgrid, smtp, twilio, queue) with its keys; sms, voice and "
            "post may be none"
        )


def told_as_settings(make: Callable[[], Made]) -> Made:
    """Make an adapter; what is wrong is told by the names of the settings.

    Raises:
        SettingsError: if it cannot be made.
    """
    try:
        return make()
    except ValueError as error:
        raise SettingsError(FIELD.sub(_variable, str(error))) from None


def _variable(field: re.Match[str]) -> str:
    """``sendgrid.api_key`` as its environment variable."""
    return f"AMICABLE_{field[1]}__{field[2]}".upper()

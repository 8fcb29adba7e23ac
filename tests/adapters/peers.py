"""Every channel with its provider's side, and how to make the provider misbehave."""

from __future__ import annotations

import email
import email.policy
from base64 import b64decode
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from activities.ports.ports import Channel
from activities.ports.types import Envelope, Found
from adapters.email.sendgrid_mail import SendGridMail
from adapters.email.smtp_mail import SmtpMail
from adapters.outbox.outbox import OutboxMail, OutboxSms
from adapters.twilio.sms import TwilioSms
from tests.adapters.email.mailserver import HANG_UP, PASSWORD, USER, certificate, mail_server
from tests.adapters.letters.samples import MAIL, SMS
from tests.adapters.vendors import ACCOUNT, SendGridServer, TwilioServer, Vendor
from tests.fakes import BUSY, LOST_BUT_TAKEN, REJECT, FakeChannel

TOKEN, KEY = "twilio-token", "SG.secret-key"
SECRETS = (TOKEN, KEY, PASSWORD)


@dataclass(frozen=True)
class Arrived:
    """A mail as the recipient's program shows it."""

    headers: Mapping[str, str]
    files: Mapping[str, bytes]


@dataclass
class Peer:
    """A channel, its provider's side, and how to make the provider misbehave.

    Attributes:
        taken: how many messages the recipient gets.
        reject: makes the provider refuse the recipient, or answers a message that it will refuse.
        newest: the mail that arrived last.
        has_search: whether the provider can be asked what it has taken.
    """

    channel: Channel
    envelope: Envelope
    taken: Callable[[], int]
    reject: Callable[[], Envelope]
    busy: Callable[[], object] | None = None
    swallow: Callable[[], object] | None = None
    server: Vendor | None = None
    newest: Callable[[], Arrived] | None = None
    has_search: bool = True

    def told(self, found: Found) -> Found:
        """What a look-up answers here, where an exact one would answer that."""
        return found if self.has_search else Found.CANNOT_TELL


def _read(raw: bytes) -> Arrived:
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    files = {str(part.get_filename()): part for part in mail.walk() if part.get_filename()}
    bodies = {name: bytes(part.get_payload(decode=True)) for name, part in files.items()}
    return Arrived({name: str(value) for name, value in mail.items()}, bodies)


def _outbox(kind: type[OutboxMail | OutboxSms], envelope: Envelope, folder: Path) -> Peer:
    def taken() -> int:
        log = folder / "sent.jsonl"
        return len(log.read_text().splitlines()) if log.exists() else 0

    def newest() -> Arrived:
        files = sorted(folder.glob("*/*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return _read(files[-1].read_bytes())

    bad = "who@nowhere.invalid" if envelope.channel == "email" else "0800 123"
    return Peer(kind(folder), envelope, taken, lambda: replace(envelope, to=bad), newest=newest)


def _fake(_stack: ExitStack, _server: HTTPServer, _folder: Path) -> Peer:
    channel = FakeChannel()

    def reject() -> Envelope:
        channel.will(REJECT)
        return MAIL

    return Peer(
        channel,
        MAIL,
        lambda: len(channel.taken),
        reject,
        lambda: channel.will(BUSY),
        lambda: channel.will(LOST_BUT_TAKEN),
    )


def _vendor(server: Vendor, channel: Channel, envelope: Envelope, refusal: object) -> Peer:
    def reject() -> Envelope:
        server.fail(400, refusal)
        return envelope

    def busy() -> None:
        server.fail(429, {"code": 20429, "message": "Too many requests"}, Retry_After="120")

    return Peer(channel, envelope, lambda: len(server.taken), reject, busy, server.swallow, server)


def _sendgrid(_stack: ExitStack, server: HTTPServer, _folder: Path) -> Peer:
    here = SendGridServer(server)
    refusal = {"errors": [{"message": "bad address", "field": "personalizations.0.to.0.email"}]}

    def newest() -> Arrived:
        body = here.taken[-1]
        own = body["personalizations"][0].get("headers", {})
        told = {"Reply-To": body["reply_to"]["email"], "Subject": body["subject"]}
        files = {one["filename"]: b64decode(one["content"]) for one in body.get("attachments", ())}
        return Arrived(body["headers"] | own | told, files)

    peer = _vendor(here, SendGridMail(KEY, host=here.url), MAIL, refusal)
    return replace(peer, newest=newest)


def _twilio(_stack: ExitStack, server: HTTPServer, _folder: Path) -> Peer:
    here = TwilioServer(server)
    channel = TwilioSms(ACCOUNT, TOKEN, from_number="+15005550006", base_url=here.url)
    return _vendor(here, channel, SMS, {"code": 21211, "message": f"{SMS.to} is no number"})


def _smtp(stack: ExitStack, _server: HTTPServer, folder: Path) -> Peer:
    """A real mail server by TLS; only for this test the machine trusts its certificate."""
    patch = stack.enter_context(pytest.MonkeyPatch.context())
    patch.setenv("SSL_CERT_FILE", str(certificate(folder)))
    here = stack.enter_context(mail_server("starttls", folder))

    def reject() -> Envelope:
        here.will("RCPT", f"550 5.1.1 <{MAIL.to}>: user unknown")
        return MAIL

    return Peer(
        SmtpMail("127.0.0.1", here.port, username=USER, password=PASSWORD),
        MAIL,
        lambda: len(here.taken),
        reject,
        lambda: here.will("RCPT", "451 4.7.1 greylisted"),
        lambda: here.will("DATA", HANG_UP),
        newest=lambda: _read(here.taken[-1].raw),
        has_search=False,
    )


PEERS: Mapping[str, Callable[[ExitStack, HTTPServer, Path], Peer]] = {
    "outbox mail": lambda _stack, _server, folder: _outbox(OutboxMail, MAIL, folder),
    "outbox sms": lambda _stack, _server, folder: _outbox(OutboxSms, SMS, folder),
    "fake": _fake,
    "sendgrid": _sendgrid,
    "smtp": _smtp,
    "twilio": _twilio,
}
REMOTE = ("fake", "sendgrid", "smtp", "twilio")
"""Peers that can be busy or lose an answer; a folder never does."""

REAL = tuple(name for name in PEERS if name != "fake")
REAL_MAILS = ("outbox mail", "sendgrid", "smtp")
MAILS = (*REAL_MAILS, "fake")

"""A mail server on this machine, with TLS and a password, that keeps what it takes."""

from __future__ import annotations

import asyncio
import email
import email.policy
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

USER, PASSWORD = "amicable", "correct horse"
HANG_UP = "hang up"


@dataclass(frozen=True)
class Taken:
    """One mail, as it came over the wire.

    Attributes:
        sender: where what cannot be delivered goes.
    """

    sender: str
    to: list[str]
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        """The mail as a mail program reads it."""
        mail = email.message_from_bytes(self.raw, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        assert not [part.defects for part in mail.walk() if part.defects]
        return mail


class MailServer:
    """Takes every mail, unless told otherwise for the next command of a kind.

    Attributes:
        taken: the mails that the recipient gets.
        signed_in: how many came with the right password.
    """

    def __init__(self) -> None:
        self.port = 0
        self.taken: list[Taken] = []
        self.signed_in = 0
        self._script: dict[str, str] = {}

    def will(self, command: str, reply: str) -> None:
        """Answer the next MAIL, RCPT or DATA with this."""
        self._script[command] = reply

    def check(self, _server: Any, _session: Any, _envelope: Any, how: str, told: Any) -> AuthResult:
        """Look at a user's name and password."""
        good = isinstance(told, LoginPassword) and told.password == PASSWORD.encode()
        good = good and told.login == USER.encode()
        self.signed_in += good
        return AuthResult(success=good, handled=good)

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take the sender."""
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._script.pop("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        """Take the recipient."""
        envelope.rcpt_tos.append(address)
        return self._script.pop("RCPT", "250 OK")

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Take the mail; who then hangs up has taken it all the same."""
        reply = self._script.pop("DATA", "250 OK")
        if reply.startswith("250") or reply == HANG_UP:
            self.taken.append(Taken(envelope.mail_from, envelope.rcpt_tos, envelope.content))
        if reply == HANG_UP:
            server.transport.abort()
        return reply


Security = Literal["starttls", "tls", "none"]


@contextmanager
def mail_server(
    security: Security = "starttls", folder: Path | None = None
) -> Iterator[MailServer]:
    """A running server; by TLS its certificate and key stand in the folder."""
    server, loop = MailServer(), asyncio.new_event_loop()
    trust = _trust(folder) if folder else None

    def session() -> SMTP:
        inner = trust if security == "starttls" else None
        return SMTP(
            server,
            tls_context=inner,
            require_starttls=bool(inner),
            auth_required=security == "starttls",
            auth_require_tls=security == "starttls",
            authenticator=server.check,
            loop=loop,
        )

    async def listen() -> asyncio.Server:
        outer = trust if security == "tls" else None
        return await loop.create_server(session, "127.0.0.1", 0, ssl=outer)

    thread = threading.Thread(target=loop.run_forever, name="mail server", daemon=True)
    thread.start()
    listening = asyncio.run_coroutine_threadsafe(listen(), loop).result(100)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(_end(listening), loop).result(100)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(100)
        loop.close()


async def _end(listening: asyncio.Server) -> None:
    listening.close()
    mine = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in mine:
        task.cancel()
    await asyncio.gather(*mine, return_exceptions=True)


def certificate(folder: Path, name: str = "127.0.0.1", days: int = 1) -> Path:
    """A self-made certificate for an address, valid for so many days; its key stands beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    named = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(named, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(made.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "server.key").write_bytes(private)
    return file


def _trust(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context

"""A mailbox on this machine: as much of IMAP, by TLS, as somebody needs who only reads."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_COMMAND = re.compile(rb"(\S+) (UID )?(\S+) ?(.*)\r\n")


@dataclass
class Mailbox:
    """What lies in it, by number.

    Attributes:
        broken: numbers that the server cannot fetch.
        heard: every command, without its tag.
    """

    port: int = 0
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    validity: int = 7
    mails: dict[int, bytes] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)

    def answer(self, name: str, rest: str) -> Iterator[bytes]:
        """What the server says to a command, before its OK."""
        if name == "CAPABILITY":
            yield b"* CAPABILITY IMAP4rev1"
        elif name in {"EXAMINE", "SELECT"}:
            yield b"* %d EXISTS" % len(self.mails)
            yield b"* OK [UIDVALIDITY %d] valid" % self.validity
        elif name == "SEARCH":
            first = int(re.findall(r"\d+", rest)[0])
            newest = max(self.mails, default=0)
            found = [uid for uid in sorted(self.mails) if uid >= first or uid == newest]
            yield b"* SEARCH " + " ".join(map(str, found)).encode()
        elif name == "FETCH":
            uid = int(rest.split(maxsplit=1)[0])
            raw = self.mails[uid]
            yield b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n%s)" % (uid, len(raw), raw)


class _Server(socketserver.ThreadingTCPServer):
    """Says nothing of a client that does not trust it."""

    def __init__(self, box: Mailbox, context: ssl.SSLContext) -> None:
        self.box, self.context = box, context
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """The client knows."""


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def setup(self) -> None:
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        while found := _COMMAND.fullmatch(self.rfile.readline()):
            name, rest = found[3].decode().upper(), found[4].decode()
            self.server.box.heard.append(f"{'UID ' if found[2] else ''}{name}")
            self.wfile.write(self._answer(found[1], name, rest))

    def _answer(self, tag: bytes, name: str, rest: str) -> bytes:
        box = self.server.box
        if name == "FETCH" and int(rest.split(maxsplit=1)[0]) in box.broken:
            return tag + b" BAD cannot\r\n"
        return b"\r\n".join([*box.answer(name, rest), tag + b" OK done\r\n"])


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Mailbox]:
    """A mailbox that listens, with a certificate that only its own client trusts."""
    box, certificate = Mailbox(), folder / "imap.pem"
    certificate.write_bytes(_certificate())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with _Server(box, context) as server:
        box.port = server.server_address[1]
        box.trust = ssl.create_default_context(cafile=str(certificate))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield box
        server.shutdown()


def _certificate() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    local = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([local]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + made.public_bytes(Encoding.PEM)

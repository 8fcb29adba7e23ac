"""One call goes to the address that was checked, is over in time, and follows nobody elsewhere."""

from __future__ import annotations

import itertools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.webhooks.post import MOST_READ, Poster
from adapters.webhooks.ssrf import ForbiddenError
from tests.receiver import Receiver, listening

PUBLIC = "93.184.215.14"
HEAD = {"webhook-id": "evt_1", "webhook-timestamp": "1", "webhook-signature": "v1,x"}
URL = "https://hooks.example/in"


class Wire:
    """Dials: writes down who was called, and connects to a server of the test's own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.called: list[tuple[str, int]] = []

    def __call__(self, address: tuple[str, int], timeout: float) -> socket.socket:
        """Connect to the test's server, whoever was meant."""
        self.called.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for hooks.example, by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hooks.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, *plain))
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[Receiver]:
    """A receiver that speaks TLS."""
    with listening() as receiver:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
        yield receiver


def trusting(certificate: Path) -> Callable[[], ssl.SSLContext]:
    return lambda: ssl.create_default_context(cafile=str(certificate))


def test_the_call_goes_to_the_checked_address_under_the_names_certificate(
    secure: Receiver, certificate: Path
) -> None:
    wire = Wire(secure.port)
    poster = Poster(resolver=lambda *_: (PUBLIC,), dial=wire, trust=trusting(certificate))

    assert poster.post(URL, HEAD, "{}").taken
    assert wire.called == [(PUBLIC, 443)]
    assert secure.got[0].headers["host"] == "hooks.example"
    other = poster.post("https://other.example/in", HEAD, "{}")
    assert (other.status, len(secure.got)) == (0, 1), "another name's certificate is none"


def test_a_name_that_points_elsewhere_the_next_time_gains_nothing(
    secure: Receiver, certificate: Path
) -> None:
    """DNS rebinding: the first answer is checked and used, and the name is asked only once."""
    answers = itertools.chain([(PUBLIC,)], itertools.repeat(("127.0.0.1",)))
    wire = Wire(secure.port)
    poster = Poster(resolver=lambda *_: next(answers), dial=wire, trust=trusting(certificate))

    assert poster.post(URL, HEAD, "{}").taken
    again = poster.post(URL, HEAD, "{}")
    assert (again.status, "own network" in again.detail) == (0, True)
    assert wire.called == [(PUBLIC, 443)]


def test_an_address_that_does_not_answer_leaves_the_next_one(
    secure: Receiver, certificate: Path
) -> None:
    wire = Wire(secure.port)

    def dial(address: tuple[str, int], timeout: float) -> socket.socket:
        if ":" in address[0]:
            raise ConnectionRefusedError
        return wire(address, timeout)

    both = ("2606:4700::1111", PUBLIC)
    assert Poster(resolver=lambda *_: both, dial=dial, trust=trusting(certificate)).post(
        URL, HEAD, "{}"
    )
    assert wire.called == [(PUBLIC, 443)]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with listening() as receiver, listening() as elsewhere:
        receiver.will(status, Location=elsewhere.url)
        allow = (f"127.0.0.1:{receiver.port}", f"127.0.0.1:{elsewhere.port}")
        reply = Poster(allow).post(receiver.url, HEAD, "{}")

    assert (reply.status, reply.taken, elsewhere.got) == (status, False, [])
    assert "final URL" in reply.detail


def test_no_proxy_comes_between(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as receiver, listening() as proxy:
        for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert Poster((f"127.0.0.1:{receiver.port}",)).post(receiver.url, HEAD, "{}").taken
        assert proxy.got == []


def test_a_busy_endpoint_says_when_to_come_back() -> None:
    with listening() as receiver:
        receiver.will(429, Retry_After="120")
        reply = Poster((f"127.0.0.1:{receiver.port}",)).post(receiver.url, HEAD, "{}")

    assert (reply.status, reply.retry_after) == (429, timedelta(minutes=2))


@contextmanager
def rude(say: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that takes one request and then does what it likes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)

        def serve() -> None:
            line, _ = server.accept()
            with line:
                line.recv(65536)
                try:
                    say(line)
                except OSError:
                    return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(server.getsockname()[1])
        thread.join(5)
        assert not thread.is_alive(), "the caller never hung up"


def drip(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        line.sendall(b"x")
        time.sleep(0.05)


def flood(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n")
    while True:
        line.sendall(b"x" * MOST_READ)


def endless_header(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        line.sendall(b"x" * 65536)


def gibberish(line: socket.socket) -> None:
    line.sendall(b"\x00\xff\x00 lp0 on fire\r\n\r\n")


def hang_up(line: socket.socket) -> None:
    line.close()


@pytest.mark.parametrize("manner", [drip, endless_header, gibberish, hang_up])
def test_a_rude_endpoint_costs_little_and_counts_as_no_answer(
    manner: Callable[[socket.socket], None],
) -> None:
    with rude(manner) as port:
        start = time.monotonic()
        poster = Poster((f"127.0.0.1:{port}",), timeout=0.5)
        reply = poster.post(f"http://127.0.0.1:{port}/", HEAD, "{}")
        assert (reply.status, reply.taken) == (0, False)
        assert time.monotonic() - start < 3


def test_an_endless_answer_is_cut_off_after_its_status() -> None:
    with rude(flood) as port:
        poster = Poster((f"127.0.0.1:{port}",), timeout=2)
        assert poster.post(f"http://127.0.0.1:{port}/", HEAD, "{}").status == 200


def test_an_address_is_checked_when_it_is_put_down() -> None:
    Poster(resolver=lambda *_: (PUBLIC,)).check(URL)
    with pytest.raises(ForbiddenError, match="own network"):
        Poster(resolver=lambda *_: ("10.0.0.1",)).check(URL)
    with pytest.raises(ForbiddenError, match="not known"):
        Poster().check("https://a..b/in")

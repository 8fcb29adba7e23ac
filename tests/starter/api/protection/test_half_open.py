"""Who asks half a question, or sends half a body, keeps nobody else from being answered."""

import resource
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, suppress

import pytest
from httpx import Client

from adapters.config.settings import Settings
from adapters.config.settings_groups import SendGridSettings
from adapters.ledger.core.engine import Engine
from starter.api import connections, middleware
from starter.api.app import Parts, gateway
from starter.api.auth import address_of
from starter.api.connections import MOST_WAITING
from starter.api.errors import HttpProblem
from starter.api.hooks import bodies
from starter.api.hooks.bodies import UnprovedBodies
from starter.api.hooks.hooks import ProviderHooks
from starter.application import Application
from tests.incoming.sendgrid import Signer
from tests.starter.api.factories import Remembering, listening, opened_gateway
from tests.starter.api.protection.requests import request_from

HALF = b"POST /v1/cases HTTP/1.1\r\nHost: amicable\r\nX-Slow: "
MANY = 1000
EVENTS = "/hooks/sendgrid/events"


@pytest.fixture
def _many_files() -> Iterator[None]:
    """This process holds both ends of each connection."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    if before[1] < 4 * MANY:
        pytest.skip("this machine lets a process open few files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (4 * MANY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def _half_open(stack: ExitStack, address: str, sent: bytes) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    line = stack.enter_context(socket.create_connection((host, int(port)), timeout=60))
    line.sendall(sent)
    return line


def _hung_up(line: socket.socket) -> bool:
    """Whether the other side has closed it, without waiting."""
    line.settimeout(0)
    try:
        return line.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True
    finally:
        line.settimeout(60)


@pytest.mark.usefixtures("_many_files")
def test_a_thousand_half_open_connections_do_not_stop_healthz(engine: Engine) -> None:
    """Fault F4: the oldest of those who wait too many are closed, and everybody else is served."""
    with opened_gateway(engine) as outside, ExitStack() as stack:
        address = str(outside.client.base_url).rstrip("/")
        lines = [_half_open(stack, address, HALF) for _ in range(MANY)]
        answer = outside.client.get("/healthz")
        kept = [line for line in lines if not _hung_up(line)]

    assert answer.status_code == 200
    assert len(kept) <= MOST_WAITING


def test_headers_that_never_end_are_given_up(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A header more each moment gives it no more time."""
    made = connections.WaitingConnections
    monkeypatch.setattr(connections, "WaitingConnections", lambda: made(seconds=0.5))
    with opened_gateway(engine) as outside, ExitStack() as stack:
        line = _half_open(stack, str(outside.client.base_url).rstrip("/"), HALF)
        with suppress(ConnectionError):
            while not _hung_up(line):
                line.sendall(b"x")
                time.sleep(0.05)


class Line:
    """A connection with its loop, its line and its timer in one, that notes how it ends."""

    def __init__(self) -> None:
        self.aborted = False
        self.loop = self.transport = self

    def call_later(self, *_: object) -> "Line":
        """A timer that never rings."""
        return self

    def cancel(self) -> None:
        """The timer is not needed any more."""

    def abort(self) -> None:
        """Closed by us."""
        self.aborted = True


@pytest.mark.parametrize(("waiting", "closed"), [(3, 0), (4, 1), (5, 2)])
def test_the_longest_waiting_are_closed_first(waiting: int, closed: int) -> None:
    bound = connections.WaitingConnections(most=3)
    lines = [Line() for _ in range(waiting)]
    for line in lines:
        bound.waits(line)  # type: ignore[arg-type]

    assert [line.aborted for line in lines] == [n < closed for n in range(waiting)]


@pytest.fixture
def hooks(engine: Engine) -> Iterator[tuple[str, Signer]]:
    """A gateway with the addresses that providers report to."""
    signer = Signer()
    told = SendGridSettings(event_key=signer.public, inbound_key=signer.public)
    application = Application(Settings(sendgrid=told), engine)
    routers = ProviderHooks(application).routers
    temporal = Remembering()
    app = gateway(Parts(application=application, connect=temporal.connect, routers=routers))
    with listening(app) as address:
        yield address, signer


def _begun(length: int, headers: dict[str, str]) -> bytes:
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {EVENTS} HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n{told}\r\n".encode()


def test_a_body_that_trickles_is_given_up(
    hooks: tuple[str, Signer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a body and then nothing: 408, and the connection ends."""
    monkeypatch.setattr(middleware, "SECONDS_TO_SEND", 0.2)
    address, signer = hooks
    with ExitStack() as stack:
        line = _half_open(stack, address, _begun(1000, signer.headers(b"")) + b"[")
        answer = line.recv(4096)
    assert answer.startswith(b"HTTP/1.1 408")


def test_too_many_unproved_bodies_are_sent_away_and_the_rest_is_served(
    hooks: tuple[str, Signer],
) -> None:
    """Half of the places for one address; whoever is turned away may come again."""
    address, signer = hooks
    unproved = signer.headers(b"something else")
    with ExitStack() as stack, Client(base_url=address, timeout=60) as client:
        for _ in range(bodies.UNPROVED_AT_ONCE // 2):
            _half_open(stack, address, _begun(1_000_000, unproved) + b"x" * 100)
        body = b"[]"
        busy = client.post(EVENTS, content=body, headers=signer.headers(body))
        healthy = client.get("/healthz")
        stack.close()
        while client.post(EVENTS, content=body, headers=signer.headers(body)).status_code != 204:
            time.sleep(0.05)

    assert (busy.status_code, busy.headers["retry-after"]) == (503, "30")
    assert healthy.status_code == 200


async def _pieces(*sizes: int) -> AsyncIterator[bytes]:
    for size in sizes:
        yield b"x" * size


@pytest.mark.parametrize(("size", "says"), [(99, None), (100, None), (101, "too-large")])
async def test_one_body_has_a_bound(size: int, says: str | None) -> None:
    assert await _received(UnprovedBodies(), size, 100) == says


@pytest.mark.parametrize(("size", "says"), [(49, None), (50, None), (51, "busy")])
async def test_all_bodies_together_have_a_bound(size: int, says: str | None) -> None:
    held = UnprovedBodies(most_on_disk=100)
    first = await held.receive(_pieces(25, 25), 1000, lambda _: None)
    assert await _received(held, size, 1000) == says
    first.close()
    assert await _received(held, 100, 1000) is None


async def _received(held: UnprovedBodies, size: int, most: int) -> str | None:
    try:
        body = await held.receive(_pieces(size), most, lambda _: None)
    except HttpProblem as problem:
        return problem.sort.name
    assert body.read() == b"x" * size
    body.close()
    return None


def test_a_large_body_waits_on_disk_until_its_signature_is_checked(
    hooks: tuple[str, Signer],
) -> None:
    """A mail of 8 MB is signed over all of it; wrong by one byte it is thrown away."""
    address, signer = hooks
    body = b'[{"event": "' + b"x" * 7_000_000 + b'"}]'
    with Client(base_url=address, timeout=60) as client:
        wrong = client.post(EVENTS, content=body + b" ", headers=signer.headers(body))
        right = client.post(EVENTS, content=body, headers=signer.headers(body))
    assert (wrong.status_code, right.status_code) == (403, 204)


PROXY, FAR, NEAR = "10.0.0.1", "203.0.113.9", "198.51.100.7"


@pytest.mark.parametrize(
    ("peer", "said", "trusted", "found"),
    [
        (FAR, (NEAR,), (), FAR),
        (FAR, (NEAR,), ("10.0.0.0/8",), FAR),
        (PROXY, (NEAR,), ("10.0.0.0/8",), NEAR),
        (PROXY, (f"{FAR}, {NEAR}",), ("10.0.0.0/8",), NEAR),
        (PROXY, (FAR, NEAR), ("10.0.0.0/8",), NEAR),
        (PROXY, (f"{FAR}, {NEAR}, 10.0.0.2",), ("10.0.0.0/8",), NEAR),
        (PROXY, (f"{NEAR}:4711",), ("10.0.0.1",), NEAR),
        (PROXY, ("[2001:db8:1:2:3::4]:443",), ("10.0.0.1",), "2001:0db8:0001:0002"),
        (PROXY, ("unknown",), ("10.0.0.0/8",), PROXY),
        (PROXY, (), ("10.0.0.0/8",), PROXY),
        ("::ffff:10.0.0.1", (NEAR,), ("10.0.0.0/8",), NEAR),
        ("127.0.0.1", (NEAR,), (), "127.0.0.1"),
    ],
)
def test_a_forwarded_address_is_believed_from_our_proxies_alone(
    peer: str, said: tuple[str, ...], trusted: tuple[str, ...], found: str
) -> None:
    """Read from its end: what a caller wrote into the header stands before what the proxy adds."""
    assert address_of(request_from(peer, said, trusted)) == found


def test_nobody_escapes_the_brake_by_naming_another_address_each_time(engine: Engine) -> None:
    """Fault F7: ten wrong keys a minute, whatever X-Forwarded-For says."""
    with opened_gateway(engine, strict=True) as outside:
        statuses = [
            outside.client.get(
                "/v1/cases",
                headers={"Authorization": "Bearer amk_guess", "X-Forwarded-For": f"192.0.2.{n}"},
            ).status_code
            for n in range(12)
        ]
    assert statuses == [401] * 10 + [429] * 2

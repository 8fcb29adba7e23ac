"""On every channel a message's last byte leaves only while the look holds that it rests on."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from activities.ports.clock import LOOK_HOLDS, LastLook, seconds_awake_or_not
from activities.ports.types import Receipt, Sent
from adapters.agency.agency import AgencyFolder, AgencyWebhook
from adapters.email.sendgrid_mail import SendGridMail
from adapters.email.smtp_mail import SmtpMail
from adapters.outbox.outbox import OutboxMail
from adapters.twilio.account import TwilioAccount
from adapters.twilio.sms import TwilioSms
from adapters.twilio.voice import TwilioVoice
from tests.adapters.agency.dossiers import DOSSIER, SECRET
from tests.adapters.email.badmail import bad_mail_server
from tests.adapters.email.mailserver import certificate
from tests.adapters.letters.samples import MAIL, SMS
from tests.adapters.peers import KEY, TOKEN
from tests.adapters.twilio.test_twilio_voice import CALL
from tests.adapters.vendors import ACCOUNT

ROOT = Path(__file__).resolve().parents[2]
STALE = LOOK_HOLDS.total_seconds() + 1
WATCHDOG = 120


@dataclass
class Listener:
    """A web server that reads until the other side leaves, and takes what is whole."""

    port: int = 0
    scheme: str = "http"
    got: list[bytes] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    at_headers: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def talk(self, peer: socket.socket) -> None:
        """Read one request, and answer it if it is whole."""
        read = b""
        with suppress(OSError):
            while not self.whole(read):
                if b"\r\n\r\n" in read:
                    self.at_headers()
                piece = peer.recv(65536)
                if not piece:
                    break
                read += piece
            if self.whole(read):
                self.got.append(read)
                peer.sendall(b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}")
        self.left.set()

    @staticmethod
    def whole(read: bytes) -> bool:
        """Whether a server would act on it."""
        head, end, body = read.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        return bool(end) and len(body) >= int(length[1] if length else 0)


@pytest.fixture
def web() -> Iterator[Listener]:
    with _listening(Listener(), lambda peer: peer) as here:
        yield here


@pytest.fixture
def tls_web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """The same behind TLS; only for this test the machine trusts its certificate."""
    chain = certificate(tmp_path)
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.setenv(name, str(chain))
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(chain, tmp_path / "server.key")
    with _listening(
        Listener(scheme="https"), lambda peer: trust.wrap_socket(peer, server_side=True)
    ) as here:
        yield here


@contextmanager
def _listening(
    here: Listener, wrapped: Callable[[socket.socket], socket.socket]
) -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        here.port = listener.getsockname()[1]

        def serve() -> None:
            with suppress(OSError):
                while True:
                    peer, _ = listener.accept()
                    with wrapped(peer) as line:
                        here.talk(line)

        threading.Thread(target=serve, daemon=True).start()
        yield here
        listener.shutdown(socket.SHUT_RDWR)


def _account(web: Listener) -> TwilioAccount:
    return TwilioAccount(ACCOUNT, TOKEN, base_url=web.url, public_url="http://127.0.0.1:9")


SENDERS: dict[str, Callable[[Listener, LastLook], Receipt]] = {
    "sendgrid": lambda web, look: SendGridMail(KEY, host=web.url).send(replace(MAIL, look=look)),
    "sms": lambda web, look: TwilioSms(
        ACCOUNT, TOKEN, from_number="+15005550006", base_url=web.url
    ).send(replace(SMS, look=look)),
    "voice": lambda web, look: TwilioVoice(_account(web), "+15005550006").send(
        replace(CALL, look=look)
    ),
    "agency": lambda web, look: AgencyWebhook(web.url, SECRET).deliver(replace(DOSSIER, look=look)),
}


def _ago(seconds: float) -> LastLook:
    return LastLook(at=seconds_awake_or_not() - seconds)


@pytest.mark.parametrize("channel", SENDERS)
def test_a_request_stays_unfinished_when_the_look_is_too_long_ago(
    channel: str, web: Listener
) -> None:
    receipt = SENDERS[channel](web, _ago(STALE))

    assert web.left.wait(WATCHDOG)
    assert (receipt.sent, web.got) == (Sent.STALE, [])


@pytest.mark.parametrize("channel", SENDERS)
@pytest.mark.parametrize(("ago", "arrives"), [(0.0, 1), (STALE, 0)])
def test_it_is_the_same_by_tls(channel: str, ago: float, arrives: int, tls_web: Listener) -> None:
    receipt = SENDERS[channel](tls_web, _ago(ago))

    assert tls_web.left.wait(WATCHDOG)
    assert (receipt.sent is Sent.STALE, len(tls_web.got)) == (not arrives, arrives)


@pytest.mark.parametrize("channel", SENDERS)
def test_a_request_is_whole_when_the_look_is_fresh(channel: str, web: Listener) -> None:
    receipt = SENDERS[channel](web, LastLook())
    assert receipt.sent is not Sent.STALE
    assert len(web.got) == 1


def test_a_mail_lacks_its_dot_when_the_look_is_too_long_ago() -> None:
    with bad_mail_server() as server:
        mail = SmtpMail("127.0.0.1", server.port, security="none")
        receipt = mail.send(replace(MAIL, look=_ago(STALE)))
        assert server.over.wait(WATCHDOG)
        assert (receipt.sent, server.taken, "DATA" in server.heard) == (Sent.STALE, [], True)


def test_a_folder_gets_no_file_when_the_look_is_too_long_ago(tmp_path: Path) -> None:
    outbox = OutboxMail(tmp_path / "outbox").send(replace(MAIL, look=_ago(STALE)))
    agency = AgencyFolder(tmp_path / "agency").deliver(replace(DOSSIER, look=_ago(STALE)))

    assert (outbox.sent, agency.sent) == (Sent.STALE, Sent.STALE)
    assert not (tmp_path / "outbox/sent.jsonl").exists()
    assert list((tmp_path / "agency").glob("*/*.json")) == []


class Stoppable:
    """A program that sends one large mail, and can be stopped in the middle (SIGSTOP)."""

    def __init__(self, kind: str, port: int) -> None:
        command = [sys.executable, "-m", "tests.adapters.large_mail", kind, str(port)]
        self.program = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE)
        self.stood = False

    def stand_still(self) -> None:
        """Stop it until its look is too long ago, and let it go on; once."""
        if self.stood:
            return
        self.stood = True
        os.kill(self.program.pid, signal.SIGSTOP)
        os.waitpid(self.program.pid, os.WUNTRACED)
        # Nobody else knows when it looked: from its stop on, it cannot have looked later.
        end = seconds_awake_or_not() + LOOK_HOLDS.total_seconds() + 0.1
        while seconds_awake_or_not() < end:
            threading.Event().wait(0.1)
        os.kill(self.program.pid, signal.SIGCONT)

    def says(self) -> str:
        """How it ended."""
        return self.program.communicate(timeout=WATCHDOG)[0].strip()


@pytest.mark.timeout(WATCHDOG)
def test_a_process_that_is_stopped_in_the_middle_of_a_request_does_not_finish_it(
    web: Listener,
) -> None:
    """Fault F2 for HTTP: the headers are out, megabytes are on their way, and it stands still."""
    program = Stoppable("sendgrid", web.port)
    web.at_headers = program.stand_still

    assert program.says() == "stale"
    assert web.left.wait(WATCHDOG)
    assert (program.stood, web.got) == (True, [])


@pytest.mark.timeout(WATCHDOG)
def test_a_process_that_is_stopped_after_354_does_not_end_its_mail() -> None:
    """Fault F2 for SMTP: frozen after the server's go-ahead, thawed when the money has come."""
    with bad_mail_server() as server:
        program = Stoppable("smtp", server.port)
        server.before["DATA"] = program.stand_still

        assert program.says() == "stale"
        assert server.over.wait(WATCHDOG)
        assert (program.stood, server.taken) == (True, [])

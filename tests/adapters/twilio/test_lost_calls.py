"""Time-outs, resets and dead hosts: what they prove, and that ten seconds are ten seconds."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from activities.ports.types import Found, Receipt, Sent
from adapters.agency.agency import AgencyWebhook
from adapters.email.sendgrid_mail import SendGridMail
from adapters.twilio.sms import TwilioSms
from tests.adapters.agency.dossiers import DOSSIER, SECRET
from tests.adapters.letters.samples import MAIL, NOW, SMS
from tests.adapters.vendors import ACCOUNT

PATIENCE = 0.4


def reset(peer: socket.socket) -> None:
    peer.recv(65536)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang_up(peer: socket.socket) -> None:
    peer.recv(65536)


def silence(peer: socket.socket) -> None:
    time.sleep(PATIENCE * 3)


def drip(peer: socket.socket) -> None:
    for byte in b"HTTP/1.1 202 Accepted\r\nX-Message-Id: m1\r\n" * 9:
        peer.sendall(bytes([byte]))
        time.sleep(PATIENCE / 4)


def babble(peer: socket.socket) -> None:
    peer.recv(65536)
    peer.sendall(b"220 mail.example ESMTP ready\r\n")


@contextmanager
def host(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that takes one connection after another and misbehaves."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    peer, _ = listener.accept()
                    with peer, suppress(OSError):
                        behave(peer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def by_sendgrid(url: str) -> Receipt:
    return SendGridMail("SG.key", host=url, timeout=PATIENCE).send(MAIL)


def by_twilio(url: str) -> Receipt:
    channel = TwilioSms(ACCOUNT, "t", from_number="+15005550006", base_url=url, timeout=PATIENCE)
    return channel.send(SMS)


def by_webhook(url: str) -> Receipt:
    return AgencyWebhook(url, SECRET, timeout=PATIENCE).deliver(DOSSIER)


SENDERS = pytest.mark.parametrize("send", [by_sendgrid, by_twilio, by_webhook])


@SENDERS
@pytest.mark.parametrize("behave", [reset, hang_up, silence, drip, babble])
def test_a_call_without_an_answer_is_unknown_and_over_in_time(
    send: Callable[[str], Receipt], behave: Callable[[socket.socket], None]
) -> None:
    with host(behave) as url:
        started = time.monotonic()
        receipt = send(url)

    assert receipt.sent is Sent.UNKNOWN
    assert time.monotonic() - started < PATIENCE * 2.5


@SENDERS
def test_a_refused_connection_proves_that_nothing_was_sent(
    send: Callable[[str], Receipt],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert send(f"http://127.0.0.1:{port}").sent is Sent.NOT_SENT


@SENDERS
def test_a_host_that_does_not_exist_proves_that_nothing_was_sent(
    send: Callable[[str], Receipt], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_such_name(*_args: object, **_kwargs: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)

    assert send("https://nowhere.invalid").sent is Sent.NOT_SENT


@SENDERS
def test_a_host_that_speaks_no_tls_proves_that_nothing_was_sent(
    send: Callable[[str], Receipt],
) -> None:
    with host(babble) as url:
        receipt = send(url.replace("http:", "https:"))

    assert receipt.sent is Sent.NOT_SENT


def test_a_search_without_an_answer_cannot_tell() -> None:
    with host(silence) as url:
        mail = SendGridMail("SG.key", host=url, timeout=PATIENCE)
        sms = TwilioSms(ACCOUNT, "t", from_number="+15005550006", base_url=url, timeout=PATIENCE)

        assert mail.look_up(MAIL, NOW) is Found.CANNOT_TELL
        assert sms.look_up(SMS, NOW) is Found.CANNOT_TELL

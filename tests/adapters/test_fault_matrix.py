"""Rows 8 to 12 of the fault matrix for SendGrid and Twilio: what an odd answer proves.

The mail server's are in test_smtp_faults.py, the send protocol's in tests/activities.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from activities.ports.ports import Channel
from activities.ports.types import Envelope, Found, Sent
from adapters.email.sendgrid_mail import SendGridMail
from adapters.twilio.sms import TwilioSms
from tests.adapters.letters.samples import MAIL, NOW, SMS
from tests.adapters.twilio.test_lost_calls import PATIENCE, host
from tests.adapters.vendors import ACCOUNT, SendGridServer, TwilioServer, Vendor

YESTERDAY = NOW - timedelta(days=1)
HTML = "<html><body>a proxy's page</body></html>"
OK = "HTTP/1.1 202 Accepted\r\nX-Message-Id: m1\r\n"


@dataclass
class Pair:
    """A vendor on this machine and our channel to it."""

    server: Vendor
    channel: Channel
    envelope: Envelope


def sendgrid(url: str, timeout: float = 10) -> SendGridMail:
    return SendGridMail("SG.key", host=url, timeout=timeout)


def twilio(url: str, timeout: float = 10) -> TwilioSms:
    number = "+15005550006"
    return TwilioSms(ACCOUNT, "token", from_number=number, base_url=url, timeout=timeout)


@pytest.fixture(params=["sendgrid", "twilio"])
def pair(request: pytest.FixtureRequest, httpserver: HTTPServer) -> Iterator[Pair]:
    if request.param == "sendgrid":
        server: Vendor = SendGridServer(httpserver)
        pair = Pair(server, sendgrid(server.url), MAIL)
    else:
        server = TwilioServer(httpserver)
        pair = Pair(server, twilio(server.url), SMS)
    yield pair
    assert not server.violations


def test_row_8_too_many_requests_is_a_refusal_that_took_nothing(pair: Pair) -> None:
    pair.server.fail(429, HTML)

    receipt = pair.channel.send(pair.envelope)

    assert (receipt.sent, receipt.retry_after) == (Sent.NOT_SENT, None)
    assert (receipt.bad_point, receipt.channel_down, pair.server.taken) == (False, False, [])


@pytest.mark.parametrize("name", ["X_RateLimit_Reset", "Retry_After"])
def test_row_8_sendgrid_says_when_to_come_back(name: str, httpserver: HTTPServer) -> None:
    server = SendGridServer(httpserver)
    wait = 90 if name == "Retry_After" else int(time.time()) + 90
    server.fail(429, "", **{name: str(wait)})

    told = sendgrid(server.url).send(MAIL).retry_after

    assert told is not None
    assert timedelta(seconds=60) < told <= timedelta(seconds=90)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("taken", [True, False])
def test_row_9_a_server_error_is_found_out_about_and_never_taken_for_an_answer(
    status: int, taken: bool, pair: Pair
) -> None:
    pair.server.fault, pair.server.swallows = Response(HTML, status), taken

    receipt = pair.channel.send(pair.envelope)

    assert receipt.sent is Sent.UNKNOWN
    found = pair.channel.look_up(pair.envelope, YESTERDAY)
    assert found is (Found.YES if taken else Found.NO)


def _reads_all(peer: socket.socket) -> None:
    """The whole request: its body may come in a piece of its own."""
    peer.settimeout(PATIENCE / 4)
    try:
        while peer.recv(65536):
            pass
    except TimeoutError:
        peer.settimeout(None)


def _cut_off(answer: str) -> Callable[[socket.socket], None]:
    def behave(peer: socket.socket) -> None:
        _reads_all(peer)
        peer.sendall(answer.encode())

    return behave


@pytest.mark.parametrize("make", [sendgrid, twilio])
@pytest.mark.parametrize(
    "answer",
    ["", "HTTP/1.1 20", f'{OK}Content-Length: 99\r\n\r\n{{"sid":', "HTTP/1.1 700 what\r\n\r\n"],
    ids=["nothing", "half a line", "half the body", "no status"],
)
def test_row_9_an_answer_that_breaks_off_proves_nothing(
    make: Callable[[str, float], Channel], answer: str
) -> None:
    with host(_cut_off(answer)) as url:
        channel = make(url, PATIENCE * 3)
        receipt = channel.send(MAIL if channel.name == "email" else SMS)

    assert receipt.sent is Sent.UNKNOWN


@pytest.mark.parametrize("make", [sendgrid, twilio])
def test_row_10_who_answers_too_late_is_not_waited_for(
    make: Callable[[str, float], Channel],
) -> None:
    def late(peer: socket.socket) -> None:
        time.sleep(PATIENCE * 2)
        peer.sendall(f"{OK}Content-Length: 0\r\n\r\n".encode())

    with host(late) as url:
        channel = make(url, PATIENCE)
        receipt = channel.send(MAIL if channel.name == "email" else SMS)

    assert (receipt.sent, receipt.detail[:20]) == (Sent.UNKNOWN, "the answer was lost ")


@pytest.mark.parametrize("body", ["", HTML, "{", "[]", "null", '{"x": 1}', "\x00"])
def test_row_11_sendgrids_202_counts_whatever_its_body_says(
    body: str, httpserver: HTTPServer
) -> None:
    server = SendGridServer(httpserver)
    server.fault, server.swallows = Response(body, 202), True

    receipt = sendgrid(server.url).send(MAIL)

    assert (receipt.sent, receipt.provider_id) == (Sent.ACCEPTED, "")


@pytest.mark.parametrize("body", [HTML, "{", "[]", "null", "7", '"text"'])
def test_row_11_twilios_201_that_cannot_be_read_is_found_out_about(
    body: str, httpserver: HTTPServer
) -> None:
    server = TwilioServer(httpserver)
    server.fault, server.swallows = Response(body, 201), True
    channel = twilio(server.url)

    assert channel.send(SMS).sent is Sent.UNKNOWN
    assert channel.look_up(SMS, YESTERDAY) is Found.YES


@pytest.mark.parametrize("body", ["", '{"status": "queued"}', '{"sid": null}'])
def test_row_11_twilios_201_without_an_id_is_accepted_without_one(
    body: str, httpserver: HTTPServer
) -> None:
    server = TwilioServer(httpserver)
    server.fault = Response(body, 201)

    receipt = twilio(server.url).send(SMS)

    assert (receipt.sent, receipt.provider_id) == (Sent.ACCEPTED, "")


@pytest.mark.parametrize("code", ["abc", None, [], {}, "", "21610 or so", 1e9])
def test_row_11_a_code_that_is_none_is_no_code(code: object, httpserver: HTTPServer) -> None:
    server = TwilioServer(httpserver)
    server.fail(400, {"code": code, "message": "what\x00", "status": 400})
    refused = twilio(server.url).send(SMS)
    server.fail(201, {"sid": "SM1", "status": "failed", "error_code": code})
    failed = twilio(server.url).send(SMS)

    assert (refused.sent, failed.sent) == (Sent.REJECTED, Sent.REJECTED)
    assert not any(one.opted_out or one.bad_point for one in (refused, failed))
    assert "\x00" not in refused.detail


@pytest.mark.parametrize("body", ["", HTML, "{", "[]", "null", "{}", '{"messages": 7}'])
def test_row_12_a_look_up_that_answers_nonsense_cannot_tell(body: str, pair: Pair) -> None:
    pair.channel.send(pair.envelope)
    pair.server.fault, pair.server.swallows = Response(body, 200), False

    assert pair.channel.look_up(pair.envelope, YESTERDAY) is Found.CANNOT_TELL


def test_row_12_a_search_that_may_be_late_is_never_taken_for_a_no(pair: Pair) -> None:
    """The protocol sends again after a no only where the records are exact (decision 0010)."""
    assert pair.channel.look_up(pair.envelope, YESTERDAY) is Found.NO
    assert pair.channel.index_lag > timedelta(0)

"""Every row of SendGrid's error table, and what exactly we ask of it."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from activities.ports.types import Found, Sent
from adapters.email.sendgrid_mail import SendGridMail
from tests.adapters.letters.samples import MAIL, NOW
from tests.adapters.vendors import SendGridServer


@pytest.fixture
def server(httpserver: HTTPServer) -> Iterator[SendGridServer]:
    server = SendGridServer(httpserver)
    yield server
    assert not server.violations


@pytest.fixture
def mail(server: SendGridServer) -> SendGridMail:
    return SendGridMail("SG.key", host=server.url)


def error(message: str, field: str | None = None) -> dict[str, object]:
    return {"errors": [{"message": message, "field": field, "help": None}]}


@pytest.mark.parametrize(
    ("status", "sent", "down"),
    [
        (400, Sent.REJECTED, True),
        (401, Sent.NOT_SENT, True),
        (403, Sent.NOT_SENT, True),
        (404, Sent.NOT_SENT, True),
        (405, Sent.NOT_SENT, True),
        (408, Sent.UNKNOWN, False),
        (413, Sent.REJECTED, False),
        (415, Sent.REJECTED, True),
        (422, Sent.REJECTED, True),
        (429, Sent.NOT_SENT, False),
        (500, Sent.UNKNOWN, False),
        (502, Sent.UNKNOWN, False),
        (503, Sent.UNKNOWN, False),
        (504, Sent.UNKNOWN, False),
        (200, Sent.UNKNOWN, False),
        (204, Sent.UNKNOWN, False),
    ],
)
def test_every_status_has_its_meaning(
    status: int, sent: Sent, down: bool, server: SendGridServer, mail: SendGridMail
) -> None:
    server.fail(status, error("something about it"))

    receipt = mail.send(MAIL)

    assert (receipt.sent, receipt.channel_down) == (sent, down)
    assert not receipt.bad_point
    assert str(status) in receipt.detail


@pytest.mark.parametrize("status", [400, 401, 403, 413, 429, 500, 502, 503, 504])
def test_a_proxys_page_means_what_its_status_means(
    status: int, server: SendGridServer, mail: SendGridMail
) -> None:
    """A mail that is too large is answered with one by SendGrid itself."""
    server.fault = Response("<html>413 Request Entity Too Large</html>", status)
    page = mail.send(MAIL)
    server.fail(status, error("the same in JSON"))
    told = mail.send(MAIL)

    assert page.detail == f"SendGrid {status}"
    assert (page.sent, page.channel_down, page.bad_point) == (
        told.sent,
        told.channel_down,
        told.bad_point,
    )


def test_only_an_error_about_the_recipient_makes_the_address_bad(
    server: SendGridServer, mail: SendGridMail
) -> None:
    server.fail(400, error(f"{MAIL.to} is bad", "personalizations.0.to.0.email"))
    bad = mail.send(MAIL)
    server.fail(400, error("content is required", "content"))
    ours = mail.send(MAIL)

    assert (bad.bad_point, ours.bad_point) == (True, False)
    assert (bad.channel_down, ours.channel_down) == (False, True)
    assert "[recipient] is bad" in bad.detail


def test_the_rate_limit_says_when_to_come_back(server: SendGridServer, mail: SendGridMail) -> None:
    server.fail(429, "", X_RateLimit_Reset=str(int(time.time()) + 90))

    wait = mail.send(MAIL).retry_after

    assert wait is not None
    assert timedelta(seconds=80) < wait <= timedelta(seconds=90)


@pytest.mark.parametrize("reset", ["soon", "99999999999999999999", "-1"])
def test_nonsense_in_the_rate_limit_does_no_harm(
    reset: str, server: SendGridServer, mail: SendGridMail
) -> None:
    server.fail(429, "", X_RateLimit_Reset=reset)

    receipt = mail.send(MAIL)

    assert receipt.sent is Sent.NOT_SENT
    assert receipt.retry_after in {None, timedelta(seconds=1)}


def test_a_redirect_is_never_followed_with_the_key(
    server: SendGridServer, mail: SendGridMail
) -> None:
    server.fail(302, "", Location=f"{server.url}/v3/elsewhere")

    receipt = mail.send(MAIL)

    assert (receipt.sent, receipt.channel_down) == (Sent.NOT_SENT, True)
    assert len(server.requests) == 1


def test_only_our_opaque_id_travels_and_nothing_is_tracked(
    server: SendGridServer, mail: SendGridMail
) -> None:
    mail.send(MAIL)

    (body,) = server.taken
    assert body["personalizations"][0]["custom_args"] == {"am_mid": MAIL.id}
    assert "custom_args" not in body
    assert "categories" not in body
    tracking = body["tracking_settings"]
    assert not any(part["enable"] for part in tracking.values())
    assert [part["type"] for part in body["content"]] == ["text/plain"]
    assert server.requests[0].headers["Authorization"] == "Bearer SG.key"


def test_the_sandbox_validates_and_sends_nothing(server: SendGridServer) -> None:
    receipt = SendGridMail("SG.key", host=server.url, sandbox=True).send(MAIL)

    assert (receipt.sent, receipt.detail) == (Sent.ACCEPTED, "validated only")
    assert server.taken == []


def test_a_line_break_in_a_header_never_reaches_the_api(
    server: SendGridServer, mail: SendGridMail
) -> None:
    receipt = mail.send(replace(MAIL, subject="Invoice\r\nBcc: spy@evil.example"))

    assert receipt.sent is Sent.REJECTED
    assert server.requests == []


def test_without_a_sender_nothing_leaves_and_the_channel_is_at_fault(
    server: SendGridServer, mail: SendGridMail
) -> None:
    receipt = mail.send(replace(MAIL, sender=""))

    assert (receipt.sent, receipt.channel_down) == (Sent.NOT_SENT, True)
    assert server.requests == []


def test_the_look_up_asks_for_this_recipient_since_a_little_before(
    server: SendGridServer, mail: SendGridMail
) -> None:
    mail.look_up(MAIL, NOW)

    asked = json.loads(server.requests[0].data)["query"]
    assert asked == (
        "to_email = 'ap@globex.example' AND "
        'sg_message_id_created_at > TIMESTAMP "2026-02-04T08:59:00Z"'
    )


@pytest.mark.parametrize("status", [400, 403, 429, 500])
def test_a_search_that_fails_cannot_tell(
    status: int, server: SendGridServer, mail: SendGridMail
) -> None:
    server.fail(status, error("no"))

    assert mail.look_up(MAIL, NOW) is Found.CANNOT_TELL


def test_a_search_that_answers_nonsense_cannot_tell(
    server: SendGridServer, mail: SendGridMail
) -> None:
    server.fail(200, ["what"])

    assert mail.look_up(MAIL, NOW) is Found.CANNOT_TELL


def test_an_address_with_quotes_cannot_change_the_search(mail: SendGridMail) -> None:
    foul = replace(MAIL, to="x' OR to_email = 'y@globex.example")

    assert mail.look_up(foul, NOW) is Found.CANNOT_TELL


@pytest.mark.parametrize("key", ["", " ", "SG. key", "SG.key\n"])
def test_a_key_that_cannot_be_one_is_refused_at_once_without_showing_it(key: str) -> None:
    with pytest.raises(ValueError, match="copy it again") as refusal:
        SendGridMail(key)

    assert not key.strip() or key not in str(refusal.value)


def test_european_data_goes_to_the_european_host_and_to_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def no_such_name(host: object, *_args: object, **_kwargs: object) -> object:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    european = SendGridMail("SG.key", host="https://api.eu.sendgrid.com")

    assert european.send(MAIL).sent is Sent.NOT_SENT
    assert european.look_up(MAIL, NOW) is Found.CANNOT_TELL
    assert set(asked) == {"api.eu.sendgrid.com"}


def test_a_key_never_travels_in_the_clear() -> None:
    with pytest.raises(ValueError, match="https"):
        SendGridMail("SG.key", host="http://api.sendgrid.com")

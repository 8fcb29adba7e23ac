"""Every row of Twilio's error table, and what exactly we ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_httpserver import HTTPServer

from activities.ports.incoming import ReportKind
from activities.ports.types import Found, Sent
from adapters.twilio.answers import news_of
from adapters.twilio.sms import TwilioSms
from tests.adapters.letters.samples import NOW, SMS
from tests.adapters.vendors import ACCOUNT, TwilioServer, as_json

OURS = "+15005550006"


@pytest.fixture
def server(httpserver: HTTPServer) -> Iterator[TwilioServer]:
    server = TwilioServer(httpserver)
    yield server
    assert not server.violations


@pytest.fixture
def sms(server: TwilioServer) -> TwilioSms:
    return TwilioSms(ACCOUNT, "token", base_url=server.url, from_number=OURS)


BAD = (21211, 21214, 21217, 21612, 21614, 21635, 30005, 30006)
"""Rows «contact point invalid» and «invalid for SMS»."""

ACCOUNT_DOWN = (20003, 20403, 30002)
SENDER_DOWN = (21212, 21606, 21703, 21712)
COUNTRY_OFF = (21215, 21408)
NOT_ALLOWED = (30034, 30460, 30863, 30869)
PUMPING = (30450,)
DOWN = (*ACCOUNT_DOWN, *SENDER_DOWN, *COUNTRY_OFF, *NOT_ALLOWED, *PUMPING)
"""Rows «pause channel», «config», «compliance block» and «hold»: a person must mend it."""

BUSY = (20429, 21611, 30001)
"""Rows «definite not-sent» and «queue full»."""

FILTERED = 30007
"""Row «do not retry; alert»: the next channel, and a person looks at what we write."""

REFUSED = (30003, 30008, 99999)
"""Not this way, but the number may be good: the next channel, never the same one again."""


@pytest.mark.parametrize(
    ("code", "sent", "flag"),
    [
        *((code, Sent.REJECTED, "bad_point") for code in BAD),
        (21610, Sent.REJECTED, "opted_out"),
        *((code, Sent.NOT_SENT, "channel_down") for code in DOWN),
        *((code, Sent.NOT_SENT, "") for code in BUSY),
        (FILTERED, Sent.REJECTED, "channel_down"),
        *((code, Sent.REJECTED, "") for code in REFUSED),
    ],
)
def test_every_code_has_its_meaning(
    code: int, sent: Sent, flag: str, server: TwilioServer, sms: TwilioSms
) -> None:
    server.fail(400, {"code": code, "message": f"no {SMS.to}", "status": 400})

    receipt = sms.send(SMS)

    flags = {name for name in ("bad_point", "opted_out", "channel_down") if getattr(receipt, name)}
    assert (receipt.sent, flags) == (sent, {flag} - {""})
    assert receipt.detail.startswith(f"Twilio {code}")
    assert SMS.to not in receipt.detail
    assert "\x1b" not in receipt.detail


@pytest.mark.parametrize(
    ("code", "news"),
    [
        (21610, ReportKind.OPTED_OUT),
        *((code, ReportKind.BOUNCED) for code in BAD),
        *((code, ReportKind.CHANNEL_DOWN) for code in DOWN),
        *((code, ReportKind.FAILED) for code in (*BUSY, *REFUSED, FILTERED, 0)),
    ],
)
def test_a_message_that_fails_later_is_news_of_the_same_meaning(
    code: int, news: ReportKind
) -> None:
    assert news_of(code) is news


@pytest.mark.parametrize(
    ("status", "sent", "down"),
    [
        (401, Sent.NOT_SENT, True),
        (403, Sent.NOT_SENT, True),
        (404, Sent.NOT_SENT, True),
        (302, Sent.NOT_SENT, True),
        (400, Sent.REJECTED, False),
        (408, Sent.UNKNOWN, False),
        (429, Sent.NOT_SENT, False),
        (500, Sent.UNKNOWN, False),
        (502, Sent.UNKNOWN, False),
        (503, Sent.UNKNOWN, False),
    ],
)
def test_without_a_code_the_status_decides(
    status: int, sent: Sent, down: bool, server: TwilioServer, sms: TwilioSms
) -> None:
    server.fail(status, "<html>a proxy's page</html>")

    receipt = sms.send(SMS)

    assert (receipt.sent, receipt.channel_down) == (sent, down)


def test_problem_details_are_read_too(server: TwilioServer, sms: TwilioSms) -> None:
    problem = {"type": "https://x", "title": "STOP", "status": 400, "code": 21610}
    server.fail(400, problem)

    assert sms.send(SMS).opted_out


def test_a_message_that_failed_at_once_is_not_accepted(
    server: TwilioServer, sms: TwilioSms
) -> None:
    failed = {"sid": "SM1", "status": "failed", "error_code": 21610, "body": SMS.text}
    server.fault = as_json(failed, 201)

    assert sms.send(SMS).opted_out


def test_an_answer_that_cannot_be_read_is_unknown(server: TwilioServer, sms: TwilioSms) -> None:
    server.fail(201, "not an object")

    assert sms.send(SMS).sent is Sent.UNKNOWN


@pytest.mark.parametrize(
    ("left", "told"), [(1800, "1800"), (36001, "36000"), (2, "2"), (1, "1"), (0, "1"), (-5, "1")]
)
def test_a_queued_sms_does_not_outlive_the_contact_window(
    left: int, told: str, server: TwilioServer, sms: TwilioSms
) -> None:
    sms.send(replace(SMS, seconds_left=left))

    assert server.taken[0]["ValidityPeriod"] == told


def test_our_id_rides_in_the_callback_url_where_a_public_url_is_known(
    server: TwilioServer,
) -> None:
    public = "https://amicable.example/"
    TwilioSms(ACCOUNT, "t", base_url=server.url, public_url=public, from_number=OURS).send(SMS)

    callback = server.taken[0]["StatusCallback"]
    told, _, overrides = callback.partition("#")
    assert told == f"https://amicable.example/hooks/twilio/sms?m={SMS.id}"
    assert overrides == "rc=3&rp=5xx,ct,rt"


def test_without_a_public_url_there_is_no_callback(server: TwilioServer, sms: TwilioSms) -> None:
    sms.send(SMS)

    assert "StatusCallback" not in server.taken[0]


def test_a_messaging_service_takes_the_place_of_a_number(server: TwilioServer) -> None:
    service = "MG" + "0" * 32
    TwilioSms(ACCOUNT, "t", base_url=server.url, messaging_service=service).send(SMS)

    assert server.taken[0]["MessagingServiceSid"] == service
    assert "From" not in server.taken[0]


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_a_search_that_fails_cannot_tell(status: int, server: TwilioServer, sms: TwilioSms) -> None:
    server.fail(status, {"code": status, "message": "no"})

    assert sms.look_up(SMS, NOW) is Found.CANNOT_TELL


def test_the_search_compares_the_exact_text(server: TwilioServer, sms: TwilioSms) -> None:
    sms.send(SMS)

    assert sms.look_up(replace(SMS, text=f"{SMS.text} "), NOW) is Found.NO


def test_half_an_account_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="auth_token"):
        TwilioSms(ACCOUNT, "", from_number="+15005550006")
    with pytest.raises(ValueError, match="either"):
        TwilioSms(ACCOUNT, "t")

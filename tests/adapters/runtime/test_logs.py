"""Nothing secret and nothing personal is logged, even when everything is."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator

import pytest
import structlog
from pytest_httpserver import HTTPServer

from adapters.agency.agency import AgencyWebhook
from adapters.email.sendgrid_mail import SendGridMail
from adapters.runtime.logs import set_up_logs
from adapters.twilio.sms import TwilioSms
from tests.adapters.agency.dossiers import DOSSIER, SECRET
from tests.adapters.letters.samples import MAIL, NOW, SMS
from tests.adapters.vendors import ACCOUNT, SendGridServer, TwilioServer

KEY, TOKEN = "SG.very-secret-key", "very-secret-token"
HIDDEN = (KEY, TOKEN, SECRET, "Amount owed", MAIL.to, SMS.to, SMS.text, "Globex")


@pytest.fixture
def _logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def use_everything(httpserver: HTTPServer) -> None:
    """Send, fail and look up on every live adapter."""
    vendor = SendGridServer(httpserver)
    mail = SendGridMail(KEY, host=vendor.url)
    for status in (401, 500):
        vendor.fail(status, {"errors": [{"message": MAIL.to}]})
        mail.send(MAIL)
    mail.send(MAIL)
    mail.look_up(MAIL, NOW)
    httpserver.clear()
    numbers = TwilioServer(httpserver)
    sms = TwilioSms(ACCOUNT, TOKEN, from_number="+15005550006", base_url=numbers.url)
    sms.send(SMS)
    sms.look_up(SMS, NOW)
    AgencyWebhook(numbers.url, SECRET).deliver(DOSSIER)


@pytest.mark.usefixtures("_logs_as_before")
def test_with_our_set_up_at_debug_nothing_secret_or_personal_is_logged(
    httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(level="DEBUG", as_json=True)

    use_everything(httpserver)
    logging.getLogger("anything").debug("still talking")

    printed = capsys.readouterr()
    assert "still talking" in printed.err
    assert not [word for word in HIDDEN if word in printed.err + printed.out]


def test_even_without_our_set_up_the_vendors_stay_quiet(
    httpserver: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    use_everything(httpserver)

    assert not [word for word in HIDDEN if word in caplog.text]


@pytest.mark.usefixtures("_logs_as_before")
def test_events_go_to_stderr_as_json_without_what_is_named_like_a_secret(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs(as_json=True)
    log = structlog.get_logger("amicable").bind(case="invoice/acme/7")

    log.info("sent", api_key=KEY, nested={"auth_token": TOKEN, "list": [{"password": "x1y2"}]})

    printed = capsys.readouterr()
    event = json.loads(printed.err)
    assert printed.out == ""
    assert (event["event"], event["case"], event["level"]) == ("sent", "invoice/acme/7", "info")
    assert event["nested"] == {"list": [{}]}
    assert "api_key" not in event


@pytest.mark.usefixtures("_logs_as_before")
def test_on_a_terminal_events_are_lines_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(as_json=False)

    structlog.get_logger().info("reminded", case="invoice/acme/7")

    assert "reminded" in capsys.readouterr().err


@pytest.mark.usefixtures("_logs_as_before")
def test_what_other_libraries_log_is_shaped_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(as_json=True)

    try:
        int("it broke")
    except ValueError:
        logging.getLogger("temporalio").exception("activity failed")

    event = json.loads(capsys.readouterr().err)
    assert event["logger"] == "temporalio"
    assert "it broke" in event["exception"]


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.usefixtures("_logs_as_before")
def test_a_log_holds_nothing_that_a_terminal_obeys(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    """2026-11-30: a signal's kind and a workflow's id are a stranger's words, and are logged."""
    evil = "\x1b]0;owned\x07 \x9b31m \u202egnp.exe\nfaked  request"
    set_up_logs(as_json=as_json)

    log = structlog.get_logger("amicable").bind(case=evil)
    log.warning("not read", kind=evil, inner={"by": [evil]})
    logging.getLogger("anything").warning("said %s", evil)
    try:
        int(evil)
    except ValueError:
        log.exception("failed")

    printed = capsys.readouterr().err
    assert printed.count("gnp.exe") >= 5
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed) == []
    assert "\nfaked" not in printed.partition("Traceback")[0]

"""Calls through the real SDK: what is asked of Twilio, what is said, and what is never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from activities.ports.letter_data import CallWords
from activities.ports.types import Envelope, Found, Sent
from adapters.messages import twiml
from adapters.outbox.outbox import OutboxVoice
from adapters.twilio.account import TwilioAccount
from adapters.twilio.voice import TwilioVoice
from tests.adapters.letters.samples import NOW
from tests.adapters.vendors import ACCOUNT, Vendor, as_json

OURS = "+15005550006"
PUBLIC = "https://amicable.example"
WORDS = CallWords(
    language="de",
    greeting="Guten Tag. Hier ist Müller & <Söhne>.",
    machine="Bitte rufen Sie zurück.",
    again="Noch einmal: die 1.",
)
CALL = Envelope(
    id="0f9c2f1e-call",
    channel="voice",
    to="+14155550100",
    text="Rechnung INV-2026-7, offen sind 1.190,00 EUR.",
    at=NOW,
    call=WORDS,
)


class CallServer(Vendor):
    """Calls: create and list."""

    def _answer(self, request: Request) -> Response:
        self.judge("twilio_api_v2010", request)
        if request.method == "GET":
            mine = [call for call in self.taken if call["To"] == request.args["To"]]
            found = [] if "StartTime>" in request.args else [_resource(call) for call in mine]
            return as_json({"calls": found, "next_page_uri": None})
        made: dict[str, Any] = {"sid": f"CA{len(self.taken) + 1:032x}", **request.form.to_dict()}
        made["events"] = request.form.getlist("StatusCallbackEvent")
        self.taken.append(made)
        return as_json(_resource(made), 201)


def _resource(call: dict[str, Any]) -> dict[str, Any]:
    return {"sid": call["sid"], "to": call["To"], "from": OURS, "status": "queued"}


@pytest.fixture
def server(httpserver: HTTPServer) -> Iterator[CallServer]:
    server = CallServer(httpserver)
    yield server
    assert not server.violations, "the vendor's own description is broken"


@pytest.fixture
def voice(server: CallServer) -> TwilioVoice:
    return TwilioVoice(TwilioAccount(ACCOUNT, "t", base_url=server.url, public_url=PUBLIC), OURS)


def test_a_call_rings_shortly_finds_machines_out_and_reports_with_our_id(
    server: CallServer, voice: TwilioVoice
) -> None:
    receipt = voice.send(CALL)

    asked = server.taken[0]
    assert (receipt.sent, receipt.provider_id) == (Sent.ACCEPTED, asked["sid"])
    assert receipt.spoken == CALL.text
    assert (asked["To"], asked["From"]) == (CALL.to, OURS)
    assert (asked["Timeout"], asked["TimeLimit"]) == ("25", "180")
    assert (asked["MachineDetection"], asked["AsyncAmd"]) == ("Enable", "true")
    assert asked["events"] == ["initiated", "ringing", "answered", "completed"]
    told = f"{PUBLIC}/hooks/twilio/voice?m={CALL.id}#rc=3&rp=5xx,ct,rt"
    assert asked["StatusCallback"] == told
    assert asked["AsyncAmdStatusCallback"] == told.replace("voice?", "voice/answered?")


def test_nothing_of_the_debt_is_said_before_a_key_is_pressed(
    server: CallServer, voice: TwilioVoice
) -> None:
    """P50: a colleague, the family or a machine may have taken the call."""
    voice.send(CALL)

    told = server.taken[0]["Twiml"]
    assert "INV-2026-7" not in told
    assert "1.190,00" not in told
    response = ET.fromstring(told)  # noqa: S314 - it is our own
    asking, machine, end = response
    assert (asking.tag, machine.tag, end.tag) == ("Gather", "Say", "Hangup")
    assert asking.attrib["action"] == f"{PUBLIC}/hooks/twilio/voice/details?m={CALL.id}"
    assert asking[0].text == WORDS.greeting
    assert machine.text == WORDS.machine
    assert {one.attrib["language"] for one in response.iter("Say")} == {"de-DE"}


def test_the_details_can_be_heard_again() -> None:
    response = ET.fromstring(twiml.call_details(WORDS, CALL.text, "/x?m=1"))  # noqa: S314 - our own

    assert [part.tag for part in response] == ["Say", "Gather", "Hangup"]
    assert response[0].text == CALL.text
    assert response[1][0].text == WORDS.again


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-US", "en-US"), ("en-NZ", "en-GB"), ("fr-CA", "fr-CA"), ("ro", "ro-RO"), ("sv", "sv-SE")],
)
def test_every_language_has_a_voice(tag: str, language: str) -> None:
    said = twiml.call(replace(WORDS, language=tag), "/x")

    assert f'language="{language}"' in said
    assert ("Polly.Carmen" in said) is (tag == "ro")


@pytest.mark.parametrize("code", [21211, 21214, 21217])
def test_a_number_that_is_none_is_rejected_and_marked(
    code: int, server: CallServer, voice: TwilioVoice
) -> None:
    server.fail(400, {"code": code, "message": f"{CALL.to} is no number"})

    receipt = voice.send(CALL)

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, True)
    assert CALL.to not in receipt.detail


@pytest.mark.parametrize("code", [20003, 21210, 10001])
def test_what_is_our_own_fault_takes_the_channel_down_and_marks_nobody(
    code: int, server: CallServer, voice: TwilioVoice
) -> None:
    server.fail(400, {"code": code, "message": "no"})

    receipt = voice.send(CALL)

    assert (receipt.sent, receipt.channel_down, receipt.bad_point) == (Sent.NOT_SENT, True, False)


def test_a_busy_provider_has_made_no_call(server: CallServer, voice: TwilioVoice) -> None:
    server.fail(429, {"code": 20429, "message": "Too many requests"})

    assert voice.send(CALL).sent is Sent.NOT_SENT
    assert server.taken == []


def test_after_a_lost_answer_nobody_can_tell_whether_a_call_to_that_number_was_this_one(
    server: CallServer, voice: TwilioVoice
) -> None:
    server.swallow()

    assert voice.send(CALL).sent is Sent.UNKNOWN
    assert voice.look_up(CALL, NOW) is Found.CANNOT_TELL


def test_that_nobody_called_the_number_at_all_can_be_told(voice: TwilioVoice) -> None:
    assert voice.look_up(CALL, NOW) is Found.NO


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_a_search_that_fails_cannot_tell(
    status: int, server: CallServer, voice: TwilioVoice
) -> None:
    server.fail(status, {"code": status, "message": "no"})

    assert voice.look_up(CALL, NOW) is Found.CANNOT_TELL


def test_words_that_are_too_long_for_a_call_are_not_sent(
    server: CallServer, voice: TwilioVoice
) -> None:
    receipt = voice.send(replace(CALL, call=replace(WORDS, greeting="Ö" * 5000)))

    assert (receipt.sent, receipt.bad_point) == (Sent.REJECTED, False)
    assert server.requests == []


@pytest.mark.parametrize("broken", [{"to": "0800 123"}, {"call": None}])
def test_without_a_number_or_words_there_is_no_call(
    broken: dict[str, Any], server: CallServer, voice: TwilioVoice
) -> None:
    assert voice.send(replace(CALL, **broken)).sent is Sent.REJECTED
    assert server.requests == []


def test_half_of_what_calls_need_is_refused_at_once() -> None:
    account = TwilioAccount(ACCOUNT, "t", public_url=PUBLIC)
    with pytest.raises(ValueError, match="voice_number"):
        TwilioVoice(account, "")
    with pytest.raises(ValueError, match="public_url"):
        TwilioVoice(TwilioAccount(ACCOUNT, "t"), OURS)


def test_the_outbox_keeps_a_call_as_what_anybody_hears_and_what_the_key_brings(
    tmp_path: Any,
) -> None:
    box = OutboxVoice(tmp_path)

    receipt = box.send(CALL)

    assert (receipt.sent, receipt.spoken) == (Sent.ACCEPTED, CALL.text)
    first, pressed = sorted(tmp_path.glob("*/*.xml"), key=lambda path: len(path.name))
    assert "INV-2026-7" not in first.read_text()
    assert re.search(r"<Say[^>]*>Rechnung INV-2026-7", pressed.read_text())
    assert box.look_up(CALL, NOW) is Found.YES
    assert box.send(replace(CALL, to="0800")).bad_point
    assert box.send(replace(CALL, call=None)).sent is Sent.REJECTED

"""A call speaks of no debt before the key; it is counted; and in doubt nobody is called again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pytest_httpserver import HTTPServer

from activities.ports.incoming import ReportKind
from activities.ports.types import BusyError
from activities.sending.holding_back import ComeBackLaterError
from adapters.ledger.inbound import spoken
from adapters.outbox.outbox import OutboxVoice
from adapters.twilio.account import TwilioAccount
from adapters.twilio.voice import TwilioVoice
from domain.parties.customer import PlannedContact, Touch
from tests.activities.sending_harness import FENCE, MINUTE, NINE
from tests.adapters.twilio.test_twilio_voice import CallServer
from tests.twilio.phoning import Phoning
from tests.twilio.posting import ACCOUNT, PUBLIC, TwilioSays, says
from tests.twilio.rooms import Rooms


@pytest.fixture
def called(rooms: Rooms, tmp_path: Path) -> str:
    """Our id of a call that was made."""
    Phoning(rooms, OutboxVoice(tmp_path)).attempt()
    return rooms.message()


def test_after_the_key_the_details_are_said_and_can_be_heard_again(
    called: str, twilio: TwilioSays
) -> None:
    answer = twilio.press(called)

    assert "invoice V-1" in says(answer)
    assert "EUR 1,234.00" in says(answer)
    again = ET.fromstring(answer.text).find("Gather")  # noqa: S314 - our own
    assert again is not None
    assert again.attrib["action"] == f"{PUBLIC}/hooks/twilio/voice/keys?m={called}"
    assert says(twilio.key(called, "1")) == says(answer)


def test_the_details_are_in_the_customers_language(
    rooms: Rooms, twilio: TwilioSays, tmp_path: Path
) -> None:
    rooms.office.known(replace(rooms.debtor, language="de"))
    Phoning(rooms, OutboxVoice(tmp_path)).attempt()

    answer = twilio.press(rooms.message())

    assert "Rechnung V-1" in says(answer)
    assert "drücken Sie bitte die 1" in says(answer)
    assert 'language="de-DE"' in answer.text


@pytest.mark.parametrize("key", ["2", "", "1 or 2"])
def test_another_key_tells_nothing_but_where_to_call(
    key: str, called: str, twilio: TwilioSays, rooms: Rooms
) -> None:
    said = says(twilio.press(called, key))

    assert "+4930" in said
    assert "V-1" not in said
    assert rooms.events(called) == []


def test_without_the_details_it_asks_to_be_called_back(
    called: str, twilio: TwilioSays, rooms: Rooms
) -> None:
    """The answer of the call was lost: what it had to say was never kept."""
    rooms.change("UPDATE outbound_message SET spoken = '' WHERE id = :id", id=called)

    said = says(twilio.press(called))

    assert "Please call us back on +4930" in said
    assert rooms.events(called) == [("heard", "")]


@pytest.mark.parametrize("unknown", ["", "x", "%27%3B--", "00000000-0000-4000-8000-000000000000"])
def test_a_call_that_nobody_knows_tells_nothing(unknown: str, twilio: TwilioSays) -> None:
    assert says(twilio.press(unknown)) == ""


def test_an_sms_is_no_call_and_has_nothing_to_tell(twilio: TwilioSays, rooms: Rooms) -> None:
    assert says(twilio.press(rooms.texted())) == ""


@pytest.mark.parametrize(
    ("told", "news"),
    [
        *(
            (status, ReportKind.ACCEPTED)
            for status in ("queued", "initiated", "ringing", "in-progress")
        ),
        *(
            (status, ReportKind.UNHEARD)
            for status in ("completed", "busy", "no-answer", "canceled")
        ),
        *((f"failed {code}", ReportKind.BOUNCED) for code in ("21211", "21214", "21217", "13224")),
        *((f"failed {code}", ReportKind.FAILED) for code in ("", "13225", "31005")),
        ("humming", ReportKind.OTHER),
    ],
)
def test_how_a_call_ended_is_kept_in_our_words(
    told: str, news: ReportKind, called: str, twilio: TwilioSays, rooms: Rooms
) -> None:
    status, _, code = told.partition(" ")
    for _ in range(2):
        assert twilio.call(called, status, code).status_code == 204

    assert rooms.events(called) == [(news.value, code)]
    assert rooms.noticed == 1


def test_who_pressed_the_key_has_heard_it(called: str, twilio: TwilioSays, rooms: Rooms) -> None:
    """It was a conversation, once, however often it is told."""
    twilio.call(called, "in-progress")
    twilio.press(called)
    twilio.press(called)
    twilio.call(called, "completed")

    assert [kind for kind, _ in rooms.events(called)] == ["accepted", "heard", "heard"]
    assert rooms.contacts() == ["call", "conversation", "message"]


def test_that_a_machine_answered_is_kept_as_a_hint(
    called: str, twilio: TwilioSays, rooms: Rooms
) -> None:
    assert twilio.answered(called, "machine_start").status_code == 204
    assert twilio.answered(called, "").status_code == 400
    twilio.call(called, "completed")

    assert rooms.events(called) == [("other", "machine_start"), ("unheard", "")]
    assert rooms.contacts() == ["call", "message"]


def test_while_somebody_holds_the_account_the_caller_waits_shortly_and_twilio_comes_again(
    called: str, twilio: TwilioSays, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken, "SHORTLY", "50ms")
    with rooms.office.ledger.account_of(rooms.office.case):
        assert "V-1" in says(twilio.press(called))
        assert twilio.call(called, "completed").status_code == 503

    assert twilio.call(called, "completed").status_code == 204
    assert rooms.contacts() == ["call", "conversation", "message"]


def test_a_call_is_a_message_and_an_attempt_by_telephone(rooms: Rooms, tmp_path: Path) -> None:
    """P82, B4."""
    Phoning(rooms, OutboxVoice(tmp_path)).attempt()

    assert rooms.contacts() == ["call", "message"]


def test_when_the_attempts_of_a_week_are_used_up_a_call_waits(rooms: Rooms, tmp_path: Path) -> None:
    """Attempts count over all invoices of the customer."""
    box = OutboxVoice(tmp_path)
    Phoning(rooms, box).attempt()
    second = Phoning(rooms, box, "V-2")

    decision = second.attempt()

    assert (second.results(), decision.do) == ([], "remind")
    assert not second.begun()
    assert decision.at is not None
    assert decision.at >= NINE + timedelta(days=7)
    rooms.office.now = decision.at
    second.attempt()
    assert second.results() == [("call", "accepted")]


def test_a_call_that_a_person_made_meanwhile_is_seen_before_the_machine_calls(
    rooms: Rooms, tmp_path: Path
) -> None:
    case = Phoning(rooms, OutboxVoice(tmp_path))

    def a_person_calls() -> None:
        with rooms.office.ledger.account_of(case.case) as account:
            account.customer.touch(
                PlannedContact(at=NINE, what=Touch.CALL, channel="phone"), "by-hand"
            )

    rooms.office.between["after_T1"] = a_person_calls
    decision = case.attempt()

    assert case.results() == []
    assert decision.at is not None
    assert decision.at >= NINE + timedelta(days=7)
    assert list(tmp_path.glob("*/*.xml")) == []


def test_a_call_whose_outcome_is_unknown_is_never_made_again(
    rooms: Rooms, httpserver: HTTPServer
) -> None:
    """The real SDK, a provider that took it and broke, and no news: one call, one task."""
    server = CallServer(httpserver)
    account = TwilioAccount(ACCOUNT, "t", base_url=server.url, public_url=PUBLIC)
    case = Phoning(rooms, TwilioVoice(account, "+15005550006"))
    server.swallow()
    with pytest.raises(ComeBackLaterError):
        case.attempt()
    for age in (FENCE, timedelta(minutes=2)):
        case.older(age)
        with pytest.raises((ComeBackLaterError, BusyError)):
            case.attempt()
    case.older(timedelta(minutes=20))
    case.attempt()
    case.attempt()

    assert len(server.taken) == 1
    assert [request.method for request in server.requests].count("POST") == 1
    assert case.results() == [("call", "unknown_closed")]


def test_news_of_a_call_whose_answer_was_lost_prove_it(
    rooms: Rooms, twilio: TwilioSays, httpserver: HTTPServer
) -> None:
    server = CallServer(httpserver)
    account = TwilioAccount(ACCOUNT, "t", base_url=server.url, public_url=PUBLIC)
    case = Phoning(rooms, TwilioVoice(account, "+15005550006"))
    server.swallow()
    with pytest.raises(ComeBackLaterError):
        case.attempt()
    twilio.call(rooms.message(), "ringing")
    case.older(FENCE + MINUTE)
    case.attempt()

    assert case.results() == [("call", "accepted")]
    assert len(server.taken) == 1

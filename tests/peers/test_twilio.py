"""Our real adapters and routes against a Twilio that others wrote: both ways, with signatures."""

from __future__ import annotations

import itertools
import os
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from activities.ports.types import Found
from activities.sending.protocol import Sender
from adapters.config.settings import Settings
from adapters.config.settings_groups import (
    EmailSettings,
    SmsSettings,
    TwilioSettings,
    VoiceSettings,
)
from adapters.ledger.core import migrate
from adapters.ledger.core.engine import make_engine
from adapters.wiring.choose import channels
from domain.wire import CaseActivityInput
from starter.api.hooks.twilio import twilio_hooks
from starter.application import Application
from tests.activities.sending_harness import NINE, Office
from tests.adapters.letters.samples import SMS
from tests.peers.emulator import (
    ACCOUNT,
    OURS,
    TOKEN,
    Emulator,
    MissingError,
    addresses_of,
    installed,
    running,
)
from tests.twilio.phoning import Phoning
from tests.twilio.rooms import Rooms
from tests.twilio.serving import listening, serving

pytestmark = pytest.mark.peers

_numbers = itertools.count(1)


@dataclass
class Line:
    """A line to the stand-in: our gateway at one end, its account at the other."""

    emulator: Emulator
    gateway: str
    settings: Settings
    engine: Engine
    noticed: list[int]


@pytest.fixture(scope="module")
def program() -> Path:
    """The stand-in; only where Node is not, or outside of CI the registry, this is skipped."""
    try:
        return installed()
    except MissingError as error:
        if os.environ.get("CI") and "Node" not in str(error):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def line(
    program: Path, postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Line]:
    """Both ends, and what lies between them."""
    folder, noticed = tmp_path_factory.mktemp("emulate"), list[int]()
    migrate.upgrade(postgres_url)
    engine = make_engine(postgres_url, pool_size=8)
    with closing(listening()) as sock, running(program, folder, _url(sock)) as emulator:
        gateway = _url(sock)
        settings = _settings(folder, emulator, gateway)
        router = twilio_hooks(Application(settings, engine), lambda: noticed.append(1))
        with serving(router, sock):
            yield Line(emulator, gateway, settings, engine, noticed)
    engine.dispose()


def _url(sock: socket.socket) -> str:
    return f"http://127.0.0.1:{sock.getsockname()[1]}"


def _settings(folder: Path, emulator: Emulator, gateway: str) -> Settings:
    twilio = TwilioSettings(
        account_sid=ACCOUNT,
        auth_token=SecretStr(TOKEN),
        from_number=OURS,
        voice_number=OURS,
        base_url=emulator.url,
        public_url=gateway,
    )
    return Settings(
        home=folder,
        live=True,
        allow_recipients=("+491607",),
        email=EmailSettings(),
        sms=SmsSettings(provider="twilio"),
        voice=VoiceSettings(provider="twilio"),
        twilio=twilio,
    )


@pytest.fixture
def rooms(line: Line) -> Rooms:
    """An office whose customer has a number of its own."""
    count = next(_numbers)
    return Rooms(Office(line.engine, f"peer-{count}"), f"+49170{count:07d}")


def remind(line: Line, rooms: Rooms) -> None:
    """The office's reminder, sent by the real channels of these settings."""
    live = line.settings.model_copy(update={"allow_recipients": (rooms.debtor.phone,)})
    rooms.office.known(replace(rooms.debtor, email=""))
    turn = CaseActivityInput(case=rooms.office.case, do="remind", step="polite", at=NINE)
    sms = {"sms": channels(live)["sms"]}
    Sender(rooms.office.ledger, sms, rooms.office.letters).send(turn, rooms.office.clock)


def test_nobody_else_can_reach_the_stand_in(line: Line) -> None:
    port = int(line.emulator.url.rpartition(":")[2])

    assert addresses_of(port) == {"0100007F"}


def test_a_reminder_is_taken_and_its_signed_news_come_back_once(line: Line, rooms: Rooms) -> None:
    """Its first news come while our call is still open: before our own commit (row 15)."""
    remind(line, rooms)
    (sent,) = line.emulator.texted(rooms.debtor.phone)
    message = rooms.message()
    assert "R-1" in sent["body"]
    assert rooms.events(message) == [("accepted", "")]

    for status in ("sent", "delivered", "delivered"):
        line.emulator.simulate("message-status", MessageSid=sent["sid"], Status=status)

    assert [kind for kind, _ in rooms.events(message)] == ["accepted", "accepted", "delivered"]
    assert rooms.office.results() == [("polite", "accepted")]
    assert line.noticed


@pytest.mark.parametrize("status", ["undelivered", "failed"])
def test_a_failure_without_a_code_marks_no_number(line: Line, rooms: Rooms, status: str) -> None:
    remind(line, rooms)
    (sent,) = line.emulator.texted(rooms.debtor.phone)

    line.emulator.simulate("message-status", MessageSid=sent["sid"], Status=status)

    assert rooms.events(rooms.message())[-1] == ("failed", "")
    assert rooms.unwanted() == ()


def test_a_stop_that_comes_in_stops_the_next_text(line: Line, rooms: Rooms) -> None:
    """B1, from the debtor's telephone to the provider."""
    number = rooms.debtor.phone
    line.emulator.simulate("inbound-message", To=OURS, From=number, Body="Stop, please!")
    assert rooms.unwanted() == ("sms",)

    remind(line, rooms)

    assert [text["direction"] for text in line.emulator.texted(number)] == []
    assert rooms.sorts() == ["stop"]


def test_an_answer_finds_its_message(line: Line, rooms: Rooms) -> None:
    remind(line, rooms)

    line.emulator.simulate(
        "inbound-message", To=OURS, From=rooms.debtor.phone, Body="Überwiesen & erledigt"
    )

    (row,) = rooms.replies()
    assert (row["message_id"], row["said"]) == (rooms.message(), "Überwiesen & erledigt")


def test_what_was_sent_is_found_again(line: Line) -> None:
    sms = channels(line.settings.model_copy(update={"allow_recipients": (SMS.to,)}))["sms"]
    sms.send(SMS)

    assert sms.look_up(SMS, NINE - timedelta(days=1)) is Found.YES
    assert sms.look_up(replace(SMS, text="another"), NINE) is Found.NO


@pytest.mark.parametrize(
    ("status", "news"),
    [("completed", "unheard"), ("busy", "unheard"), ("no-answer", "unheard"), ("failed", "failed")],
)
def test_a_call_is_made_and_its_signed_news_come_back(
    line: Line, rooms: Rooms, status: str, news: str
) -> None:
    live = line.settings.model_copy(update={"allow_recipients": (rooms.debtor.phone,)})
    Phoning(rooms, channels(live)["voice"]).attempt()
    (call,) = line.emulator.called(rooms.debtor.phone)
    message = rooms.message()
    assert rooms.events(message) == [("accepted", "")]

    line.emulator.simulate("call-status", CallSid=call["sid"], Status=status)

    assert [kind for kind, _ in rooms.events(message)] == ["accepted", news]
    assert rooms.contacts() == ["call", "message"]


def test_what_it_did_not_sign_is_forbidden(line: Line, rooms: Rooms) -> None:
    form = {"AccountSid": ACCOUNT, "MessageSid": "SM1", "From": rooms.debtor.phone, "Body": "STOP"}

    answer = httpx.post(f"{line.gateway}/hooks/twilio/inbound", data=form)

    assert answer.status_code == 403
    assert rooms.unwanted() == ()

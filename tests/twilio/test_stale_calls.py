"""What a call has to say is told only as long as it is true: its signature never ages."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.outbox.outbox import OutboxVoice
from domain.message_types import MessageType
from tests.twilio.phoning import Phoning
from tests.twilio.posting import TwilioSays
from tests.twilio.rooms import Rooms

SINCE = {
    MessageType.PAYMENT: {"amount": "1234.00"},
    MessageType.PROMISE: {"date": "2026-03-10"},
    MessageType.DISPUTE_OPENED: {"reason": "goods"},
}


@pytest.fixture
def called(rooms: Rooms, tmp_path: Path) -> str:
    """Our id of a call that was made."""
    Phoning(rooms, OutboxVoice(tmp_path)).attempt()
    return rooms.message()


@pytest.mark.parametrize("kind", SINCE)
def test_what_was_said_since_the_call_was_made_silences_it(
    called: str, rooms: Rooms, twilio: TwilioSays, kind: MessageType
) -> None:
    case = f"invoice/{rooms.office.creditor}/V-1"
    assert "1,234.00" in twilio.press(called).text
    answer, _ = rooms.office.desk.say(case, kind, {"id": "since", **SINCE[kind]})

    assert answer.accepted
    told = twilio.press(called).text
    assert "1,234.00" not in told
    assert "V-1" not in told
    assert "Response" in told


def test_what_was_said_about_another_invoice_does_not(
    called: str, rooms: Rooms, twilio: TwilioSays
) -> None:
    rooms.office.pay()

    assert "1,234.00" in twilio.press(called).text

"""Who has heard the details of a call answers by a key: once, and it lies with a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.outbox.outbox import OutboxVoice
from tests.twilio.phoning import Phoning
from tests.twilio.posting import TwilioSays, says
from tests.twilio.rooms import Rooms


@pytest.fixture
def called(rooms: Rooms, tmp_path: Path) -> str:
    """Our id of a call that was made."""
    Phoning(rooms, OutboxVoice(tmp_path)).attempt()
    return rooms.message()


@pytest.mark.parametrize(
    ("key", "kept"), [("2", "has paid"), ("3", "called back"), ("4", "something is wrong")]
)
def test_a_call_is_answered_by_a_key_once_and_lies_with_a_person(
    key: str, kept: str, called: str, twilio: TwilioSays, rooms: Rooms
) -> None:
    twilio.press(called, sid=f"CA{key}")
    said = [says(twilio.key(called, key, sid=f"CA{key}")) for _ in range(2)]

    assert said[0] == said[1]
    assert "we have noted it" in said[0]
    answers = rooms.answers(called)
    assert len(answers) == 1
    assert kept in answers[0]


def test_who_has_not_heard_the_details_answers_nothing(
    called: str, twilio: TwilioSays, rooms: Rooms
) -> None:
    said = says(twilio.key(called, "2"))

    assert "+4930" in said
    assert "noted" not in said
    assert rooms.answers(called) == []

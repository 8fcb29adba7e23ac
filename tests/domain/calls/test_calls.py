"""What a call's result says about contact: attempts count, conversations bring quiet."""

from datetime import UTC, datetime

import pytest

from domain.calls.results import ATTEMPTS, CONVERSATIONS, touch_of
from domain.case.model import Message
from domain.message_types import MessageType
from domain.parties.customer import Touch

NOON = datetime(2026, 2, 5, 12, tzinfo=UTC)


def said(kind: MessageType, reason: str = "", channel: str = "") -> Message:
    """Something that was said at noon."""
    return Message(key="m", kind=kind, at=NOON, reason=reason, channel=channel)


@pytest.mark.parametrize("reason", [*ATTEMPTS, "No answer", "call-back"])
def test_a_call_that_spoke_to_nobody_is_an_attempt(reason: str) -> None:
    assert touch_of(said(MessageType.CALL_RESULT, reason)) is Touch.CALL


@pytest.mark.parametrize("reason", [*CONVERSATIONS, "Paid claim", "talked to Ann", ""])
def test_a_call_that_spoke_to_somebody_or_may_have_is_a_conversation(reason: str) -> None:
    assert touch_of(said(MessageType.CALL_RESULT, reason)) is Touch.CONVERSATION


def test_what_was_promised_by_phone_is_a_conversation_and_by_mail_is_none() -> None:
    assert touch_of(said(MessageType.PROMISE, channel="phone")) is Touch.CONVERSATION
    assert touch_of(said(MessageType.PROMISE, channel="email")) is None
    assert touch_of(said(MessageType.PAYMENT, channel="phone")) is None

"""Results of calls by code: which are mere attempts, and which are conversations (P13, P32)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from domain.case.agreement_types import HARDSHIP
from domain.case.invoice import Message
from domain.message_types import MessageType
from domain.parties.customer import Touch
from domain.policy.model import MAJOR_REASONS, MINOR_REASONS


class CallResult(StrEnum):
    """How a call went, beside hardship and the minor reasons of a dispute; pinned.

    Attributes:
        PAID_CLAIM: the customer says that it was paid: money is believed when it arrives.
    """

    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    WRONG_PERSON = "wrong_person"
    WRONG_NUMBER = "wrong_number"
    CALL_BACK = "call_back"
    REACHED = "reached"
    PROMISED = "promised"
    DISPUTED = "disputed"
    PAID_CLAIM = "paid_claim"
    REFUSED = "refused"
    IN_APPROVAL = "in_approval"
    DO_NOT_CALL = "do_not_call"


MISSED = (
    *(CallResult.VOICEMAIL, CallResult.NO_ANSWER),
    *(CallResult.UNREACHABLE, CallResult.BUSY),
)
"""Nobody answered."""

ATTEMPTS = (*MISSED, CallResult.WRONG_PERSON, CallResult.WRONG_NUMBER, CallResult.CALL_BACK)
"""Nobody was spoken to who could answer for the debt; each counts against the calls per week.

A wish to be called back is no conversation: its quiet days would stand in the way of that call.
"""

CONVERSATIONS = (
    *(CallResult.REACHED, CallResult.PROMISED, CallResult.DISPUTED, CallResult.PAID_CLAIM),
    *(HARDSHIP, CallResult.REFUSED, *MINOR_REASONS),
    *(CallResult.IN_APPROVAL, CallResult.DO_NOT_CALL),
)
"""Somebody was spoken to: the quiet days follow."""

RESULTS = (*ATTEMPTS, *CONVERSATIONS)
"""The codes of a call's result, pinned; other words are kept as they were given."""

ABOUT = (*MINOR_REASONS, *(code for code in MAJOR_REASONS if code != HARDSHIP))
"""What a customer may contest, by code: anything else is said in words."""

BY_VOICE = ("phone", "call", "visit")
"""Channels on which whoever said something was spoken to."""

_SAID_BY_CUSTOMER = (
    MessageType.PROMISE,
    MessageType.PLAN_PROPOSED,
    MessageType.PLAN_AGREED,
    MessageType.SETTLEMENT,
    MessageType.AGREEMENT_CONFIRMED,
    MessageType.DISPUTE_OPENED,
)


def code_of(words: str) -> str:
    """Normalise a reason to a code: ``Not received`` becomes ``not_received``."""
    return "_".join(words.strip().lower().replace("-", " ").split())


def missed_in_a_row(messages: Iterable[Message], since: datetime) -> int:
    """Count the calls from an instant on that reached nobody, after the last one that did."""
    results = sorted(
        (message for message in messages if message.kind is MessageType.CALL_RESULT),
        key=lambda message: message.at,
    )
    missed = 0
    for message in results:
        is_missed = code_of(message.reason) in MISSED and message.at >= since
        missed = missed + 1 if is_missed else 0
    return missed


def touch_of(message: Message) -> Touch | None:
    """Read the contact with the customer that a message records; None if it records none.

    A call whose result is in no list counts as a conversation: when in doubt, be quiet. What a
    customer said by phone is a conversation, too, whatever came of it.
    """
    if message.kind is MessageType.CALL_RESULT:
        return Touch.CALL if code_of(message.reason) in ATTEMPTS else Touch.CONVERSATION
    spoken = message.kind in _SAID_BY_CUSTOMER and code_of(message.channel) in BY_VOICE
    return Touch.CONVERSATION if spoken else None

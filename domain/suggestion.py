"""Suggestions of what a person may do next, as values; who shows them adds the command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Act(StrEnum):
    """What can be suggested; a message to a case is called by its type."""

    APPROVAL = "approval"
    CALL_RESULT = "call_result"
    PROMISE = "promise"
    PLAN_PROPOSED = "plan_proposed"
    DISPUTE_OPENED = "dispute_opened"
    PAUSE = "pause"
    CREDIT_NOTE = "credit_note"
    REFUND = "refund"
    ALLOCATION = "allocation"
    ASSIGN_ENTRY = "assign_entry"
    DISMISS_ENTRY = "dismiss_entry"
    READ_REPLIES = "read_replies"
    SWITCH_WEBHOOK_ON = "switch_webhook_on"
    RETRY_WEBHOOK = "retry_webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A suggested act with what is known of it.

    Attributes:
        case: the case that it is said to, if it is said to one.
        creditor: whose affair it is, where no case says so.
        means: when it is the right one, in words.
        fields: what is known, named as in the message.
        needed: what a person must add, with words for what belongs there.
    """

    act: Act
    case: str = ""
    creditor: str = ""
    means: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    needed: Mapping[str, str] = field(default_factory=dict)

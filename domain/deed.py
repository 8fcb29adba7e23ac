"""A deed: something that Amicable did for a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.message_types import MESSAGES_TO_DEBTOR, REACHED, ActionType, Outcome, Result

# Asked at every decision: members of a tuple are found by identity, those of a set by their hash.
_MESSAGES, _REACHED = tuple(MESSAGES_TO_DEBTOR), tuple(REACHED)

AGAIN = "~"
"""Stands in the name of a step that is said again, before the how-manieth time: ``polite~2``."""

PLAN_B = "plan-b"
"""How the name of the step begins by which a case leaves the ladder."""

AGREED_PLAN_B = "agreed-plan-b"
"""How the name of the step begins that an agreement named for the case that it is not kept."""

LEAVES_THE_LADDER = (PLAN_B, AGREED_PLAN_B)
"""How the steps of every Plan B begin, the policy's and those that agreements named."""

NEW_DUE_DATE = "new-due-date"
"""The step that begins an episode whose due date was moved out: nothing said before it counts."""


NEXT_PART = "next-part"
"""The step that begins an episode about the next part of an invoice with several due dates."""

CORRECTED = "corrected"
"""How the name of the step ends that takes back what the customer was told by mistake."""

LADDER_ANEW = (NEW_DUE_DATE, NEXT_PART)
"""How the steps begin after which the ladder begins anew."""


ACCOUNT_STATEMENT = "statement"
"""The overview of all that a customer has open: on request, or once a month (``-2026-03``)."""


def base_of(step: str) -> str:
    """Find the policy's step of a deed, whether it was said for the first time or again."""
    return step.partition(AGAIN)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that Amicable did for a case, once per step and episode.

    Attributes:
        step: the step's name.
        do: the deed.
        at: the planned instant (UTC) at which it was done.
        result: how it ended.
        deadline: the last day the message gave the debtor.
        channel: the channel that got through.
        why: the reason, in words.
        open: what was owed when it was done, minor units.
        asked: what a message asked for: the part that was not contested, minor units; None where
            it was not recorded.
        charged: a cost that it added, minor units.
        ground: what that cost rests on: the terms or the law (P24).
        outcome: how the case ended, where it was closed.
        failed_at: news of it: when it turned out that it had not arrived (UTC).
        receipt_at: news of it: when the customer had it for certain (UTC).
    """

    step: str
    do: ActionType
    at: datetime
    episode: int = 1
    result: Result = Result.DONE
    deadline: date | None = None
    channel: str = ""
    why: str = ""
    open: int = 0
    asked: int | None = None
    charged: int = 0
    ground: str = ""
    outcome: Outcome | None = None
    failed_at: datetime | None = None
    receipt_at: datetime | None = None

    @property
    def is_message(self) -> bool:
        """Whether the debtor was meant to read it."""
        return self.do in _MESSAGES

    @property
    def reached_debtor(self) -> bool:
        """Whether it is a message that counts as read."""
        return self.failed_at is None and self.do in _MESSAGES and self.result in _REACHED

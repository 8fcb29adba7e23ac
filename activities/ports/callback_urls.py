"""Callback URLs: where a customer answers one message of ours, and opens their page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

CallbackUrl = Callable[[str], str]
"""From our id of a message to the place that is open for it; empty if there is none."""

AnswerAddress = Callable[[str, str], str]
"""From our id of a message and its creditor to the address for answers; empty if there is none."""


def closed(*_ids: str) -> str:
    """Answer that there is no such address."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackUrls:
    """The addresses that go out with a message: for answers, and to the customer's page.

    Attributes:
        answers: the address for answers; without one they go to the creditor's own.
        page: the customer's page, where it also says that an invoice has arrived (P02).
    """

    answers: AnswerAddress = closed
    page: CallbackUrl = closed


CLOSED = CallbackUrls()
"""No place of ours: whoever answers writes to the creditor."""

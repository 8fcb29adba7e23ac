"""Where a customer answers one message of ours: each has an address and a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

CallbackUrl = Callable[[str], str]
"""From our id of a message to the place that is open for it; empty if there is none."""


def closed(_message_id: str) -> str:
    """There is no such place."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackUrls:
    """The places that are open to whoever gets a message.

    Attributes:
        answers: the address for answers; without one they go to the creditor's own.
        receipt: the page on which the customer says that an invoice has arrived (P02).
    """

    answers: CallbackUrl = closed
    receipt: CallbackUrl = closed


CLOSED = CallbackUrls()
"""No place of ours: whoever answers writes to the creditor."""

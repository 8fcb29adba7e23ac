"""Lists what may be named in a form of a case: agreements, disputes, steps, and slips."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.calls.meaning import MEANS, named_by_call
from domain.case.model import Case, Message
from domain.deed import base_of
from domain.fold.taking_back import may_be_taken_back
from domain.message_types import MESSAGES_TO_DEBTOR, MessageStatus, MessageType
from domain.policy.model import Step
from starter.console.shown.words import first_capital, said
from starter.views.looking import View

Choices = list[tuple[str, str]]
"""What is sent, and how it reads, of each choice; the likeliest first."""


def named_in_forms(view: View, zone: ZoneInfo) -> dict[str, Choices]:
    """List the choices of each act that names something, by the act's name."""
    case = view.case
    plans = [(one.key, f"plan of {len(one.parts)} parts") for one in reversed(case.plans)]
    return {
        "plan": plans,
        "plan-end": plans,
        "confirmation": [*plans, *_promises_and_offers(case)],
        "settled": _open_disputes(case),
        "undo": [(one.key, _slip(one, zone)) for one in _slips(view)],
        "skip": [(step.id, first_capital(said(step.id))) for step in steps_ahead(view)],
        "send-now": [(step.id, first_capital(said(step.id))) for step in _letters(view)],
    }


def steps_ahead(view: View) -> tuple[Step, ...]:
    """List the steps of the ladder that are still to come, in their order."""
    if view.case.outcome:
        return ()
    behind = {base_of(d.step) for d in view.case.deeds if d.episode == view.case.episode}
    return tuple(step for step in view.state.policy.steps if step.id not in behind)


def _letters(view: View) -> tuple[Step, ...]:
    return tuple(step for step in steps_ahead(view) if step.do in MESSAGES_TO_DEBTOR)


def _promises_and_offers(case: Case) -> Choices:
    promises = [(one.key, f"promise for {one.day}") for one in reversed(case.promises)]
    offers = [(one.key, f"offer until {one.day}") for one in reversed(case.settlements)]
    return [*promises, *offers]


def _open_disputes(case: Case) -> Choices:
    return [
        (one.key, f"{one.reason or 'dispute'} of {one.opened_at:%d %b}")
        for one in reversed(case.disputes)
        if one.settled_at is None
    ]


def _slips(view: View) -> Iterator[Message]:
    """What counts and is fresh enough; what was told in a call goes with the call."""
    gone = {key for back in view.case.taken_back for key in back.keys}
    counts = [
        one.message
        for one in view.file.recorded
        if one.status is not MessageStatus.REFUSED and one.message.key not in gone
    ]
    calls = [message for message in counts if message.kind is MessageType.CALL_RESULT]
    told = {named_by_call(call, what) for call in calls for what in MEANS}
    for message in may_be_taken_back(counts, view.now):
        if message.key not in told:
            yield message


def _slip(message: Message, zone: ZoneInfo) -> str:
    at: datetime = message.at.astimezone(zone)
    what = said(message.reason) if message.reason else ""
    day = f" for {message.day}" if message.day else ""
    by = f" by {message.by}" if message.by else ""
    words = f"{first_capital(said(message.kind))}{day}{f' ({what})' if what else ''}"
    return f"{words}, {at:%d %b %H:%M}{by}"

"""Lists what may be named in a form of a case: agreements, disputes, steps, and slips."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.calls.meaning import MEANS, named_by_call
from domain.case.model import Case, Message
from domain.deed import base_of
from domain.fold.taking_back import may_be_taken_back
from domain.message_types import MESSAGES_TO_DEBTOR, MessageStatus, MessageType
from domain.policy.model import Step
from starter.console.shown.tongue import Tongue
from starter.console.shown.words import first_capital, said
from starter.views.looking import View

Choices = list[tuple[str, str]]
"""What is sent, and how it reads, of each choice; the likeliest first."""


def named_in_forms(view: View, zone: ZoneInfo, tongue: Tongue) -> dict[str, Choices]:
    """List the choices of each act that names something, by the act's name."""
    case = view.case
    parts = [(one.key, len(one.parts)) for one in reversed(case.plans)]
    plans = [
        (key, tongue.ngettext("plan of %(n)d part", "plan of %(n)d parts", n) % {"n": n})
        for key, n in parts
    ]
    return {
        "plan": plans,
        "plan-end": plans,
        "confirmation": [*plans, *_promises_and_offers(case, tongue)],
        "settled": _open_disputes(case, tongue),
        "undo": [(one.key, _slip(one, zone, tongue)) for one in _slips(view)],
        "skip": [(step.id, first_capital(said(step.id, tongue))) for step in steps_ahead(view)],
        "send-now": [(step.id, first_capital(said(step.id, tongue))) for step in _letters(view)],
    }


def steps_ahead(view: View) -> tuple[Step, ...]:
    """List the steps of the ladder that are still to come, in their order."""
    if view.case.outcome:
        return ()
    behind = {base_of(d.step) for d in view.case.deeds if d.episode == view.case.episode}
    return tuple(step for step in view.state.policy.steps if step.id not in behind)


def _letters(view: View) -> tuple[Step, ...]:
    return tuple(step for step in steps_ahead(view) if step.do in MESSAGES_TO_DEBTOR)


def _promises_and_offers(case: Case, tongue: Tongue) -> Choices:
    promise, offer = tongue.gettext("promise for %(day)s"), tongue.gettext("offer until %(day)s")
    return [
        *((one.key, promise % {"day": _day(one.day, tongue)}) for one in reversed(case.promises)),
        *((one.key, offer % {"day": _day(one.day, tongue)}) for one in reversed(case.settlements)),
    ]


def _open_disputes(case: Case, tongue: Tongue) -> Choices:
    words = tongue.gettext("%(reason)s of %(day)s")
    return [
        (
            one.key,
            words
            % {
                "reason": said(one.reason or MessageType.DISPUTE_OPENED, tongue),
                "day": _day(one.opened_at.date(), tongue),
            },
        )
        for one in reversed(case.disputes)
        if one.settled_at is None
    ]


def _day(day: date, tongue: Tongue) -> str:
    return tongue.day(day, with_year=False)


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


def _slip(message: Message, zone: ZoneInfo, tongue: Tongue) -> str:
    """What it was, for which day, why, when it was recorded and by whom."""
    at: datetime = message.at.astimezone(zone)
    words = first_capital(said(message.kind, tongue))
    if message.day:
        words += " " + tongue.gettext("for %(day)s") % {"day": _day(message.day, tongue)}
    if message.reason:
        words += f" ({said(message.reason, tongue)})"
    words += f", {_day(at.date(), tongue)} {at:%H:%M}"
    if message.by:
        words += " " + tongue.gettext("by %(person)s") % {"person": message.by}
    return words

"""Translates the result of a call into the messages that follow from it, under the call's id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from domain.calendar import Calendar
from domain.calls.results import ABOUT, CallResult, code_of
from domain.case.model import Case, Message
from domain.case.news import BOUNCED, OPTED_OUT
from domain.message_types import MessageType
from domain.parties.people import VOICE
from domain.policy.model import MINOR_REASONS

APPROVAL_DAYS = 3
"""Working days that an approval may take in the customer's house where no day was named."""

LONGEST_APPROVAL = timedelta(days=14)
"""Whoever needs longer promises a day of payment: an approval must not become a way to stall."""

MEANS = ("promise", "dispute", "pause", "contact")
"""How the ids end of what follows from a call, pinned: they stand in ledgers."""

MEANS_PROMISE, MEANS_DISPUTE, MEANS_PAUSE, MEANS_CONTACT = MEANS


@dataclass(frozen=True, slots=True)
class Meant:
    """A call's result as it is kept, and the messages that follow from it."""

    call: Message
    also: tuple[Message, ...] = ()


def meant_by(call: Message, case: Case, calendar: Calendar) -> Meant:
    """Derive what follows from the result of a call; nothing follows from any other message.

    Hardship and a claim to have paid follow from the result itself.
    """
    if call.kind is not MessageType.CALL_RESULT:
        return Meant(call)
    code = code_of(call.reason)
    meaning = _MEANINGS.get(code)
    also = meaning(call, case, calendar) if meaning else None
    return Meant(_without_words(call, code), (also,) if also else ())


def is_promise_of_a_call(key: str) -> bool:
    """Tell whether a promise was recorded as the result of a call."""
    return key.endswith(f"/{MEANS_PROMISE}")


def named_by_call(call: Message, what: str) -> str:
    """Make the id of a message that follows from a call."""
    return f"{call.key}/{what}"


def approval_day(call: Message, calendar: Calendar) -> date:
    """Find the last day on which an approval is waited for; a past or far day does not count."""
    today = calendar.local_date(call.at)
    if call.day and call.day >= today:
        return min(call.day, today + LONGEST_APPROVAL)
    day = today
    for _ in range(APPROVAL_DAYS):
        day = calendar.local_date(calendar.opening(day + timedelta(days=1)))
    return day


def _without_words(call: Message, code: str) -> Message:
    """Words about why something is contested stand with the dispute, where they can be erased."""
    free = code == CallResult.DISPUTED and call.ref and code_of(call.ref) not in ABOUT
    return replace(call, ref="") if free else call


def _promise(call: Message, case: Case, calendar: Calendar) -> Message | None:
    """Without a day it is no promise: whoever called is asked for it."""
    if call.day is None:
        return None
    said = _said(call, MessageType.PROMISE, MEANS_PROMISE)
    return replace(said, day=call.day, amount=call.amount, approved_by=call.approved_by)


def _dispute(call: Message, case: Case, calendar: Calendar) -> Message | None:
    """Without a reason and an amount whoever called is asked for them."""
    if not call.ref and call.amount is None:
        return None
    code = code_of(call.ref)
    said = _said(call, MessageType.DISPUTE_OPENED, MEANS_DISPUTE)
    return replace(said, reason=code if code in ABOUT else call.ref, amount=call.amount)


def _minor(call: Message, case: Case, calendar: Calendar) -> Message:
    said = _said(call, MessageType.DISPUTE_OPENED, MEANS_DISPUTE)
    return replace(said, reason=code_of(call.reason), amount=call.amount)


def _approval(call: Message, case: Case, calendar: Calendar) -> Message | None:
    """A pause to the named day, which never shortens one that stands."""
    day = approval_day(call, calendar)
    longer = case.paused and (case.paused_until is None or case.paused_until >= day)
    if longer or case.outcome:
        return None
    return replace(
        _said(call, MessageType.PAUSE, MEANS_PAUSE), day=day, reason=CallResult.IN_APPROVAL.value
    )


def _dead_number(call: Message, case: Case, calendar: Calendar) -> Message:
    """Whoever else has that number must get no text message about a debt either.

    It was called by a person: no message of ours went there, so none is said again.
    """
    news = _said(call, MessageType.CONTACT_NEWS, MEANS_CONTACT)
    return replace(news, reason=BOUNCED, ref=f"{VOICE}/{call.key}")


def _no_calls(call: Message, case: Case, calendar: Calendar) -> Message:
    return replace(
        _said(call, MessageType.CONTACT_NEWS, MEANS_CONTACT), reason=OPTED_OUT, ref=VOICE
    )


def _said(call: Message, kind: MessageType, what: str) -> Message:
    return Message(
        key=named_by_call(call, what),
        kind=kind,
        at=call.at,
        by=call.by,
        channel=call.channel or "phone",
        owner=call.owner,
    )


_MEANINGS: Mapping[str, Callable[[Message, Case, Calendar], Message | None]] = MappingProxyType(
    {
        CallResult.PROMISED: _promise,
        CallResult.DISPUTED: _dispute,
        **dict.fromkeys(MINOR_REASONS, _minor),
        CallResult.IN_APPROVAL: _approval,
        CallResult.WRONG_NUMBER: _dead_number,
        CallResult.DO_NOT_CALL: _no_calls,
    }
)

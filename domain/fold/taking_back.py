"""Takes back what was recorded by mistake: it counts as never said, while that is still possible.

What the customer has heard of it meanwhile is put right by one letter: see
``domain.decision.correcting``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from domain.agreements.promises import is_replaced
from domain.agreements.reducer import agreement_of, keys_of
from domain.calls.meaning import MEANS, MEANS_CONTACT, named_by_call
from domain.case.agreement_types import Plan, Promise, TakenBack
from domain.case.model import Case, Deed, Message
from domain.errors import RefusedError
from domain.message_types import MessageType
from domain.words import nearest_word

UNDO_WITHIN = timedelta(days=7)
"""A slip of the pen is noticed soon; what stood longer was lived by, and is ended instead."""

UNDOABLE = (
    MessageType.PROMISE,
    MessageType.PLAN_PROPOSED,
    MessageType.PLAN_AGREED,
    MessageType.CALL_RESULT,
    MessageType.STEP_SKIPPED,
    MessageType.SEND_NOW,
)
"""What can be taken back; whatever else was wrong has a message of its own that puts it right."""


def slip_of(
    case: Case, said: Sequence[Message], refused: Mapping[str, object], wish: Message
) -> TakenBack:
    """Find what a message takes back, from the case and all that counted just before it.

    Raises:
        RefusedError: if there is no such thing, or it cannot be taken back any more.
    """
    one = _meant(said, refused, wish)
    agreed = agreement_of(case, one)
    keys = [one.key]
    known = {message.key for message in said}
    if one.kind is MessageType.CALL_RESULT:
        if named_by_call(one, MEANS_CONTACT) in known:
            raise RefusedError(
                "it also told about an address or a wish: correct the contact data", field="ref"
            )
        followed = [named_by_call(one, what) for what in MEANS]
        keys += [key for key in followed if key in known]
        agreed = agreed or _agreed_in(case, keys)
    if isinstance(agreed, Promise | Plan):
        _refuse_what_is_kept(case, agreed, one)
        _refuse_what_is_over(agreed, wish)
        keys += [*keys_of(agreed), one.key]
    _refuse_what_was_answered(case, keys)
    mine = agreed if isinstance(agreed, Promise | Plan) else None
    return TakenBack(key=wish.key, at=wish.at, keys=tuple(dict.fromkeys(keys)), agreed=mine)


def may_be_taken_back(said: Sequence[Message], now: datetime) -> tuple[Message, ...]:
    """List what is recent enough, and of a kind, to be taken back, the newest first."""
    fresh = (one for one in said if one.kind in UNDOABLE and now - one.at <= UNDO_WITHIN)
    return tuple(sorted(fresh, key=lambda one: (one.at, one.key), reverse=True))


def told_of(case: Case, begins: tuple[str, ...]) -> Deed | None:
    """Find the last message that told the customer of what has these steps; None if none did."""
    told = (deed for deed in case.deeds if deed.reached_debtor and deed.step.startswith(begins))
    return max(told, key=lambda deed: deed.at, default=None)


def _meant(said: Sequence[Message], refused: Mapping[str, object], wish: Message) -> Message:
    """The message that is to be taken back."""
    if not wish.ref:
        raise RefusedError("ref names what is to be taken back", field="ref")
    one = next((message for message in said if message.key == wish.ref), None)
    if one is None:
        near = nearest_word(wish.ref, [message.key for message in said])
        hint = f"; did you mean {near}?" if near else ""
        raise RefusedError(f"nothing that counts was said as {wish.ref!r}{hint}", field="ref")
    if one.kind not in UNDOABLE:
        kinds = ", ".join(kind.value for kind in UNDOABLE)
        raise RefusedError(f"a {one.kind.value} cannot be taken back, only {kinds}", field="ref")
    if one.key in refused:
        raise RefusedError("it was refused, so there is nothing to take back", field="ref")
    if wish.at - one.at > UNDO_WITHIN:
        days = UNDO_WITHIN.days
        raise RefusedError(f"it has stood for more than {days} days: end it instead", field="ref")
    return one


def _agreed_in(case: Case, keys: Sequence[str]) -> Promise | None:
    return next((one for one in case.promises if set(keys_of(one)) & set(keys)), None)


def _refuse_what_is_kept(case: Case, agreed: Promise | Plan, one: Message) -> None:
    """What the customer accepted, or what something else has taken the place of, is no slip."""
    if agreed.confirmed_at:
        raise RefusedError("the customer accepted it in writing: it is kept", field="ref")
    if isinstance(agreed, Promise):
        if is_replaced(case, agreed):
            raise RefusedError("a later agreement took its place already", field="ref")
    elif agreed.accepted_at and one.kind is MessageType.PLAN_PROPOSED:
        raise RefusedError("the plan was accepted: take that back", field="ref")


def _refuse_what_is_over(agreed: Promise | Plan, wish: Message) -> None:
    if isinstance(agreed, Plan) and agreed.ended_at:
        raise RefusedError("the plan is ended already", field="ref")
    if wish.at >= agreed.plan_b.check_at and not agreed.suspended:
        raise RefusedError("its day is over: what followed from it stands", field="ref")


def _refuse_what_was_answered(case: Case, keys: Sequence[str]) -> None:
    """A dispute that was settled, or that the customer was told to be looked into, stands."""
    if any(dispute.key in keys for dispute in case.settled_disputes):
        raise RefusedError("the dispute that was told with it is settled", field="ref")
    for dispute in case.disputes:
        if dispute.key in keys and told_of(case, (f"dispute-{dispute.number}-received",)):
            raise RefusedError("the customer was told of the dispute: settle it", field="ref")

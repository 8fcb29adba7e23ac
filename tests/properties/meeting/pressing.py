"""What may press a customer, and when: looked at anew at every deed, without the rules' help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.agreements.status import agreed_until
from domain.decision.state import CaseState
from domain.fold.fold import fold
from domain.message_types import ActionType, MessageType
from tests.properties.households import (
    Seen,
    Street,
    Watched,
    money_lies_there,
    smallest,
    worth_asking,
)

ONCE_MORE = (MessageType.PAYMENT_REVERSED, MessageType.CREDIT_NOTE_CANCELLED)
"""Messages after which money is owed that was settled before."""

PRESSING_TASKS = (ActionType.CALL_TASK, ActionType.NOTIFY_SALES, ActionType.HOLD_CREDIT)


def no_task_presses_for_what_is_not_asked(street: Street, life: Watched) -> None:
    """A call, a sales note or a credit hold: money is due, uncontested, not agreed, not coming."""
    for seen in life.seen_deeds:
        step = street.policy.step(seen.deed.step)
        if seen.deed.do in PRESSING_TASKS and step:
            _presses_rightly(street, seen, after_the_due_date=str(step.on).startswith("due+"))


def _presses_rightly(street: Street, seen: Seen, *, after_the_due_date: bool) -> None:
    case, deed = seen.case, seen.deed
    assert case.outcome is None
    assert not case.with_agency
    assert worth_asking(street, seen)
    assert not after_the_due_date or street.calendar.local_date(deed.at) > case.printed_due
    assert not money_lies_there(street, seen)
    assert not case.paused or case.paused_until
    holds = [at for at in (case.quiet_until, agreed_until(case)) if at]
    assert all(at <= deed.at for at in holds)


def what_is_handed_over_was_asked_for(street: Street, life: Watched) -> None:
    """No handoff without a demand of that sum, after it last fell due, whose deadline passed."""
    handed_over_as_asked(life.state)


def handed_over_as_asked(state: CaseState) -> None:
    """Look for the demand of that sum before each handoff that no person approved."""
    slack, day = smallest(state.policy) - 1, state.calendar.local_date
    for owed, at in _handoffs(state):
        since = _fell_due_once_more(state, at)
        covering = [
            deed
            for deed in state.deeds
            if deed.reached_debtor
            and since <= deed.at < at
            and (not deed.deadline or deed.deadline < day(at))
            and (deed.asked or 0) + slack >= owed
        ]
        running = [one for one in state.deeds if one.reached_debtor and one.at < at]
        assert all(not one.deadline or one.deadline < day(at) for one in running), "it runs still"
        assert covering, f"{owed} were handed over on {day(at)} and not asked for since {since}"


def _handoffs(state: CaseState) -> Iterator[tuple[int, datetime]]:
    for deed in state.deeds:
        if deed.do is ActionType.HAND_OFF and not deed.step.startswith("plan-b-approved"):
            yield deed.open, deed.at


def _fell_due_once_more(state: CaseState, before: datetime) -> datetime:
    """The last instant at which an independent look finds that the open sum grew."""
    found, ground = state.invoice.opened_at, state.ground
    said = sorted(state.messages, key=lambda message: message.at)
    for number, message in enumerate(said):
        if message.kind in ONCE_MORE and message.at < before:
            earlier = fold(state.invoice, said[:number], [], ground).case
            later = fold(state.invoice, said[: number + 1], [], ground).case
            if later.to_chase - later.disputed > earlier.to_chase - earlier.disputed:
                found = message.at
    parts = (ground.calendar.end_of(day) for day in state.case.last_days)
    return max([found, *(at for at in parts if at < before)])


OF_PRESSURE = (no_task_presses_for_what_is_not_asked, what_is_handed_over_was_asked_for)

"""From an action to the deed that is remembered: when it may happen, and how it ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.agreements.due_parts import with_due_parts
from domain.agreements.status import agreed_until
from domain.calendar import Calendar
from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.case.promised import may_be_asked
from domain.message_types import MESSAGES_TO_DEBTOR, REACHED, ActionType, Result, Stage

ON_TIME = timedelta(minutes=10)
"""A deed done this soon after its planned instant is dated by its plan: queues do not show."""

IN_THE_WINDOW = MESSAGES_TO_DEBTOR | {
    ActionType.LAWYER_LETTER,
    ActionType.HAND_OFF,
    ActionType.CALL_TASK,
}
"""Deeds that reach the debtor: after an outage they wait for the next contact window."""

WITHOUT_DELAY = frozenset({ActionType.CLOSE, ActionType.REOPEN})
"""Deeds that change nothing but the record, done by whoever decides."""


_TO_THE_AGENCY = (ActionType.HAND_OFF, ActionType.INFORM_AGENCY)
"""The agency has what had fallen due when it took the case, and nothing that falls due later."""


def moment_of(action: Action, now: datetime) -> datetime:
    """Find the instant at which an action counts as done: as planned, where it is hardly late."""
    planned = action.at or now
    return planned if now - planned < ON_TIME else now


def deed_done(
    facts: Facts, action: Action, now: datetime, result: Result = Result.DONE, channel: str = ""
) -> Deed:
    """Make the deed of an action that was carried out at an instant."""
    case = with_due_parts(facts.case, facts.calendar, now)
    # What was done first stays first.
    at = max([moment_of(action, now), *(deed.at for deed in case.deeds)])
    return Deed(
        step=action.step,
        do=action.do,
        at=at,
        episode=case.episode + (1 if action.do is ActionType.REOPEN else 0),
        result=result,
        deadline=_deadline(action, result, facts.calendar.local_date(at)),
        channel=channel,
        why=action.why,
        open=case.open_now if action.do in _TO_THE_AGENCY else case.open,
        asked=may_be_asked(case, now) if action.do in MESSAGES_TO_DEBTOR else None,
        charged=action.fee,
        ground=action.ground,
        outcome=action.outcome,
    )


def _deadline(action: Action, result: Result, accepted: date) -> date | None:
    if action.deadline_days is None or result not in REACHED:
        return None
    return accepted + timedelta(days=action.deadline_days)


def result_for(action: Action, channel: str) -> Result:
    """Tell how an action ends when nothing fails; a message without a route is rejected."""
    if action.do not in MESSAGES_TO_DEBTOR:
        return Result.DONE
    return Result.ACCEPTED if channel else Result.REJECTED


def earliest(action: Action, now: datetime, calendar: Calendar) -> datetime | None:
    """Find when an action may really happen: a late one at once, inside the contact window."""
    if action.at is None or action.at > now or action.do not in IN_THE_WINDOW:
        return action.at
    return action.at if calendar.within(now) == now else calendar.within(now)


def stage_of(case: Case, calendar: Calendar, now: datetime) -> Stage:
    """Derive where a case stands from its facts."""
    if case.outcome:
        return Stage.CLOSED
    if case.with_agency:
        return Stage.WITH_AGENCY
    if case.contested:
        return Stage.DISPUTED
    if case.paused and (case.paused_until is None or now < calendar.end_of(case.paused_until)):
        return Stage.PAUSED
    agreed = agreed_until(case)
    if agreed and now < agreed:
        return Stage.PROMISED
    before = calendar.local_date(now) <= case.due
    return Stage.BEFORE_DUE if before else Stage.REMINDING

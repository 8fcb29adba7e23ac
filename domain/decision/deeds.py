"""From an action to the deed that is remembered, and running a case forward."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.agreements.status import agreed_until
from domain.calendar import LAST_HOLIDAY_YEAR, Calendar
from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.contact.contact_book import was_written
from domain.contact.routes import NOWHERE, Reach, used_before, ways_for
from domain.decision.rules import next_action
from domain.fold.fold import with_deed
from domain.message_types import MESSAGES_TO_DEBTOR, REACHED, ActionType, Result, Stage
from domain.parties.customer import Customer, PlannedContact
from domain.policy.model import Policy

ON_TIME = timedelta(minutes=10)
"""A deed done this soon after its planned instant is dated by its plan: queues do not show."""

IN_THE_WINDOW = MESSAGES_TO_DEBTOR | {ActionType.HAND_OFF, ActionType.CALL_TASK}
"""Deeds that reach the debtor: after an outage they wait for the next contact window."""

HORIZON = LAST_HOLIDAY_YEAR - 3
"""Nothing is foreseen beyond this year: its holidays would be guesses."""

WITHOUT_DELAY = frozenset({ActionType.CLOSE, ActionType.REOPEN})
"""Deeds that change nothing but the record, done by whoever decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One line of a preview: the action, and what was open when it came."""

    action: Action
    deed: Deed
    open: int


def deed_done(
    facts: Facts, action: Action, now: datetime, result: Result = Result.DONE, channel: str = ""
) -> Deed:
    """The record of an action that was carried out at an instant."""
    case = facts.case
    planned = action.at or now
    at = planned if now - planned < ON_TIME else now
    at = max([at, *(deed.at for deed in case.deeds)])  # what was done first stays first
    return Deed(
        step=action.step,
        do=action.do,
        at=at,
        episode=case.episode + (1 if action.do is ActionType.REOPEN else 0),
        result=result,
        deadline=_deadline(action, result, facts.calendar.local_date(at)),
        channel=channel,
        why=action.why,
        open=case.open,
        charged=action.fee,
        ground=action.ground,
        outcome=action.outcome,
    )


def _deadline(action: Action, result: Result, accepted: date) -> date | None:
    if action.deadline_days is None or result not in REACHED:
        return None
    return accepted + timedelta(days=action.deadline_days)


def result_for(action: Action, channel: str) -> Result:
    """How an action ends when nothing goes wrong; a message without any way to go is rejected."""
    if action.do not in MESSAGES_TO_DEBTOR:
        return Result.DONE
    return Result.ACCEPTED if channel else Result.REJECTED


def forward(
    facts: Facts, policy: Policy, now: datetime, reach: Reach, *, most: int = 100
) -> Iterator[Planned]:
    """What will happen to a case if nobody says another word, deed by deed.

    It is the same function that decides in earnest, so what is previewed is what happens.
    """
    sent = dict(reach.sent)
    for _ in range(most):
        action = next_action(facts, policy, now)
        if action.at is None or action.at.year > HORIZON:
            return
        now = max(now, action.at)
        used = used_before(facts.case, action.step, sent)
        way = next(iter(ways_for(reach.debtor, action, used)), NOWHERE)
        deed = deed_done(facts, action, now, result_for(action, way.channel), way.channel)
        sent[deed.step, deed.episode] = way.point
        yield Planned(action=action, deed=deed, open=facts.case.open)
        facts = replace(facts, case=with_deed(facts.case, deed), customer=_heard(facts, deed))


def _heard(facts: Facts, deed: Deed) -> Customer:
    if not deed.reached_debtor:
        return facts.customer
    what = was_written(deed.do)
    return facts.customer.touched(PlannedContact(at=deed.at, what=what, channel=deed.channel))


def earliest(action: Action, now: datetime, calendar: Calendar) -> datetime | None:
    """When an action may really happen: a late one at once, but only inside the contact window."""
    if action.at is None or action.at > now or action.do not in IN_THE_WINDOW:
        return action.at
    return action.at if calendar.within(now) == now else calendar.within(now)


def stage_of(case: Case, calendar: Calendar, now: datetime) -> Stage:
    """Where a case stands: derived from its facts, never stored as a state of its own."""
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
    before = calendar.local_date(now) <= case.invoice.due
    return Stage.BEFORE_DUE if before else Stage.REMINDING

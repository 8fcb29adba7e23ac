"""Asking anew: what stood still, came back or grew is asked for again before anything firmer.

The money has fallen due once more, and no word since then has asked for all of it: the debtor gets
one, with a new deadline, that says why. The next step, calls, holds and Plan B wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.case.facts import Action, Facts
from domain.decision.rules_confirming import IN_WRITING
from domain.ladder.deadlines import after_the_deadline, new_deadline_days
from domain.ladder.demand import (
    RENEWED,
    Interruption,
    covering_demand,
    demands,
    last_interruption,
    untold_interruption,
)
from domain.ladder.holds import still_until
from domain.ladder.next_step import Ladder
from domain.ladder.schedule import Rung, steps_for
from domain.ladder.unanswered import another_way
from domain.message_types import ActionType
from domain.policy.model import Policy, Step

_MILD = ("warm", "friendly", "clear")

_WHY = {
    Interruption.MONEY_BACK: "money went back",
    Interruption.DISPUTE_SETTLED: "the dispute is settled",
    Interruption.GREW: "more is owed than was asked for",
    Interruption.PART_DUE: "a further part has fallen due",
    Interruption.DATE_MOVED: "the due date was moved",
    Interruption.RESUMED: "the case goes on",
    Interruption.ACCOUNT_FREED: "the money on the account was placed",
    Interruption.AGREEMENT_OVER: "the agreement is over",
    Interruption.MONEY_NOT_COME: "the money on its way has not come",
    Interruption.RESTS_TOGETHER: "small rests of the customer have come together",
    Interruption.RETURNED: "the agency gave the case back",
    Interruption.REOPENED: "the invoice is owed again",
}
_ANEW = "what is owed now is asked for anew"
_WHILE_IT_LASTS = {
    Interruption.RESUMED: "if the case goes on then",
    Interruption.AGREEMENT_OVER: "if the agreement is over then without all the money",
    Interruption.MONEY_NOT_COME: "if the money on its way has not come by then",
}


def renew_the_demand(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Ask anew, with a new deadline, for what fell due once more after the due date (P19, P26)."""
    broken = last_interruption(facts, now)
    if broken is None or facts.calendar.local_date(broken[0]) <= facts.case.due:
        return None
    if covering_demand(facts, policy, now) or _reached_nobody_since(facts, broken[0]):
        return None
    untold = untold_interruption(facts, broken, now)
    if untold is None and next(demands(facts), None) is None:
        return None
    ladder = Ladder(facts, policy, now, still_until(facts))
    mild = ladder.next_message()
    if untold is None and mild and _is_mild(mild.step):
        return _the_ladders_own(facts, policy, mild, ladder.why(mild))
    at = max(facts.calendar.within(broken[0]), ladder.free_beside_a_deadline)
    what = untold or broken[1]
    yet = _WHILE_IT_LASTS.get(broken[1]) if now < broken[0] else None
    word = replace(_word_about(what, at), ahead=f"{yet}: {_ANEW}" if yet else "")
    return _renewed(facts, policy, word)


def _is_mild(step: Step) -> bool:
    """Whether a step is a plain reminder: then it is the word itself, and no threat."""
    return step.do is ActionType.REMIND and step.tone in _MILD


def _the_ladders_own(facts: Facts, policy: Policy, rung: Rung, why: str) -> Action:
    """The ladder's next reminder, with a deadline for what is owed now."""
    step = rung.step
    days = step.deadline_days
    if days is None:
        days = new_deadline_days(facts, policy, rung.at)
    action = Action(
        do=step.do,
        at=rung.at,
        why=why,
        step=step.id,
        channels=step.channels,
        tone=step.tone,
        deadline_days=days,
        order=step.order,
    )
    return another_way(action, facts, policy) if policy.contact.silence_days else action


@dataclass(frozen=True, slots=True)
class _Word:
    """When, why, and about what the debtor is asked anew."""

    at: datetime
    why: str
    about: str
    last: bool = False
    ahead: str = ""


def ask_anew_about(
    said: tuple[datetime, Interruption], facts: Facts, policy: Policy, ladder: Ladder
) -> Action:
    """The word that answers what was said since the last demand, before a Plan B follows it."""
    calendar, (since, what) = facts.calendar, said
    after_due = calendar.opening(facts.case.due + timedelta(days=1))
    at = max(ladder.free_beside_a_deadline, after_due, calendar.within(since))
    return _renewed(facts, policy, _word_about(what, at))


def _word_about(what: Interruption, at: datetime) -> _Word:
    return _Word(at, f"{_WHY[what]}: {_ANEW}", what.value.replace("_", "-"))


NO_DEADLINE = "no demand has set a deadline for what is owed now"


def demand_before_plan_b(
    facts: Facts, policy: Policy, plan_b_at: datetime, free: datetime, why: str = NO_DEADLINE
) -> Action:
    """The demand with a deadline that the ladder has not made: nobody is handed over without one.

    It comes early enough for the Plan B to keep its date, unless that would be too soon.
    """
    calendar, days = facts.calendar, timedelta(days=policy.new_deadline_days)
    day = calendar.local_date(plan_b_at) - days
    early = calendar.opening(day)
    while after_the_deadline(facts, policy, calendar.local_date(early) + days) > plan_b_at:
        day -= timedelta(days=1)
        early = calendar.opening(day)
    after_due = calendar.opening(facts.case.due + timedelta(days=1))
    at = max(early, free, after_due)
    return _renewed(facts, policy, _Word(at, why, "deadline", last=True))


def _renewed(facts: Facts, policy: Policy, word: _Word) -> Action:
    """The message that asks anew for all that may be chased now."""
    said = sum(
        deed.step.startswith(RENEWED) and deed.episode == facts.case.episode
        for deed in facts.case.deeds
    )
    return Action(
        do=ActionType.DEMAND_LETTER if word.last else ActionType.REMIND,
        at=word.at,
        why=word.why,
        ahead=word.ahead,
        step=f"{RENEWED}-{word.about}-{said + 1}",
        channels=_channels(facts, policy),
        tone="final" if word.last else "clear",
        deadline_days=new_deadline_days(facts, policy, word.at),
    )


def _channels(facts: Facts, policy: Policy) -> tuple[str, ...]:
    """The ways of the ladder's own messages, in their order; in writing where it has none."""
    steps = (step for step in steps_for(policy, facts.customer_class) if step.is_message)
    named = [channel for step in steps for channel in step.channels]
    return tuple(dict.fromkeys(named)) or IN_WRITING


def _reached_nobody_since(facts: Facts, instant: datetime) -> bool:
    """Whether the last word was such a one and did not arrive: then a person finds a way (P14)."""
    last = facts.case.last_attempt
    return bool(last and last.at >= instant and not last.reached_debtor)

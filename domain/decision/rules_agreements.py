"""The rule for agreements: confirm, remind, and act on the day one is not kept (P52, P54)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.agreements.numbering import promise_number
from domain.agreements.promises import PromiseState, check_promise, state_of
from domain.agreements.status import open_offer
from domain.case.agreement_types import Plan
from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.decision.review import is_done
from domain.decision.rules_confirming import (
    IN_WRITING,
    Look,
    agreed_at,
    confirm_in_writing,
    remind_before,
    step_of,
    unpaid_plan,
    unpaid_promise,
)
from domain.ladder.deadlines import after_the_deadline, new_deadline_days
from domain.ladder.demand import RENEWED, demands
from domain.ladder.holds import still_until
from domain.ladder.next_step import Ladder
from domain.message_types import ActionType, MessageType
from domain.policy.model import Policy

CASH_ONLY = "cash-only"

_A_MINUTE = timedelta(minutes=1)


class _Why(NamedTuple):
    """A reason as it reads once the deed is done, and while its instant is still to come."""

    done: str
    ahead: str = ""


def keep_to_what_was_agreed(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Put agreements in writing, and speak about one on the very day it is not kept."""
    case = facts.case
    if not (case.promises or case.plans or case.settlements):
        return None
    look = Look(facts, policy, now)
    found = (
        confirm_in_writing(look),
        remind_before(look),
        _after_a_promise(look),
        _after_an_instalment(look),
    )
    actions = [(action.at, action) for action in found if action and action.at]
    return min(actions, key=lambda timed: timed[0])[1] if actions else None


def _after_a_promise(look: Look) -> Action | None:
    """A promised date passed without the money: call, cash only, and write, the same day."""
    case, promise = look.case, unpaid_promise(look.case)
    if promise is None:
        return None
    check_at = promise.plan_b.check_at
    state = state_of(case, promise, max(look.now, check_at))
    if state is PromiseState.VOID:  # credit took away what was promised
        return None
    number = promise_number(case, promise)
    what = f"the money promised for {promise.day} has not come"
    why = _Why(what, f"if {what} by then")
    if state is PromiseState.KEPT_LATE:  # there is nothing left to ask for on the telephone
        why = _Why(f"the money promised for {promise.day} came late")
    call = "" if state is PromiseState.KEPT_LATE else f"agreement-{number}-call"
    return _not_kept(look, check_at, (call, f"promise-broken-{number}"), why)


def _after_an_instalment(look: Look) -> Action | None:
    """A missed instalment is chased at once; after its cure the plan is over (P52)."""
    standing = unpaid_plan(look.case)
    if standing is None:
        return None
    plan, missed = standing
    return next(_chased(look, plan, missed), None) or _plan_over(look, plan, missed)


def _chased(look: Look, plan: Plan, missed: int) -> Iterator[Action]:
    """A word about each instalment that is missed before the plan is over."""
    cure, offer = plan.cures[missed], open_offer(look.case)
    for number in range(missed, len(plan.parts)):
        step = step_of(look.case, plan, number, "missed")
        check_at = plan.checks[number]
        at = look.within(max(check_at, offer.plan_b.check_at) if offer else check_at)
        at = look.free_to_write(at)
        if look.comes_at(at) >= cure:
            return
        if all(deed.step != step for deed in look.case.deeds):
            why = f"the instalment of {plan.parts[number].day} has not come"
            yield Action(
                do=ActionType.REMIND,
                at=at,
                why=why,
                ahead=f"if {why} by then",
                step=step,
                channels=IN_WRITING,
                tone="clear",
            )


def _plan_over(look: Look, plan: Plan, missed: int) -> Action | None:
    """The default clause: the whole balance is due."""
    what, then = (
        f"the instalment of {plan.parts[missed].day} has not come",
        "the whole balance is due",
    )
    why = _Why(f"{what}: {then}", f"if {what} by then: {then}")
    steps = [step_of(look.case, plan, missed, what) for what in ("call", "over")]
    return _not_kept(look, plan.cures[missed], (steps[0], steps[1]), why)


def _not_kept(look: Look, over_at: datetime, steps: tuple[str, str], why: _Why) -> Action | None:
    """A call, cash only, a message: in this order, so that a dead mail server holds up neither."""
    case, at = look.case, _acts_from(look, over_at)
    if at is None:
        return None
    call, message = steps
    wanted: list[tuple[datetime, Action]] = []
    if call and not _is_called(look, over_at, at, call):
        task = Action(do=ActionType.CALL_TASK, at=at, why=why.done, ahead=why.ahead, step=call)
        wanted.append(_timed(look.free_to_call(at), task))
    if not case.credit_held and not is_done(case, CASH_ONLY) and _costs_credit(look, over_at):
        hold = Action(
            do=ActionType.HOLD_CREDIT,
            at=at,
            why=f"{why.done}: cash only",
            ahead=f"{why.ahead}: cash only" if why.ahead else "",
            step=CASH_ONLY,
        )
        wanted.append((at, hold))
    last = case.last_message
    if not is_done(case, message) and (last is None or last.at < over_at):
        word = _word(look, message, at, why)
        wanted.append(_timed(_a_minute_later(look, look.free_to_write(at)), word))
    return min(wanted, key=lambda timed: timed[0])[1] if wanted else None


def _a_minute_later(look: Look, at: datetime) -> datetime:
    """Let a word wait a minute, on its own day, for the calls and holds about other invoices.

    By then each of them is called about and held, and what was broken on one day is one message.
    """
    day, later = look.facts.calendar.local_date, look.within(at + _A_MINUTE)
    return later if day(later) == day(at) else at


def _acts_from(look: Look, over_at: datetime) -> datetime | None:
    """From when on anything follows; None while the word about money that came back is to come."""
    facts, back = look.facts, _came_back_at(look.case, over_at)
    late_from = facts.calendar.end_of(look.case.due)  # the due date may have moved out since
    at = facts.calendar.within(max(over_at, still_until(facts), late_from))
    if back is None:
        return at
    word = _first_word_since(look, back)
    if word is None:
        return None
    until = word.deadline if word.step.startswith(RENEWED) else None
    return max(at, after_the_deadline(facts, look.policy, until)) if until else at


def _came_back_at(case: Case, over_at: datetime) -> datetime | None:
    """When money that would have kept it went back before its day was over; None if none did."""
    back = case.grew_at if case.grew_by is MessageType.PAYMENT_REVERSED else None
    agreed = unpaid_promise(case)
    return back if back and agreed and agreed_at(agreed) < back < over_at else None


def _first_word_since(look: Look, instant: datetime) -> Deed | None:
    """The first message since an instant that asked for the money."""
    since = [deed for deed in demands(look.facts) if deed.at >= instant]
    return since[-1] if since else None


def _word(look: Look, step: str, at: datetime, why: _Why) -> Action:
    """The message that asks for what was not kept, with a new deadline."""
    return Action(
        do=ActionType.REMIND,
        at=at,
        why=why.done,
        ahead=why.ahead,
        step=step,
        channels=IN_WRITING,
        tone="clear",
        deadline_days=new_deadline_days(look.facts, look.policy, at),
    )


def _timed(at: datetime, action: Action) -> tuple[datetime, Action]:
    return at, replace(action, at=at)


def _is_called(look: Look, over_at: datetime, at: datetime, step: str) -> bool:
    """One call a day is enough: one since then, or one that the ladder has that day anyway."""
    calls = (deed for deed in look.case.deeds if deed.do is ActionType.CALL_TASK)
    if any(deed.at >= over_at or deed.step == step for deed in calls):
        return True
    ladder = Ladder(look.facts, look.policy, look.now, still_until(look.facts))
    end = look.facts.calendar.end_of(look.facts.calendar.local_date(max(at, look.now)))
    return ladder.calls_before(end)


def _costs_credit(look: Look, over_at: datetime) -> bool:
    """A plan in default always does; a promise from the policy's how-manieth broken one on."""
    if unpaid_promise(look.case) is None:
        return True
    states = check_promise(look.case, max(over_at, look.now))
    broken = sum(not state.is_in_time for state in states)
    return broken >= look.policy.credit.cash_only_from_broken

"""What a good collector would do next: ordered rules, the first with an opinion wins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.decision.closing import (
    ask_what_becomes_of_a_returned_case,
    ask_why_our_money_went_back,
    begin_anew_on_a_new_due_date,
    close_when_settled,
    keep_the_agency_informed,
    recall_what_the_agency_need_not_collect,
    release_credit_when_cured,
    reopen_what_is_owed_again,
)
from domain.decision.holds import standing_still_until, still_until
from domain.decision.review import review
from domain.decision.rules_agreements import keep_to_what_was_agreed
from domain.decision.rules_disputes import (
    ask_when_a_dispute_is_overdue,
    sooner,
    standstill,
    unsettled,
)
from domain.decision.rules_renewed import demand_before_plan_b, renew_the_demand
from domain.decision.rules_thanks import thank_who_has_paid
from domain.decision.small_rules import (
    costs_alone,
    late_fee,
    leave_it_to_a_person,
    wait_while_money_lies_on_the_account,
)
from domain.deed import AGAIN
from domain.ladder.demand import deadline_set
from domain.ladder.next_step import NEVER, Ladder, latest_deadline
from domain.ladder.resend import said_again
from domain.ladder.schedule import Rung, anchored, fixed_day
from domain.ladder.unanswered import another_way
from domain.message_types import ActionType, Result
from domain.policy.model import Base, PlanB, Policy

Rule = Callable[[Facts, Policy, datetime], Action | None]

_PLAN_B = "plan-b"
APPROVED = "plan-b-approved"
UNREACHED = "unreached"


def next_action(facts: Facts, policy: Policy, now: datetime) -> Action:
    """What comes next for a case, when, and why: a pure function of facts, policy and instant."""
    for rule in RULES:
        action = rule(facts, policy, now)
        if action is not None:
            if not facts.case.disputes:
                return action
            return sooner(action, ask_when_a_dispute_is_overdue(facts, policy, now))
    nothing = Action(do=ActionType.WAIT, at=None, why="nothing is left to do until there is news")
    return sooner(nothing, ask_when_a_dispute_is_overdue(facts, policy, now))


def let_small_sums_be(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """What is too small is not worth a message."""
    case = facts.case
    if case.to_chase >= policy.smallest_chased(case.invoice.amount.currency):
        return None
    return Action(do=ActionType.WAIT, at=None, why=f"{case.open_money} is less than is chased")


def stand_still_while_contested_or_paused(
    facts: Facts, policy: Policy, now: datetime
) -> Action | None:
    """Nothing is chased while all of it is disputed, or the case is paused without an end (P41)."""
    case = facts.case
    if not case.disputes and not case.paused:
        return None
    if case.undisputed < policy.smallest_chased(case.invoice.amount.currency):
        return review(facts, policy.review_days, standstill(case))
    if standing_still_until(facts) is None:
        return review(facts, policy.review_days, "the case has been paused")
    return None


def ask_when_nobody_was_reached(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """The last demand reached nobody: a person must find a way before any Plan B (P14).

    What came back and has no other way left is asked about at once, before the due date, too (P02).
    """
    case = facts.case
    last = _unheard_demand(case)
    if last is None:
        return None
    asked = [deed for deed in case.deeds if deed.step.startswith(UNREACHED)]
    if any(deed.at >= last.at and deed.episode == case.episode for deed in asked):
        return None
    ladder = Ladder(facts, policy, now, still_until(facts))
    at_once = AGAIN in last.step and last.result is Result.REJECTED
    if not at_once and (not ladder.messages_are_over() or said_again(facts, policy, ladder)):
        return None
    before = sum(deed.episode == case.episode for deed in asked)
    step = f"{UNREACHED}-{before + 1}" if before else UNREACHED
    why = f"{last.step} reached nobody: find another way to the customer"
    return Action(do=ActionType.ASK_PERSON, at=facts.calendar.within(last.at), why=why, step=step)


def hand_off_when_approved(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """A person has decided that the agency takes over."""
    case = facts.case
    if case.approved_at is None or case.contested:
        return None
    closed, gone = case.last_deed(ActionType.CLOSE), case.last_deed(ActionType.HAND_OFF)
    if closed and closed.at >= case.approved_at:
        return None  # it was said of the episode before
    if gone and (gone.at >= case.approved_at or case.with_agency):
        return None
    said = facts.calendar.local_date(case.approved_at)
    ladder = Ladder(facts, policy, now, max(case.approved_at, still_until(facts)))
    at = ladder.message_at(said)  # never in the same breath as a message
    before = sum(d.step.startswith(APPROVED) and d.episode == case.episode for d in case.deeds)
    step = f"{APPROVED}-{before + 1}" if before else APPROVED
    why = "a person approved the handoff"
    handoff = Action(do=ActionType.HAND_OFF, at=at, why=why, step=step)
    return _not_unasked(facts, policy, ladder, handoff) if not _nobody_is_reached(case) else handoff


def _nobody_is_reached(case: Case) -> bool:
    """Whether the last word reached nobody: a person who approves the handoff knows that."""
    last = case.last_attempt
    return last is not None and not last.reached_debtor


def _not_unasked(facts: Facts, policy: Policy, ladder: Ladder, handoff: Action) -> Action:
    """A handoff, or the demand with a deadline that has to come before it."""
    if deadline_set(facts, policy) or handoff.at is None:
        return handoff
    return demand_before_plan_b(facts, policy, handoff.at, ladder.free_beside_a_deadline)


def climb_the_ladder(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """The next step of the policy, unless the Plan B comes before it."""
    ladder = Ladder(facts, policy, now, still_until(facts))
    again = said_again(facts, policy, ladder) if facts.case.news else None
    if again is not None and again.at is not None:
        task = ladder.next_task()
        return _taken(task, ladder.why(task), facts) if task and task.at < again.at else again
    rung = ladder.next_rung()
    plan_b = _plan_b(facts, policy, ladder)
    if rung is None or (plan_b and plan_b.at and plan_b.at < rung.at):
        is_handoff = plan_b and plan_b.do is ActionType.HAND_OFF
        return _not_unasked(facts, policy, ladder, plan_b) if plan_b and is_handoff else plan_b
    taken = _taken(rung, ladder.why(rung), facts)
    return another_way(taken, facts, policy) if policy.contact.silence_days else taken


def never_fall_silent(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Whatever holds a case still, a person is asked about it before it is forgotten (P19)."""
    return review(facts, policy.review_days, "nothing has moved")


RULES: tuple[Rule, ...] = (
    recall_what_the_agency_need_not_collect,
    release_credit_when_cured,
    thank_who_has_paid,
    close_when_settled,
    reopen_what_is_owed_again,
    begin_anew_on_a_new_due_date,
    leave_it_to_a_person,
    keep_the_agency_informed,
    let_small_sums_be,
    wait_while_money_lies_on_the_account,
    stand_still_while_contested_or_paused,
    ask_why_our_money_went_back,
    ask_what_becomes_of_a_returned_case,
    keep_to_what_was_agreed,
    renew_the_demand,
    ask_when_nobody_was_reached,
    hand_off_when_approved,
    climb_the_ladder,
    never_fall_silent,
)


def _taken(rung: Rung, why: str, facts: Facts) -> Action:
    step = rung.step
    if step.do is ActionType.FEE:
        fee = late_fee(step, facts.case)
        return Action(
            do=step.do,
            at=rung.at,
            why=why,
            step=step.id,
            order=step.order,
            fee=fee.amount.minor,
            ground=fee.ground,
        )
    return Action(
        do=step.do,
        at=rung.at,
        why=why,
        step=step.id,
        channels=step.channels,
        tone=step.tone,
        deadline_days=step.deadline_days,
        order=step.order,
    )


def _plan_b(facts: Facts, policy: Policy, ladder: Ladder) -> Action | None:
    case, plan = facts.case, policy.plan_b
    fixed, step = fixed_day(plan.on, case.invoice), _plan_b_step(case)
    if case.contested or step is None or not ladder.messages_are_over(by=fixed or NEVER):
        return None
    day = fixed or _plan_b_day(plan, ladder)
    if day is None or _unheard_demand(case):
        return None
    at = ladder.message_at(day)
    why, do = _plan_b_why(plan, case), plan.do
    instead = _for_a_person(case)
    if instead:
        why, do = f"{why}, and {instead}", ActionType.ASK_PERSON
    if step != _PLAN_B and do is ActionType.HAND_OFF:
        why, do = f"{why}, and the agency gave it back before", ActionType.ASK_PERSON
    return Action(do=do, at=at, why=why, step=step, order=10**6)


def _plan_b_day(plan: PlanB, ladder: Ladder) -> date | None:
    """The day of a Plan B that hangs on what was said; one that nobody set falls at once."""
    base = ladder.previous_day()
    if plan.on.base is Base.DEADLINE:
        base = ladder.deadline or base
    return anchored(plan.on, base) if base else None


def _plan_b_step(case: Case) -> str | None:
    """The step's name; None if this episode has had its Plan B, and nothing came back since."""
    done = [d for d in case.deeds if d.step.startswith(_PLAN_B) and d.episode == case.episode]
    if not done:
        return _PLAN_B
    if case.returned_at is None or done[-1].at > case.returned_at:
        return None
    return f"{_PLAN_B}-{len(done) + 1}"


def _for_a_person(case: Case) -> str:
    """Why an agency is not the answer: an invoice that never arrived, or nothing but costs."""
    if case.disputes:
        return f"{unsettled(case)}: a person decides first"
    return "" if case.open else f"only {costs_alone(case)} are left: a person decides first"


def _plan_b_why(plan: PlanB, case: Case) -> str:
    deadline = latest_deadline(case)
    passed = f"the deadline of {deadline} passed" if deadline else f"{plan.on} has come"
    return f"{passed} with {case.open_money} open"


def _unheard_demand(case: Case) -> Deed | None:
    """The last message of this episode, if it reached nobody and no person has answered yet."""
    last = case.last_attempt
    if last is None or last.episode != case.episode or last.reached_debtor:
        return None
    return None if case.approved_at and case.approved_at >= last.at else last

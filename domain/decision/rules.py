"""The ordered rules: each answers what comes next, when and why; the first with an answer wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from domain.agreements.due_parts import next_part_falls_due, with_due_parts
from domain.case.facts import Action, Facts
from domain.case.promised import held_back
from domain.decision.answering.account_statements import beside_account_statement
from domain.decision.answering.beside import answer_the_customer
from domain.decision.answering.corrections import correct_what_was_wrong
from domain.decision.bundling import after_settling, spread_out
from domain.decision.closing import (
    ask_what_becomes_of_a_returned_case,
    ask_why_our_money_went_back,
    begin_anew_on_a_new_due_date,
    begin_anew_on_the_next_part,
    close_when_settled,
    keep_the_agency_informed,
    recall_what_the_agency_need_not_collect,
    release_credit_when_cured,
    reopen_what_is_owed_again,
)
from domain.decision.consumers.free_reminders import with_free_days
from domain.decision.review import is_done, review
from domain.decision.rules_agreements import keep_to_what_was_agreed
from domain.decision.rules_confirming import correct_what_was_taken_back
from domain.decision.rules_disputes import (
    acknowledge_a_dispute,
    ask_when_a_dispute_is_overdue,
    sooner,
    standstill,
)
from domain.decision.rules_plan_b import (
    ask_when_nobody_was_reached,
    follow_the_agreed_plan_b,
    hand_off_when_approved,
    not_unasked,
    plan_b_of_ladder,
)
from domain.decision.rules_renewed import renew_the_demand
from domain.decision.rules_thanks import thank_who_has_paid
from domain.decision.small_rules import (
    is_too_small,
    lawful_fee,
    leave_it_to_a_person,
    wait_while_money_lies_on_the_account,
)
from domain.ladder.bank_age import after_new_statements
from domain.ladder.holds import standing_still_until, still_until
from domain.ladder.never_heard import next_name
from domain.ladder.next_step import Ladder
from domain.ladder.resend import said_again
from domain.ladder.schedule import Rung
from domain.ladder.unanswered import another_way
from domain.ladder.wanted import wanted_today
from domain.message_types import ActionType
from domain.policy.model import Policy

Rule = Callable[[Facts, Policy, datetime], Action | None]

SMALL_REST = "small-rest"


def next_action(facts: Facts, policy: Policy, now: datetime) -> Action:
    """Decide what comes next for a case: a pure function of facts, policy and instant."""
    action, turn = _until_more_is_due(facts, policy, now)
    if turn is None:
        return after_new_statements(action, facts, policy, now)
    while turn:  # what is planned for after that day is planned as things stand then
        looked, (action, turn) = turn, _until_more_is_due(facts, policy, turn)
    return _no_sooner(action, looked)


def _until_more_is_due(
    facts: Facts, policy: Policy, now: datetime
) -> tuple[Action, datetime | None]:
    """The next action as things stand, and the instant before it at which a part falls due."""
    if facts.case.invoice.terms:
        facts = replace(facts, case=with_due_parts(facts.case, facts.calendar, now))
    action = _first(facts, policy, now, RULES)
    if facts.case.disputes:
        action = sooner(action, ask_when_a_dispute_is_overdue(facts, policy, now))
    action = beside_account_statement(action, facts, policy, now)
    turn = next_part_falls_due(facts.case, facts.calendar, now)
    comes_first = action.at is not None and turn is not None and action.at < turn
    return action, None if comes_first else turn


def _no_sooner(action: Action, turn: datetime) -> Action:
    """An action that is planned for the day after a further part falls due, or later."""
    if action.at is None:
        return action
    ahead = action.ahead or f"if nothing more is paid by then: {action.why}"
    return replace(action, at=max(action.at, turn), ahead=ahead)


def _first(facts: Facts, policy: Policy, now: datetime, rules: tuple[Rule, ...]) -> Action:
    for place, rule in enumerate(rules, start=1):
        found = rule(facts, policy, now)
        if found is None:
            continue
        found = with_free_days(found, facts, now)
        action = after_settling(spread_out(found, facts, policy), facts, policy)
        if _goes_on_beside(rule, facts, now):
            return sooner(action, _first(facts, policy, now, rules[place:]))
        return action
    return Action(do=ActionType.WAIT, at=None, why="nothing is left to do until there is news")


def _goes_on_beside(rule: Rule, facts: Facts, now: datetime) -> bool:
    """Whether what comes sooner does not wait: the rest beside a promise, and for a courtesy."""
    if rule is keep_to_what_was_agreed:
        return held_back(facts.case, now) > 0
    return rule is answer_the_customer


def let_small_sums_be(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Chase no sum that is smaller than the policy's tolerance.

    Unless the small rests of the customer in that currency are together worth it.
    """
    case = facts.case
    if not is_too_small(case.to_chase, facts, policy):
        return None
    why = f"{case.open_money} is less than is chased"
    asks = case.to_chase > 0 and (case.received or case.credited) and not is_done(case, SMALL_REST)
    if not asks:
        return Action(do=ActionType.WAIT, at=None, why=why)
    overdue = facts.calendar.opening(case.due + timedelta(days=1))
    return Action(
        do=ActionType.ASK_PERSON,
        at=max(overdue, facts.calendar.within(case.heard_at)),
        why=f"{why}: write it off, or leave it for the next invoice",
        step=SMALL_REST,
    )


def stand_still_while_contested_or_paused(
    facts: Facts, policy: Policy, now: datetime
) -> Action | None:
    """Chase nothing while all of it is disputed, or the case is paused without an end (P41)."""
    case = facts.case
    if not case.disputes and not case.paused:
        return None
    if is_too_small(case.undisputed, facts, policy):
        return review(facts, policy.review_days, standstill(case))
    if standing_still_until(facts) is None:
        return review(facts, policy.review_days, "the case has been paused")
    return None


def climb_the_ladder(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Take the next step of the policy, or the Plan B if that comes before it."""
    ladder = Ladder(facts, policy, now, still_until(facts))
    again = said_again(facts, policy, ladder) if facts.case.news else None
    if again is not None and again.at is not None:
        task = ladder.next_task()
        if task is None or task.at >= again.at:
            return again
        return _taken(task, ladder.why(task), facts)
    wanted = wanted_today(facts, policy, ladder) if facts.case.wanted_now else None
    if wanted is not None:
        why = f"{wanted.step.on} is {wanted.day}; a person wanted it out sooner"
        return _taken(wanted, why, facts)
    rung = ladder.next_rung()
    plan_b = plan_b_of_ladder(facts, policy, ladder)
    if rung is None or (plan_b and plan_b.at and plan_b.at < rung.at):
        presses = (ActionType.HAND_OFF, ActionType.LAWYER_LETTER)
        is_handoff = plan_b and plan_b.do in presses
        return not_unasked(facts, policy, ladder, plan_b) if plan_b and is_handoff else plan_b
    taken = _taken(rung, ladder.why(rung), facts)
    return another_way(taken, facts, policy) if policy.contact.silence_days else taken


def never_fall_silent(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Ask a person about a case that stands still before it is forgotten (P19)."""
    return review(facts, policy.review_days, "nothing has moved")


RULES: tuple[Rule, ...] = (
    recall_what_the_agency_need_not_collect,
    release_credit_when_cured,
    thank_who_has_paid,
    close_when_settled,
    reopen_what_is_owed_again,
    begin_anew_on_a_new_due_date,
    begin_anew_on_the_next_part,
    correct_what_was_wrong,
    leave_it_to_a_person,
    keep_the_agency_informed,
    correct_what_was_taken_back,
    acknowledge_a_dispute,
    answer_the_customer,
    let_small_sums_be,
    wait_while_money_lies_on_the_account,
    stand_still_while_contested_or_paused,
    ask_why_our_money_went_back,
    ask_what_becomes_of_a_returned_case,
    keep_to_what_was_agreed,
    renew_the_demand,
    ask_when_nobody_was_reached,
    hand_off_when_approved,
    follow_the_agreed_plan_b,
    climb_the_ladder,
    never_fall_silent,
)


def _taken(rung: Rung, why: str, facts: Facts) -> Action:
    step = rung.step
    if step.do is ActionType.FEE:
        fee = lawful_fee(step, rung.at, facts)
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
        step=next_name(facts.case, step) if step.is_message else step.id,
        channels=step.channels,
        tone=step.tone,
        deadline_days=step.deadline_days,
        order=step.order,
    )

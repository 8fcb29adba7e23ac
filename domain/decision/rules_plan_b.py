"""Plan B: what follows when the ladder was climbed, or a person approved the handoff.

Nobody is handed over who was not asked for that very sum, with a deadline that has passed.
"""

# One thing: when a Plan B follows, which one, and what has to be said before it.

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.agreements.numbering import number_of_agreement
from domain.agreements.promises import FOR_EVER, PromiseState, state_of
from domain.agreements.reducer import Agreement, agreements_of
from domain.agreements.status import missed_part
from domain.case.agreement_types import Plan, Promise
from domain.case.chosen_plan_b import ChosenPlanB
from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.case.promised import held_back, part_promise
from domain.decision.review import AFTER_ALL_STEPS, is_done
from domain.decision.rules_confirming import newest_agreement
from domain.decision.rules_disputes import unsettled
from domain.decision.rules_renewed import NO_DEADLINE, ask_anew_about, demand_before_plan_b
from domain.decision.small_rules import costs_alone
from domain.deed import AGAIN, AGREED_PLAN_B, PLAN_B
from domain.ladder.deadlines import latest_deadline
from domain.ladder.demand import Interruption, covering_demand
from domain.ladder.holds import still_until
from domain.ladder.next_step import NEVER, Ladder
from domain.ladder.resend import said_again
from domain.ladder.schedule import anchored, fixed_day
from domain.message_types import ActionType, Result
from domain.money import Money
from domain.policy.due_dates import late_from
from domain.policy.model import Base, PlanB, Policy

APPROVED = "plan-b-approved"
UNREACHED = "unreached"


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
    """A person has decided that the agency takes over, of what is due."""
    case = facts.case
    if case.approved_at is None or case.contested:
        return None
    closed, gone = case.last_deed(ActionType.CLOSE), case.last_deed(ActionType.HAND_OFF)
    if closed and closed.at >= case.approved_at:
        return None  # it was said of the episode before
    if gone and (gone.at >= case.approved_at or case.with_agency):
        return None
    overdue = case.due + timedelta(days=1)
    said = max(facts.calendar.local_date(case.approved_at), overdue)
    ladder = Ladder(facts, policy, now, max(case.approved_at, still_until(facts)))
    at = ladder.message_at(said)  # never in the same breath as a message
    before = sum(d.step.startswith(APPROVED) and d.episode == case.episode for d in case.deeds)
    step = f"{APPROVED}-{before + 1}" if before else APPROVED
    why = "a person approved the handoff"
    handoff = Action(do=ActionType.HAND_OFF, at=at, why=why, step=step)
    return not_unasked(facts, policy, ladder, handoff) if not _nobody_is_reached(case) else handoff


def _nobody_is_reached(case: Case) -> bool:
    """Whether the last word reached nobody: a person who approves the handoff knows that."""
    last = case.last_attempt
    return last is not None and not last.reached_debtor


def not_unasked(facts: Facts, policy: Policy, ladder: Ladder, handoff: Action) -> Action:
    """A handoff, or the demand with a deadline that has to come before it."""
    if handoff.at is None:
        return handoff
    asked = covering_demand(facts, policy, ladder.now)
    why = NO_DEADLINE if asked is None else _ran_out_unseen(facts, policy, asked)
    if asked is None or why:
        free = ladder.free_beside_a_deadline
        return demand_before_plan_b(facts, policy, handoff.at, free, why)
    said = _said_since(facts.case, asked)
    return ask_anew_about(said, facts, policy, ladder) if said else handoff


def _said_since(case: Case, asked: Deed) -> tuple[datetime, Interruption] | None:
    """What the customer had said and nobody has answered in writing since the last demand."""
    claimed, approved = case.claimed_at, case.approved_at
    known = approved is not None and claimed is not None and approved >= claimed
    if claimed and asked.at < claimed and not known:
        return claimed, Interruption.MONEY_NOT_COME
    ends = (one.settled_at for one in case.settled_disputes)
    settled = max((at for at in ends if at and asked.at < at), default=None)
    return (settled, Interruption.DISPUTE_SETTLED) if settled else None


def _ran_out_unseen(facts: Facts, policy: Policy, asked: Deed) -> str:
    """Why a deadline does not count that ran out while nothing was owed; empty if it counts."""
    gave_up, day = facts.case.gave_up_at, asked.deadline
    if gave_up is None or day is None or asked.at >= gave_up:
        return ""
    unseen = gave_up < late_from(policy, facts.calendar, day) <= facts.case.released_at
    return "its deadline ran out while the invoice was written off" if unseen else ""


def follow_the_agreed_plan_b(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """An agreement that names its own Plan B was not kept: it follows, once (P53).

    The word about it comes first, the same day, and its deadline is waited for; until then the
    ladder stands still.
    """
    case = facts.case
    broken = _broken_with_a_choice(case, now)
    if broken is None or case.contested or _unheard_demand(case):
        return None
    agreed, over_at, chosen = broken
    step = f"{AGREED_PLAN_B}-{number_of_agreement(case, agreed)}"
    if is_done(case, step) or any(_is_handed_over(deed, over_at) for deed in case.deeds):
        return None
    ladder = Ladder(facts, policy, now, max(over_at, still_until(facts)))
    at, instead = ladder.message_at(facts.calendar.local_date(over_at)), _for_a_person(case)
    why = f"what was agreed was not kept, with {_open_now(case)} open: {chosen.words}"
    ahead = f"if {_open_now(case)} are still open by then: {chosen.words}, as was agreed"
    do, order = chosen.do, AFTER_ALL_STEPS
    if instead:
        why, ahead, do = f"{why}; but {instead}", f"{ahead}; but {instead}", ActionType.ASK_PERSON
    action = Action(do=do, at=at, why=why, ahead=ahead, step=step, order=order)
    return action if do is ActionType.ASK_PERSON else not_unasked(facts, policy, ladder, action)


def agreed_plan_b(case: Case, step: str) -> ChosenPlanB | None:
    """Find who was named by the agreement whose Plan B a step is; None for any other step."""
    for agreed in agreements_of(case) if step.startswith(AGREED_PLAN_B) else ():
        if step == f"{AGREED_PLAN_B}-{number_of_agreement(case, agreed)}":
            return agreed.plan_b.chosen
    return None


def _broken_with_a_choice(
    case: Case, now: datetime
) -> tuple[Agreement, datetime, ChosenPlanB] | None:
    """The agreement that counts, if it was not kept, since when, and the Plan B that it named."""
    agreed = newest_agreement(case) if case.promises or case.plans or case.settlements else None
    if agreed is None or agreed.plan_b.chosen is None:
        return None
    over_at = _over_at(case, agreed)
    if over_at is None or over_at > now or (case.closed_at and case.closed_at >= over_at):
        return None
    late = (PromiseState.KEPT_LATE, PromiseState.VOID)
    kept = isinstance(agreed, Promise) and state_of(case, agreed, FOR_EVER) in late
    return None if kept else (agreed, over_at, agreed.plan_b.chosen)


def _over_at(case: Case, agreed: Agreement) -> datetime | None:
    """The instant at which an agreement is over unless it is kept; None if no part is missing."""
    if not isinstance(agreed, Plan):
        return agreed.plan_b.check_at
    missed = missed_part(case, agreed)
    return None if missed is None else agreed.cures[missed]


def _is_handed_over(deed: Deed, since: datetime) -> bool:
    """Whether the case went to an agency after that, by whatever decision: then that counts."""
    return deed.do is ActionType.HAND_OFF and deed.at >= since


def plan_b_of_ladder(facts: Facts, policy: Policy, ladder: Ladder) -> Action | None:
    """The Plan B once every word was said, or nothing while one is still to come."""
    case, plan = facts.case, policy.plan_b
    fixed = fixed_day(plan.on, case)
    if case.contested or not ladder.messages_are_over(by=fixed or NEVER):
        return None
    step = _plan_b_step(case)
    if step is None:
        return None
    day = fixed or _plan_b_day(plan, ladder)
    if day is None or _unheard_demand(case):
        return None
    at, promised = ladder.message_at(day), _promised_before(facts, ladder.now)
    at = max(at, promised) if promised else at
    why, ahead, do = _plan_b_why(plan, case), _plan_b_ahead(plan, case), plan.do
    instead = _for_a_person(case)
    if not instead and do is ActionType.HAND_OFF and _has_been_there(case):
        instead = "the agency gave it back before"
    if instead:
        why, ahead, do = f"{why}, and {instead}", f"{ahead}, and {instead}", ActionType.ASK_PERSON
    return Action(do=do, at=at, why=why, ahead=ahead, step=step, order=AFTER_ALL_STEPS)


def _has_been_there(case: Case) -> bool:
    """Whether an agency has had the case in this episode."""
    gone = case.last_deed(ActionType.HAND_OFF)
    return gone is not None and gone.episode == case.episode


def _promised_before(facts: Facts, now: datetime) -> datetime | None:
    """Until when a promise of part is waited for: only if it is of half of what is open or more.

    A small one would keep all of the rest from going on.
    """
    promise, held = part_promise(facts.case), held_back(facts.case, now)
    if promise is None or not held or 2 * held < facts.case.undisputed:
        return None
    return facts.calendar.within(promise.plan_b.check_at)


def _plan_b_day(plan: PlanB, ladder: Ladder) -> date | None:
    """The day of a Plan B that hangs on what was said; one that nobody set falls at once."""
    base = ladder.previous_day()
    if plan.on.base is Base.DEADLINE:
        base = ladder.deadline or base
    return anchored(plan.on, base) if base else None


def _plan_b_step(case: Case) -> str | None:
    """The step's name; None if this episode has had its Plan B, and nothing came of it since."""
    done = [d for d in case.deeds if _is_plan_b(d) and d.episode == case.episode]
    if not done:
        return PLAN_B
    last = done[-1]
    came_back = case.returned_at is not None and last.at <= case.returned_at
    asked_in_vain = last.do is ActionType.ASK_PERSON and _went_on_since(case, last.at)
    return f"{PLAN_B}-{len(done) + 1}" if came_back or asked_in_vain else None


def _went_on_since(case: Case, instant: datetime) -> bool:
    """Whether a person let it go on since: a new deadline was set, or what was open is settled."""
    settled = (one.settled_at for one in case.settled_disputes)
    anew = (deed.at for deed in case.deeds if deed.reached_debtor and deed.deadline)
    return any(at is not None and at > instant for at in (*settled, *anew))


def _is_plan_b(deed: Deed) -> bool:
    """Whether a deed took the case off the ladder: a handoff that was agreed on did, too."""
    agreed = deed.do is ActionType.HAND_OFF and deed.step.startswith(AGREED_PLAN_B)
    return agreed or deed.step.startswith(PLAN_B)


def _for_a_person(case: Case) -> str:
    """Why an agency is not the answer: an invoice that never arrived, or nothing but costs."""
    if case.disputes:
        return f"{unsettled(case)}: a person decides first"
    if not case.open:
        return f"only {costs_alone(case)} are left: a person decides first"
    small = case.open <= case.slack
    return f"only a rest of {case.open_money} is left: a person decides first" if small else ""


def _plan_b_why(plan: PlanB, case: Case) -> str:
    deadline = latest_deadline(case)
    passed = f"the deadline of {deadline} passed" if deadline else f"{plan.on} has come"
    return f"{passed} with {_open_now(case)} open"


def _open_now(case: Case) -> Money:
    return Money(case.open_now, case.invoice.amount.currency)


def _plan_b_ahead(plan: PlanB, case: Case) -> str:
    deadline = latest_deadline(case)
    when = f"after the deadline of {deadline}" if deadline else str(plan.on)
    return f"if {_open_now(case)} are still open by then ({when})"


def _unheard_demand(case: Case) -> Deed | None:
    """The last message of this episode, if it reached nobody and no person has answered yet."""
    last = case.last_attempt
    if last is None or last.episode != case.episode or last.reached_debtor:
        return None
    return None if case.approved_at and case.approved_at >= last.at else last

"""Rules for cases that end, open again, or are with the agency."""

# One thing: the rules that look at how a case ends, begins again, or is with the agency.

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from domain.agencies.progress import NEWS_MEANS, WhoActs
from domain.agreements.due_parts import nothing_is_late
from domain.agreements.status import agreed_until
from domain.case.agency_standing import standing_at_agency
from domain.case.facts import Action, Facts
from domain.case.model import Case, Deed
from domain.case.promised import part_promise, still_promised
from domain.decision.review import count, review
from domain.decision.rules_disputes import contested_since, sooner
from domain.decision.small_rules import held_for_waiting_money, is_too_small
from domain.deed import NEW_DUE_DATE, NEXT_PART, base_of
from domain.ladder.demand import said_demands
from domain.ladder.holds import after_the_claim, unpaused_from
from domain.message_types import STEP_DEEDS, ActionType, AgencyNews, Outcome
from domain.money import Money
from domain.policy.model import Policy


def recall_what_the_agency_need_not_collect(
    facts: Facts, policy: Policy, now: datetime
) -> Action | None:
    """Recall the case from the agency as soon as nothing is left to collect (P73)."""
    case = facts.case
    if not case.with_agency:
        return None
    if case.outcome:
        why = f"{case.outcome.value} after the handoff: the agency must stop"
    elif _cured(facts, policy):
        left = Money(case.to_chase, case.invoice.amount.currency)
        why = f"{left} that are left are less than is chased: the agency must stop"
    elif case.part and nothing_is_late(case):
        paid = f"what it had is settled, the next part is due on {case.printed_due}"
        why = f"{paid}: the agency must stop"
    elif not_due_yet(facts, now):
        why = f"due on {case.printed_due} after the handoff: the agency must stop"
    else:
        return None
    before = count(case, ActionType.RECALL)
    step = f"{ActionType.RECALL.value}-{before + 1}" if before else ActionType.RECALL.value
    return Action(do=ActionType.RECALL, at=_since_news(case), why=why, step=step)


def not_due_yet(facts: Facts, now: datetime) -> bool:
    """Whether the due date was moved out, or a part is paid, and the day is still to come.

    Nothing may press for the money then.
    """
    case = facts.case
    has_moved = case.due_moved_at is not None or (case.part > 0 and not case.with_agency)
    return has_moved and case.outcome is None and facts.calendar.local_date(now) <= case.due


def why_not_chased(facts: Facts, policy: Policy, now: datetime) -> str:
    """Describe why nobody asks the customer for money now; empty while somebody does.

    What only makes sense while we chase, such as a call that asks when it is paid, ends with it.
    """
    case = facts.case
    if case.outcome:
        return case.outcome.value
    agreed, paused = agreed_until(case), unpaused_from(facts)
    lies = held_for_waiting_money(facts, policy)
    reasons = (
        (case.with_agency, "the agency has the case"),
        (case.undisputed <= 0, "all of it is disputed"),
        (not_due_yet(facts, now), f"due on {case.printed_due} now"),
        (lies is not None, f"{lies} of the customer wait to be placed"),
        (facts.customer.human_only, "only people deal with this customer"),
        (agreed is not None and now < agreed, "an agreement is kept so far"),
        (paused is None or now < paused, "the case is paused"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def release_credit_when_cured(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Release the credit hold as soon as the debt is gone (P60); a write-off cures nothing."""
    case = facts.case
    if not case.credit_held or not (_cured(facts, policy) or not_due_yet(facts, now)):
        return None
    why = f"{case.outcome.value if case.outcome else case.open_money}: the hold is lifted"
    if not _cured(facts, policy):
        left = Money(case.open_now, case.invoice.amount.currency)
        why = f"{left} are due on {case.printed_due}: the hold is lifted"
    before = count(case, ActionType.RELEASE_CREDIT)
    step = (
        f"{ActionType.RELEASE_CREDIT.value}-{before + 1}"
        if before
        else ActionType.RELEASE_CREDIT.value
    )
    return Action(do=ActionType.RELEASE_CREDIT, at=_since_news(case), why=why, step=step)


def _cured(facts: Facts, policy: Policy) -> bool:
    case = facts.case
    if case.outcome:
        return case.outcome in (Outcome.PAID, Outcome.CREDITED, Outcome.WITHDRAWN)
    return is_too_small(case.to_chase, facts, policy)


def close_when_settled(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Close the case when nothing is left to collect."""
    case = facts.case
    if not case.outcome:
        return None
    why = f"{case.outcome.value}: nothing is left to collect"
    if case.closed:
        return Action(do=ActionType.WAIT, at=None, why=why, outcome=case.outcome)
    at, step = _since_news(case), ActionType.CLOSE.value
    return Action(do=ActionType.CLOSE, at=at, why=why, step=step, outcome=case.outcome)


def reopen_what_is_owed_again(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Reopen a closed case that is owed again as its next episode, with its original age."""
    case = facts.case
    if not case.closed:
        return None
    why = f"{case.open_money} are owed again"
    return Action(do=ActionType.REOPEN, at=_since_news(case), why=why, step=ActionType.REOPEN.value)


def begin_anew_on_a_new_due_date(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """The due date was moved out: the ladder begins anew, what was said for the old one is void."""
    case = facts.case
    moved = case.due_moved_at
    if moved is None or case.outcome or case.closed or not not_due_yet(facts, now):
        return None
    said = any(deed.do in STEP_DEEDS and deed.at <= moved for deed in case.deeds)
    begun = any(d.step.startswith(NEW_DUE_DATE) and d.at >= moved for d in case.deeds)
    if begun or not said:
        return None
    why = f"the invoice is due on {case.printed_due} now: the ladder begins anew"
    return Action(do=ActionType.REOPEN, at=_since_news(case), why=why, step=NEW_DUE_DATE)


def begin_anew_on_the_next_part(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """The parts that were asked for are paid: the next one has a ladder of its own.

    Not where a step of the ladder has asked for it beside them: then it goes on from there.
    """
    case, since = facts.case, facts.case.part_since
    if not case.part or since is None or case.outcome or case.closed or case.with_agency:
        return None
    said = any(deed.do in STEP_DEEDS and deed.at <= since for deed in case.deeds)
    begun = any(d.step.startswith(NEXT_PART) and d.at >= since for d in case.deeds)
    if begun or not said or _ladder_has_asked(facts, policy):
        return None
    gone = "contested" if case.contested else "paid"
    why = f"what fell due before is {gone}, the next part is due on {case.printed_due}"
    return Action(
        do=ActionType.REOPEN,
        at=_since_news(case),
        why=f"{why}: the ladder begins anew",
        step=NEXT_PART,
    )


def _ladder_has_asked(facts: Facts, policy: Policy) -> bool:
    """Whether a step of the policy has asked for the part that counts now since it fell due."""
    return any(policy.step(base_of(deed.step)) for deed in said_demands(facts))


RETURNED = "returned"


def ask_what_becomes_of_a_returned_case(
    facts: Facts, policy: Policy, now: datetime
) -> Action | None:
    """The agency gave the case back with money open: a person decides what becomes of it."""
    case = facts.case
    if not case.came_back_undecided or case.returned_at is None:
        return None
    why = f"the agency gave the case back with {case.open_money} open"
    now_asked = (deed for deed in case.deeds if deed.episode == case.episode)
    asked = [deed for deed in now_asked if deed.step.startswith(RETURNED)]
    if any(deed.at >= case.returned_at for deed in asked):
        return review(facts, policy.review_days, f"{why}, and nobody has decided")
    return Action(
        do=ActionType.ASK_PERSON,
        at=facts.calendar.within(_since_news(case)),
        why=f"{why}: go on ourselves, hand it to another agency or to a lawyer, agree on a plan,"
        " or write it off",
        step=f"{RETURNED}-{len(asked) + 1}" if asked else RETURNED,
    )


def ask_why_our_money_went_back(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """We gave money back, and it is owed again: a person says why before the debtor is asked."""
    case = facts.case
    if case.refunded_at is None or case.outcome:
        return None
    why = f"our refund left {case.open_money} open: a credit note, or is it asked for again?"
    asked = [deed for deed in case.deeds if deed.step.startswith(_REFUNDED)]
    if any(deed.at >= case.refunded_at for deed in asked):
        return review(facts, policy.review_days, why)
    mine = sum(deed.episode == case.episode for deed in asked)
    return Action(
        do=ActionType.ASK_PERSON,
        at=facts.calendar.within(_since_news(case)),
        why=why,
        step=f"{_REFUNDED}-{mine + 1}" if mine else _REFUNDED,
    )


_REFUNDED = "refunded"


def keep_the_agency_informed(facts: Facts, policy: Policy, now: datetime) -> Action | None:
    """Inform the agency of what came in, is contested or settled after the handoff (P72)."""
    case = facts.case
    if not case.with_agency:
        return None
    told = next(deed for deed in reversed(case.deeds) if deed.do in _TOLD_THE_AGENCY)
    why = _news_for_the_agency(case, told)
    if not why:
        wait = review(facts, policy.agency_review_days, "the agency has had the case")
        for other in (_ask_about_a_further_part, _answer_the_agency, _ask_about_silence):
            wait = sooner(wait, other(facts, policy))
        return sooner(wait, _say_what_did_not_come(facts, told))
    return _informing(case, _since_news(case), why)


def _informing(case: Case, at: datetime, why: str) -> Action:
    step = f"inform-{count(case, ActionType.INFORM_AGENCY) + 1}"
    return Action(do=ActionType.INFORM_AGENCY, at=at, why=why, step=step)


def _say_what_did_not_come(facts: Facts, told: Deed) -> Action | None:
    """What the agency was told to wait for has not come: it goes on that day, and no later (P52).

    Nobody hears of it otherwise: a day that passes is no news.
    """
    ends = [(at, why) for at, why in _waited_for(facts) if at > told.at]
    if not ends or facts.case.contested or facts.case.paused:
        return None
    at, why = max(ends)
    action = _informing(facts.case, at, why)
    return replace(action, ahead=f"if nothing has come by then: {why}")


def _waited_for(facts: Facts) -> Iterator[tuple[datetime, str]]:
    """Until when the agency waits because of what it was told, and what it hears then."""
    case, agreed, promise = facts.case, agreed_until(facts.case), part_promise(facts.case)
    if promise and not promise.suspended and still_promised(case, promise):
        agreed = max(promise.plan_b.check_at, agreed or promise.plan_b.check_at)
    if agreed:
        yield agreed, "the money of the agreement that you were told of has not come"
    for pending in case.pending_payments:
        yield pending.check_at, "the money that was on its way has not come"
    claimed = case.claimed_at
    if claimed and not any(at >= claimed for _, _, at in case.payments):
        why = "the payment that the customer told of has not come"
        yield after_the_claim(claimed, facts.calendar), why


_TOLD_THE_AGENCY = (ActionType.HAND_OFF, ActionType.INFORM_AGENCY)


AGENCY_ASKS, AGENCY_SILENT = "agency-asks", "agency-silent"


def _answer_the_agency(facts: Facts, policy: Policy) -> Action | None:
    """The agency asked something: a person answers it, and decides on legal steps."""
    case, standing = facts.case, standing_at_agency(facts.case)
    if standing is None or standing.asks is None or standing.asked_at is None:
        return None
    now_asked = (deed for deed in case.deeds if deed.episode == case.episode)
    asked = [deed for deed in now_asked if deed.step.startswith(AGENCY_ASKS)]
    if any(deed.at >= standing.asked_at for deed in asked):
        return None
    return Action(
        do=ActionType.ASK_PERSON,
        at=facts.calendar.within(_since_news(case)),
        why=f"the agency waits for us: {NEWS_MEANS[standing.asks]}",
        step=f"{AGENCY_ASKS}-{len(asked) + 1}" if asked else AGENCY_ASKS,
    )


def _ask_about_silence(facts: Facts, policy: Policy) -> Action | None:
    """The agency has said nothing beyond its time: a person asks it what it does (P72)."""
    case, days = facts.case, policy.agency_silence_days
    standing = standing_at_agency(case)
    if not days or standing is None or standing.acts_next is WhoActs.WE:
        return None
    now_asked = (deed for deed in case.deeds if deed.episode == case.episode)
    asked = [deed for deed in now_asked if deed.step.startswith(AGENCY_SILENT)]
    base = max([standing.heard_at, *(deed.at for deed in asked)])
    day = facts.calendar.local_date(base) + timedelta(days=days)
    why = f"no word from the agency for {days} days: ask it what it does"
    return Action(
        do=ActionType.ASK_PERSON,
        at=facts.calendar.opening(day),
        why=why,
        ahead=f"if it says nothing by then: {why}",
        step=f"{AGENCY_SILENT}-{len(asked) + 1}" if asked else AGENCY_SILENT,
    )


def _ask_about_a_further_part(facts: Facts, policy: Policy) -> Action | None:
    """A part that falls due while the agency has the earlier ones is left to a person.

    Nobody was asked for it since it fell due, so the agency is not told to collect it.
    """
    case, currency = facts.case, facts.case.invoice.amount.currency
    taken = case.last_deed(ActionType.HAND_OFF)
    last_days = case.last_days[len(case.last_days) - len(case.later_parts) :]
    asked = {deed.step for deed in case.deeds if taken and deed.at >= taken.at}
    for part, last_day in zip(case.later_parts, last_days, strict=True):
        step = f"part-due-{part.day}"
        if step not in asked:
            money, plea = Money(part.minor, currency), "tell it, or ask for them afterwards"
            lacks = f"the agency does not have the {money}"
            return Action(
                do=ActionType.ASK_PERSON,
                at=facts.calendar.opening(last_day + timedelta(days=1)),
                why=f"{lacks} that were due on {part.day}: {plea}",
                ahead=f"if {lacks} due on {part.day} by then: {plea}",
                step=step,
            )
    return None


def _news_for_the_agency(case: Case, told: Deed) -> str:
    contested = contested_since(case, told.at)
    if contested:
        return contested
    if case.open_now != told.open:
        left = Money(case.open_now, case.invoice.amount.currency)
        return f"since the handoff the open amount became {left}"
    agreed = _agreed_since(case, told)
    if agreed:
        return agreed
    if any(word is AgencyNews.TOLD and at > told.at for at, word in case.agency_said):
        return "we have a message for you"
    said = _said_since(case, told)
    if said:
        return said
    settled = any(d.settled_at and d.settled_at > told.at for d in case.settled_disputes)
    return "what held the claim is settled" if settled or case.released_at > told.at else ""


def _said_since(case: Case, told: Deed) -> str:
    """What else the agency should know before it asks again, said after it was told last."""
    until = f"until {case.paused_until}" if case.paused_until else "until we say more"
    heard: dict[str, Iterable[datetime | None]] = {
        f"the claim is paused {until}": [case.paused_at] if case.paused else [],
        "money of the customer is on its way": [one.at for one in case.pending_payments],
        "the customer says that it was paid": [case.claimed_at],
        "costs were waived": [at for at, _ in case.costs_waived],
        "an agreement that you were told of was a mistake": _taken_back(case, told),
    }
    return next(
        (what for what, when in heard.items() if any(at and at > told.at for at in when)), ""
    )


def _taken_back(case: Case, told: Deed) -> list[datetime]:
    """When that was taken back which the agency had been told."""
    return [back.at for back in case.taken_back if back.agreed and back.agreed.made_at <= told.at]


def _agreed_since(case: Case, told: Deed) -> str:
    """What was agreed with the customer after the agency was told last, in words."""
    promised = (promise.made_at for promise in case.promises)
    planned = (plan.accepted_at for plan in case.plans)
    offered = (offer.made_at for offer in case.settlements)
    for what, made in (("a promise", promised), ("a plan", planned), ("an offer", offered)):
        if any(at and at > told.at for at in made):
            return f"the customer and we agreed on {what} since"
    return ""


def _since_news(case: Case) -> datetime:
    # News may be dated back, but what follows from it never comes before what was done already.
    return max([case.heard_at, *(deed.at for deed in case.deeds)])

"""From when on a debtor is asked for costs: until then they accrue, and no message names a sum."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from domain.case.facts import Action
from domain.case.model import Case, Deed
from domain.case.money import Ground
from domain.charges.consumers.free_reminder import (
    NO_WAITING,
    NOT_SAID_YET,
    free_until,
    holds_interest,
)
from domain.charges.consumers.laws import consumer_law
from domain.deed import LEAVES_THE_LADDER, NEW_DUE_DATE, NEXT_PART
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, Result
from domain.policy.asked_from import FROM_DUE
from domain.policy.model import Policy, Step


def costs_asked_since(
    case: Case, ground: Ground, before: datetime | None = None
) -> datetime | None:
    """Find the instant (UTC) from which costs are asked for; None while they only accrue.

    Where a consumer's law wants a free reminder first, no sooner than its days have passed.
    """
    since, free = _asked_by_policy(case, ground.policy, before), NO_WAITING
    if holds_interest(consumer_law(ground)):
        free = free_until(case, ground)
    if since is None or free == NO_WAITING:
        return since
    return None if free == NOT_SAID_YET else max(since, ground.calendar.end_of(free))


def may_ask_for_costs(case: Case, ground: Ground, day: date) -> bool:
    """Tell whether a message of a day (debtor's calendar) may ask for costs under a law at all."""
    return not holds_interest(consumer_law(ground)) or day > free_until(case, ground)


def _asked_by_policy(case: Case, policy: Policy, before: datetime | None) -> datetime | None:
    """The instant from which the policy asks for costs; None while they only accrue.

    A message that was rejected asked nobody. Where the due date was moved out the ladder begins
    anew, and what was said for the earlier date does not count. Each part of terms has a ladder of
    its own, too, but what was paid while one ran paid what that one asked for: ``before`` is the
    instant of the payment.
    """
    if _first_step(policy) is None:
        return case.invoice.opened_at
    done = [deed for deed in case.deeds if before is None or deed.at < before]
    moved = (deed.episode for deed in case.deeds if deed.step.startswith(NEW_DUE_DATE))
    begun = (deed.episode for deed in done if deed.step.startswith(NEXT_PART))
    first = max([*moved, *begun], default=1)
    said = (deed for deed in done if deed.episode >= first and _has_asked(deed, policy))
    return min((deed.at for deed in said), default=None)


def asks_for_costs(action: Action | Deed, policy: Policy) -> bool:
    """Tell whether a deed is one from which on costs are asked for.

    That is the policy's step and whatever comes after it; and, whatever the step is called, a last
    demand before Plan B, and Plan B itself.
    """
    first, step = _first_step(policy), policy.step(action.step)
    if (
        first is None
        or action.do is ActionType.HAND_OFF
        or action.step.startswith(LEAVES_THE_LADDER)
    ):
        return True
    if step is None:
        return action.do is ActionType.DEMAND_LETTER
    if step.id == first.id:
        return True
    return step.order > first.order and action.do in MESSAGES_TO_DEBTOR


def _has_asked(deed: Deed, policy: Policy) -> bool:
    return deed.result is not Result.REJECTED and asks_for_costs(deed, policy)


@lru_cache(maxsize=4096)
def _first_step(policy: Policy) -> Step | None:
    """The first step that asks for costs; None if they are asked for from the due date on.

    Without a choice it is the first formal demand. A ladder that has none asks with its last
    message, and one that writes nothing to the debtor leaves nothing to wait for.
    """
    chosen = policy.charges.asked_from
    if chosen == FROM_DUE:
        return None
    if chosen:
        return policy.step(chosen)
    formal = [step for step in policy.steps if step.do is ActionType.DEMAND_LETTER]
    if formal:
        return formal[0]
    words = [step for step in policy.steps if step.is_message and step.do is not ActionType.CONFIRM]
    return words[-1] if words else None

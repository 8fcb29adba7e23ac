"""Rules for agreements: what is done on the very day on which one is not kept (P52, P54)."""

from __future__ import annotations

from datetime import datetime

from domain.agreements import PromiseState, state_of
from domain.facts import Action, Facts
from domain.kinds import Do
from domain.ladder import still_until
from domain.policy import Policy
from domain.review import is_done

CASH_ONLY = "cash-only"


def contact_the_same_day_when_a_promise_breaks(
    facts: Facts, policy: Policy, now: datetime
) -> Action | None:
    """A promised date passed without the money: contact the same day, and cash only (P52, P54)."""
    case, promise = facts.case, facts.case.running_promise
    if promise is None or state_of(case, promise, now) is PromiseState.KEPT:
        return None
    check_at = promise.plan_b.check_at
    at = facts.calendar.within(max(check_at, still_until(facts)))
    why = f"the money promised for {promise.day} has not come"
    step = f"promise-broken-{len(case.promises)}"
    last = case.last_message
    if not is_done(case, step) and (last is None or last.at < check_at):
        return Action(
            do=Do.REMIND, at=at, why=why, step=step, channels=("email", "sms"), tone="clear"
        )
    if case.credit_held or is_done(case, CASH_ONLY):
        return None
    return Action(do=Do.HOLD_CREDIT, at=at, why=f"{why}: cash only", step=CASH_ONLY)

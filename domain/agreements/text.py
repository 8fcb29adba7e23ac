"""Describes agreements in words and plain values, for the Temporal UI, letters and commands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.agreements.plans import PartState, PlanState, part_state, plan_state
from domain.agreements.promises import PromiseState, above_open, beside_it, state_of
from domain.agreements.settlements import OfferState, offer_state
from domain.agreements.status import current_plan, open_offer
from domain.case.agreement_types import Plan, Promise, Settlement
from domain.case.model import Case, Message
from domain.message_types import MessageType
from domain.money import Money

WITH_AGENCY = "the agency goes on: it has the case, and is told what was agreed"


def what_follows(case: Case, agreed: Promise | Plan | Settlement) -> str:
    """Describe the Plan B as things stand: while the agency has the case, we chase nobody (B3)."""
    return WITH_AGENCY if case.with_agency else agreed.plan_b.then


def agreement_values(case: Case, now: datetime) -> Iterator[str]:
    """Describe each standing agreement with its state and its Plan B."""
    promise, plan, offer = case.running_promise, current_plan(case), open_offer(case)
    if promise:
        yield _promised(case, promise, now)
    if plan:
        yield _planned(case, plan, now)
    if offer:
        state = offer_state(case, offer, now)
        then = what_follows(case, offer)
        yield f"offered until {offer.day}: {_else(state.value, then, OfferState.OPEN)}"


def remark(agreed: Promise | Plan | Settlement, currency: str) -> str:
    """Write what the recorder of an agreement should know beside its check; usually nothing."""
    if isinstance(agreed, Promise):
        return above_open(agreed, currency) or beside_it(agreed, currency)
    if isinstance(agreed, Plan) and agreed.accepted_at is None:
        return "proposed only: it holds nothing until the customer accepts it in writing"
    return ""


def moved_by(case: Case, message: Message) -> str:
    """Write what a dispute, a pause or its end did to what is agreed; empty if nothing."""
    if message.kind not in _MOVING:
        return ""
    standing = (case.running_promise, current_plan(case), open_offer(case))
    told = (_moved(agreed, message.at) for agreed in standing if agreed)
    return "; ".join(filter(None, told))


def _moved(agreed: Promise | Plan | Settlement, since: datetime) -> str:
    day = agreed.parts[-1].day if isinstance(agreed, Plan) else agreed.day
    if agreed.suspended:
        return f"{_WAITS[type(agreed)].format(day=day)} waits for its end, and then gets a new day"
    if agreed.moved_at is None or agreed.moved_at < since:
        return ""
    return _STANDS[type(agreed)].format(day=day)


_MOVING = (
    MessageType.DISPUTE_OPENED,
    MessageType.DISPUTE_SETTLED,
    MessageType.PAUSE,
    MessageType.RESUME,
)
_WAITS = {
    Promise: "the promise for {day}",
    Plan: "the plan until {day}",
    Settlement: "the offer until {day}",
}
_STANDS = {
    Promise: "the promise is for {day} now",
    Plan: "the plan's last instalment is due on {day} now",
    Settlement: "the offer stands until {day} now",
}


def instalments(case: Case, plan: Plan, now: datetime) -> list[tuple[str, str, PartState]]:
    """List the instalments of a plan: day, decimal amount, and how each stands."""
    currency = case.invoice.amount.currency
    return [
        (part.day.isoformat(), Money(part.minor, currency).plain, part_state(case, plan, n, now))
        for n, part in enumerate(plan.parts)
    ]


def _promised(case: Case, promise: Promise, now: datetime) -> str:
    state = state_of(case, promise, now)
    if state is PromiseState.KEPT:
        return f"promised for {promise.day}: kept"
    words = state.value.replace("_", " ")
    return f"promised for {promise.day}: {words}; if not kept, {what_follows(case, promise)}"


def _planned(case: Case, plan: Plan, now: datetime) -> str:
    state = plan_state(case, plan, now)
    rows = instalments(case, plan, now)
    paid = sum(how in (PartState.PAID, PartState.PAID_LATE) for _, _, how in rows)
    words = f"plan of {len(rows)} instalments until {plan.parts[-1].day}, {paid} paid"
    if state in (PlanState.RUNNING, PlanState.BEHIND):
        return f"{words}: {state.value}; if one is missed, {what_follows(case, plan)}"
    return f"{words}: {state.value}"


def _else(state: str, then: str, standing: OfferState) -> str:
    return f"{state}; if it is not paid, {then}" if state == standing.value else state

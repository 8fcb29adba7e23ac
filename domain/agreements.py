"""Agreements: what may be promised, when it is checked, and what happens if it is not kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar import Calendar
from domain.case import Case, Message, PlanBAgreed, Promise
from domain.errors import RefusedError
from domain.policy import Policy


class PromiseState(StrEnum):
    """How a promise stands."""

    RUNNING = "running"
    KEPT = "kept"
    BROKEN = "broken"


def promised(case: Case, message: Message, policy: Policy, calendar: Calendar) -> Promise:
    """A promise to pay with its Plan B, or the reason why it cannot be accepted (P50, P51, P53).

    Raises:
        RefusedError: if it has no date, lies in the past or too far away, or is one too many.
    """
    day = message.day
    if day is None:
        raise RefusedError("a promise needs the date of the payment", field="date")
    today = calendar.local_date(message.at)
    longest = policy.agreements.longest_promise_days
    if day < today:
        raise RefusedError(f"{day} is already past; a promise looks ahead", field="date")
    if day > today + timedelta(days=longest):
        raise RefusedError(f"{day} is more than {longest} days away; offer a plan", field="date")
    if len(case.promises) >= policy.agreements.promises_allowed:
        raise RefusedError(
            f"{len(case.promises)} promises were made before; a supervisor must decide"
        )
    return Promise(
        key=message.key,
        made_at=message.at,
        day=day,
        amount=_promised_part(case, message),
        counts_from=calendar.start_of(today),
        plan_b=plan_b(message, policy, calendar),
    )


def plan_b(message: Message, policy: Policy, calendar: Calendar) -> PlanBAgreed:
    """When a promise is checked, and what follows if it was not kept (P52, P53, P54)."""
    day = message.day
    if day is None:
        raise RefusedError("a promise needs the date of the payment", field="date")
    check_at = calendar.end_of(day + timedelta(days=policy.agreements.grace_days))
    return PlanBAgreed(
        check_at=check_at,
        then="we write the same day, credit is cash only, and the ladder goes on where it stood",
    )


def state_of(case: Case, promise: Promise, now: datetime) -> PromiseState:
    """Whether a promise is kept, still runs, or is broken at an instant."""
    if _came_in_time(case, promise):
        return PromiseState.KEPT
    if now >= promise.plan_b.check_at:
        return PromiseState.BROKEN
    return PromiseState.KEPT if case.open <= 0 else PromiseState.RUNNING


def _came_in_time(case: Case, promise: Promise) -> bool:
    """Money after the check does not keep a promise, and a later reversal does not break it."""
    check_at = promise.plan_b.check_at
    if promise.amount is not None:
        return case.received_between(promise.counts_from, check_at) >= promise.amount
    came = sum(minor for at, minor in case.moves if at < check_at)
    return came + case.written_off >= case.invoice.amount.minor


def _promised_part(case: Case, message: Message) -> int | None:
    money = message.amount
    if money is None:
        return None
    if money.currency != case.invoice.amount.currency:
        raise RefusedError(
            f"{money} does not fit an invoice in {case.invoice.amount.currency}", field="currency"
        )
    if money.minor <= 0:
        raise RefusedError("a promise of nothing is none", field="amount")
    return None if money.minor >= case.open else money.minor

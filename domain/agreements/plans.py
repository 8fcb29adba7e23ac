"""Instalment plans: what may be agreed, when each part is checked, and how the plan stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.agreements.approval import check_plan
from domain.agreements.grace import grace_of
from domain.agreements.promises import agreed_sum, goes_on
from domain.agreements.schedules import is_schedule, spread
from domain.agreements.status import current_plan, is_covered, missed_part
from domain.calendar import Calendar, refuse_past
from domain.case.agreement_types import Plan
from domain.case.chosen_plan_b import read_plan_b
from domain.case.invoice import InvoicePart
from domain.case.model import Case, Message, PlanBAgreed
from domain.errors import InvalidError, PolicyRefusedError, RefusedError
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.due_dates import late_from
from domain.policy.model import Policy

DEFAULT_CLAUSE = (
    "we write the same day; if it has not come by {cure}, the plan is over, the whole balance is "
    "due at once, credit is cash only, and {goes_on}"
)

_A_DAY = timedelta(days=1)


class PlanState(StrEnum):
    """How an instalment plan stands."""

    PROPOSED = "proposed"
    RUNNING = "running"
    BEHIND = "behind"
    KEPT = "kept"
    OVER = "over"
    ENDED = "ended"
    REPLACED = "replaced"


class PartState(StrEnum):
    """How one instalment of a plan stands, as people and programs are told."""

    PAID = "paid"
    PAID_LATE = "paid late"
    DUE = "due"
    LATE = "late"
    MISSED = "missed"


_OF_PLANS = frozenset({MessageType.PLAN_PROPOSED, MessageType.PLAN_AGREED, MessageType.PLAN_ENDED})


def planned(case: Case, message: Message, policy: Policy, calendar: Calendar) -> Plan:
    """Make an instalment plan with the check of each part, or refuse it with the reason.

    What was fixed when it was recorded is not judged again: a later policy un-accepts nothing.

    Raises:
        RefusedError: if it has no instalments, they do not make what is open, or run too long.
    """
    today, longest = calendar.local_date(message.at), policy.agreements.longest_plan_days
    if message.check_at is None and message.day:
        _check_end(message.day, today, longest)
    parts = _parts(case, message)
    if message.check_at is None:
        _check_sum(case, parts)
        _check_days(parts, today)
        _check_end(parts[-1].day, today, longest)
        check_plan(case, message, policy, parts, today.toordinal())
    cure = timedelta(days=policy.agreements.cure_days)
    grace = _grace(message, parts, policy, calendar)
    checks = tuple(late_from(policy, calendar, part.day + grace) for part in parts)
    # Before the invoice's own due date no missed instalment makes the whole of it due.
    last = (max(part.day + grace + cure, case.due) for part in parts)
    cures = tuple(late_from(policy, calendar, day) for day in last)
    return Plan(
        key=message.key,
        made_at=message.at,
        parts=parts,
        checks=checks,
        cures=cures,
        plan_b=_plan_b(message, checks[0], calendar.local_date(cures[0]) - _A_DAY),
        by=message.by,
        approved_by=message.approved_by,
    )


def _plan_b(message: Message, check_at: datetime, cure: date) -> PlanBAgreed:
    chosen = read_plan_b(message.plan_b)
    then = DEFAULT_CLAUSE.format(cure=cure, goes_on=goes_on(chosen))
    return PlanBAgreed(check_at=check_at, then=then, chosen=chosen)


def plan_state(case: Case, plan: Plan, now: datetime) -> PlanState:
    """Tell how a plan stands at an instant."""
    if plan.ended_at or plan.accepted_at is None:
        return PlanState.ENDED if plan.ended_at else PlanState.PROPOSED
    missed = missed_part(case, plan)
    if missed is None or case.open <= 0:
        return PlanState.KEPT
    if now >= plan.cures[missed]:
        return PlanState.OVER
    if current_plan(case) != plan:
        return PlanState.REPLACED
    return PlanState.BEHIND if now >= plan.checks[missed] else PlanState.RUNNING


def part_state(case: Case, plan: Plan, number: int, now: datetime) -> PartState:
    """How one instalment (from 0) stands at an instant."""
    if is_covered(case, plan, number, plan.checks[number]):
        return PartState.PAID
    if is_covered(case, plan, number, plan.cures[number]):
        return PartState.PAID_LATE
    if now >= plan.cures[number]:
        return PartState.MISSED
    return PartState.LATE if now >= plan.checks[number] else PartState.DUE


def stated_parts(message: Message) -> tuple[InvoicePart, ...]:
    """List the instalments that a message's sender wrote, not those computed from it."""
    by_sender = message.kind in _OF_PLANS and not message.ref
    return () if not by_sender or is_schedule(message.reason) else message.parts


def _parts(case: Case, message: Message) -> tuple[InvoicePart, ...]:
    if message.parts:
        return tuple(sorted(message.parts, key=lambda part: part.day))
    if not is_schedule(message.reason):
        raise InvalidError(
            'a plan needs instalments, or "every" and "count" with the "date" of the first one',
            field="instalments",
        )
    if message.day is None:
        raise InvalidError("a plan needs the date of its first instalment", field="date")
    each = agreed_sum(case, message, "instalment")
    if case.open <= 0:
        raise RefusedError("nothing is open on this invoice, so nothing is to be agreed")
    return spread(message.reason, message.day, case.open, each)


def _check_sum(case: Case, parts: tuple[InvoicePart, ...]) -> None:
    currency, total = case.invoice.amount.currency, sum(part.minor for part in parts)
    if any(part.minor <= 0 for part in parts):
        raise InvalidError("an instalment of nothing is none", field="instalments")
    if total == case.open:
        return
    less = "less" if total < case.open else "more"
    by = Money(abs(total - case.open), currency)
    raise RefusedError(
        f"the instalments make {Money(total, currency)}, {by} {less} than the {case.open_money} "
        "that are open",
        field="instalments",
    )


def _check_days(parts: tuple[InvoicePart, ...], today: date) -> None:
    refuse_past(parts[0].day, today, "a plan looks ahead")
    if len({part.day for part in parts}) < len(parts):
        raise InvalidError("two instalments fall on one day; add them up", field="instalments")


def _check_end(last: date, today: date, longest: int) -> None:
    if last > today + timedelta(days=longest):
        raise PolicyRefusedError(
            f"an instalment on {last} is more than {longest} days away; agree on fewer",
            field="date",
        )


def _grace(
    message: Message, parts: tuple[InvoicePart, ...], policy: Policy, calendar: Calendar
) -> timedelta:
    """The grace that held when the plan was recorded: its first check tells."""
    if message.check_at is None:
        return timedelta(days=policy.agreements.grace_days)
    return grace_of(policy, calendar, parts[0].day, message.check_at)

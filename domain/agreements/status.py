"""Which agreements stand, and until when they hold everything else."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.case.agreement_types import Plan, Settlement
from domain.case.invoice import InvoicePart
from domain.case.model import Case
from domain.case.promised import holds_whole

_END = datetime.max.replace(tzinfo=UTC)
"""Later than anything that a case can hear."""


def agreed_until(case: Case) -> datetime | None:
    """Find the instant up to which promise, plan and offer hold the ladder; None if none does.

    A promise of part holds back no more than that: see ``domain.case.promised``.
    """
    if not (case.promises or case.plans or case.settlements):
        return None
    promise, offer = case.running_promise, open_offer(case)
    holds = promise and not promise.suspended and holds_whole(case, promise)
    ends = (
        promise.plan_b.check_at if promise and holds else None,
        plan_until(case),
        offer.plan_b.check_at if offer and not offer.suspended else None,
    )
    return max((end for end in ends if end), default=None)


def current_plan(case: Case) -> Plan | None:
    """Find the plan that counts: a later one takes the place of an earlier one.

    One that was over before the case was closed is history when the case opens again.
    """
    accepted = [plan for plan in case.plans if plan.accepted_at and not plan.ended_at]
    if not accepted:
        return None
    plan = max(accepted, key=lambda plan: plan.accepted_at or plan.made_at)
    over, closed = missed_part(case, plan), case.closed_at
    if over is not None and closed and closed >= plan.cures[over]:
        return None
    return plan


def missed_part(case: Case, plan: Plan) -> int | None:
    """Find the first instalment (from 0) that no money so far covers to the end of its cure.

    Money covers instalments in their order: what comes early or in part counts, and a surplus
    goes to the next one. None if all of them are covered.
    """
    for number in range(len(plan.parts)):
        if not is_covered(case, plan, number, plan.cures[number]):
            return number
    return None


def is_covered(case: Case, plan: Plan, number: int, by: datetime) -> bool:
    """Tell whether an instalment (from 0) and all before it were paid before an instant.

    What was paid since the plan was made covers it, even if the invoice turns out to be higher.
    """
    return missing_by(case, plan, number, by) <= case.slack


def missing_by(case: Case, plan: Plan, number: int, by: datetime) -> int:
    """Compute what an instalment (from 0) and all before it lacked at an instant; minor units."""
    left = plan.left_after(number + 1)
    unpaid = plan.left_after(0) - left - came_after(case, plan.made_at, by)
    return min(case.left_at(by) - left, unpaid)


def missing_of(case: Case, plan: Plan, number: int) -> int:
    """Compute what is missing of an instalment (from 0) by itself; minor units.

    Money covers instalments in their order, as it does where the plan is checked.
    """
    part, left = plan.parts[number].minor, plan.left_after(number + 1)
    open_ = case.left_at(_END) - left
    unpaid = plan.left_after(0) - left - came_after(case, plan.made_at, _END)
    return max(0, min(part, open_, unpaid))


def missing_up_to(case: Case, plan: Plan, number: int) -> int:
    """Add up what is missing of the instalments up to one (from 0); minor units."""
    return sum(missing_of(case, plan, part) for part in range(number + 1))


def still_to_come(case: Case, plan: Plan, number: int) -> tuple[InvoicePart, ...]:
    """List what the instalments after one (from 0) leave to be paid on their days."""
    later = range(number + 1, len(plan.parts))
    return tuple(
        InvoicePart(day=plan.parts[part].day, minor=missing)
        for part in later
        if (missing := missing_of(case, plan, part))
    )


def came_after(case: Case, start: datetime, end: datetime) -> int:
    """Add up money and credit that came after one instant and before another; minor units."""
    return sum(minor for at, minor in case.moves if start < at < end)


def plan_until(case: Case) -> datetime | None:
    """Find when the current plan is over unless more money comes; None if no plan runs."""
    plan = current_plan(case) if case.plans else None
    missed = missed_part(case, plan) if plan else None
    if plan is None or missed is None or plan.suspended:
        return None
    return plan.cures[missed]


def running_plan(case: Case, now: datetime) -> Plan | None:
    """Find the plan that holds the case at an instant."""
    until = plan_until(case)
    return current_plan(case) if until and now < until else None


def open_offer(case: Case) -> Settlement | None:
    """Find the offer that counts, unless it was paid; a later one replaces an earlier one."""
    if not case.settlements or case.settled_for:
        return None
    return case.settlements[-1]

"""Finds the deadline that the customer was given last, as far as it still holds."""

from __future__ import annotations

from datetime import date, datetime

from domain.case.facts import Facts
from domain.case.model import Case, Deed
from domain.message_types import Result
from domain.policy.due_dates import first_day_after_a_bank_day
from domain.policy.model import Policy


def latest_deadline(case: Case) -> date | None:
    """Find the latest deadline of this episode's messages that count as read.

    A part of terms that was asked for beside an earlier one keeps the deadline that it was given,
    and so does everybody whose invoice was written off by a slip.
    """
    return max(
        (d.deadline for d in case.deeds if d.deadline and _counts(case, d)),
        default=None,
    )


def after_the_deadline(facts: Facts, policy: Policy, deadline: date) -> datetime:
    """Find the first instant to contact somebody once a payment made on a deadline can be seen.

    The deadline stays the day that the letter named; money of a day off moves on a banking day.
    """
    return facts.calendar.opening(first_day_after_a_bank_day(policy, facts.calendar, deadline))


def new_deadline_days(facts: Facts, policy: Policy, at: datetime) -> int:
    """Find the days of a new deadline set at an instant: it shortens none that runs still."""
    running = latest_deadline(facts.case)
    left = (running - facts.calendar.local_date(at)).days if running else 0
    return max(policy.new_deadline_days, left)


def _counts(case: Case, deed: Deed) -> bool:
    arrived = deed.result is not Result.REJECTED and deed.failed_at is None
    mine = deed.episode == case.episode or _outlived_a_slip(case, deed)
    if case.part and case.part_late_from and deed.at >= case.part_late_from:
        mine = True
    return mine and arrived


def _outlived_a_slip(case: Case, deed: Deed) -> bool:
    """Whether nothing but a write-off that was undone as a slip lies between it and now."""
    if case.gave_up_at is None or deed.at >= case.gave_up_at:
        return False
    anew = (case.grew_at, case.due_moved_at, case.part_since)
    return all(at is None or at <= deed.at for at in anew)

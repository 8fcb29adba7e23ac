"""Moves the last day of an early-payment discount on over a dispute that was not decided for us."""

from __future__ import annotations

from datetime import date, timedelta

from domain.case.agreement_types import Dispute
from domain.case.model import Case
from domain.case.money import Ground
from domain.changed import changed
from domain.disputes.reducer import DisputeEnd
from domain.policy.due_dates import day_money_moves


def with_discount_day(before: Case, after: Case, ground: Ground) -> Case:
    """Give a discount a new last day where the old one lay in a dispute that was settled just now.

    Nobody has to pay early what is not right: who contested it with reason may pay as many days
    after its end as were left, and at least those of a new deadline. A dispute that was decided for
    us moves nothing, nor does a pause, or a lack of money.
    """
    last_day = after.discount_until
    if last_day is None or before.settled_disputes == after.settled_disputes:
        return after
    for dispute in after.settled_disputes[len(before.settled_disputes) :]:
        last_day = _moved(last_day, dispute, ground)
    return changed(after, discount_day=last_day)


def _moved(last_day: date, dispute: Dispute, ground: Ground) -> date:
    settled_at, calendar = dispute.settled_at, ground.calendar
    if settled_at is None or dispute.is_hardship or dispute.ended == DisputeEnd.FOR_US:
        return last_day
    end = calendar.end_of(last_day)
    if not dispute.opened_at < end <= settled_at:
        return last_day
    left = (last_day - calendar.local_date(dispute.opened_at)).days
    days = timedelta(days=max(left, ground.policy.new_deadline_days))
    return day_money_moves(ground.policy, calendar, calendar.local_date(settled_at) + days)

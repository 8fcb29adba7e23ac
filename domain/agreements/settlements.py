"""Settlement offers that expire: less than is owed, or no costs, if it is paid by a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.agreements.approval import check_offer
from domain.agreements.promises import agreed_sum, fixed_before, goes_on
from domain.calendar import Calendar, refuse_far, refuse_past
from domain.case.agreement_types import Settlement
from domain.case.chosen_plan_b import read_plan_b
from domain.case.model import Case, Message, PlanBAgreed
from domain.errors import InvalidError, RefusedError
from domain.policy.due_dates import late_from
from domain.policy.model import Policy

COSTS = "costs"
"""The reason of an offer that lets the costs go and not the principal."""

LAPSES = "the offer lapses, all of it is owed again, and {goes_on}"


class OfferState(StrEnum):
    """How an offer stands."""

    OPEN = "open"
    PAID = "paid"
    LAPSED = "lapsed"
    REPLACED = "replaced"


def offered(case: Case, message: Message, policy: Policy, calendar: Calendar) -> Settlement:
    """Make an offer with its Plan B, or refuse it with the reason.

    What was fixed when it was recorded is not judged again: a later policy takes nothing back.

    Raises:
        RefusedError: if it names no day, no amount, more than is open, or stands too long.
    """
    day = _day(message)
    amount = agreed_sum(case, message, "offer")
    if message.check_at is None:
        today = calendar.local_date(message.at)
        refuse_past(day, today, "an offer looks ahead")
        refuse_far(day, today, policy.agreements.longest_offer_days, "make it shorter")
        _check_amount(case, message, amount)
        check_offer(case, message, policy, amount)
    grace = timedelta(days=policy.agreements.grace_days)
    check_at = message.check_at or late_from(policy, calendar, day + grace)
    chosen = read_plan_b(message.plan_b)
    then = LAPSES.format(goes_on=goes_on(chosen))
    return Settlement(
        key=message.key,
        made_at=message.at,
        day=day,
        amount=amount,
        counts_from=calendar.start_of(calendar.local_date(message.at)),
        before=fixed_before(message),
        plan_b=PlanBAgreed(check_at=check_at, then=then, chosen=chosen),
        by=message.by,
        approved_by=message.approved_by,
    )


def offer_state(case: Case, offer: Settlement, now: datetime) -> OfferState:
    """Tell how an offer stands at an instant."""
    if case.settlements[-1] != offer:
        return OfferState.REPLACED
    if case.settled_for:
        return OfferState.PAID
    return OfferState.LAPSED if offer.has_lapsed(now) else OfferState.OPEN


def _day(message: Message) -> date:
    if message.day is None:
        raise InvalidError("an offer needs the last day on which it stands", field="date")
    return message.day


def _check_amount(case: Case, message: Message, amount: int | None) -> None:
    if amount is None and message.reason != COSTS:
        raise InvalidError(
            f"an offer needs the amount that settles it all, or the reason {COSTS}", field="amount"
        )
    if amount is not None and amount >= case.open:
        raise RefusedError(
            f"{case.open_money} are open; an offer asks for less than that", field="amount"
        )

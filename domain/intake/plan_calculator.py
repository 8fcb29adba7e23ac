"""Calculates a plan before anybody agrees to it: its days and sums, its costs, and its limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from domain.agreements.approval import APPROVED_BY
from domain.agreements.reducer import agreement_of
from domain.case.agreement_types import Plan
from domain.case.invoice import InvoicePart
from domain.case.model import Message
from domain.decision.state import CaseState
from domain.errors import DomainError, InvalidError
from domain.intake.reading import ReadingGround, read_message
from domain.message_types import MessageType
from domain.money import Money, parse_money

_KEY, _ANYBODY = "calculated", "a supervisor"
_NOON = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWish:
    """What a plan is to look like.

    Attributes:
        count: how many parts; empty where ``amount`` says how much each.
        every: ``week`` or ``month``.
        first: the day of the first part, ISO.
        amount: how much each, in the invoice's currency; empty for equal parts.
        round_to: parts are rounded up to multiples of it, and the last one is what is left; empty
            for parts exact to the cent.
        plan_b: who goes on if it is not kept; empty leaves it to the policy.
    """

    count: str = ""
    every: str = "month"
    first: str = ""
    amount: str = ""
    round_to: str = ""
    plan_b: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPart:
    """One part: its day and sum, what is open after it, its last day in time and that of its cure.

    After the last day of the cure the plan is over.
    """

    day: date
    amount: Money
    left: Money
    in_time_by: date
    cured_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCalculation:
    """A plan as it would be recorded now.

    Attributes:
        parts: empty where it would be refused.
        costs_now: interest and costs that are asked for today.
        left_after: what is to be paid after the last part if each comes on its day: interest and
            costs that the plan does not cover.
        refused: why it cannot be recorded; empty if it can.
        approval: why a supervisor has to approve it; empty if nobody has to.
        plan_b: what follows if it is not kept.
        limits: what the policy lets a collector agree on alone, for people.
    """

    open: Money
    parts: tuple[PlannedPart, ...] = ()
    costs_now: Money
    left_after: Money
    refused: str = ""
    approval: str = ""
    plan_b: str = ""
    limits: tuple[str, ...] = ()

    @property
    def instalments(self) -> list[dict[str, str]]:
        """Write the parts out as a message says them, so that what was shown is what counts."""
        return [{"date": part.day.isoformat(), "amount": part.amount.plain} for part in self.parts]


def calculate_plan(state: CaseState, wish: PlanWish) -> PlanCalculation:
    """Calculate a plan from what is open now; nothing is recorded."""
    open_, costs = state.case.open_money, state.statement.costs
    empty = PlanCalculation(
        open=open_, costs_now=costs, left_after=costs, limits=tuple(_limits(state))
    )
    try:
        message = _message(state, wish)
    except DomainError as reason:
        return replace(empty, refused=str(reason))
    then, approval = state.told(message), ""
    refusal = then.folded.refused.get(_KEY)
    if refusal and refusal.field == APPROVED_BY:
        approval = refusal.text
        then = state.told(replace(message, approved_by=_ANYBODY))
        refusal = then.folded.refused.get(_KEY)
    plan = agreement_of(then.case, message)
    if refusal or not isinstance(plan, Plan):
        return replace(empty, refused=refusal.text if refusal else "no plan came of it")
    return replace(
        empty,
        parts=tuple(_parts(state, plan)),
        left_after=_left_after(state, plan),
        approval=approval,
        plan_b=plan.plan_b.then,
    )


def _message(state: CaseState, wish: PlanWish) -> Message:
    currency = state.invoice.amount.currency
    body: dict[str, Any] = {"every": wish.every, "date": wish.first, "plan_b": wish.plan_b}
    if wish.round_to and not wish.amount:
        body["amount"] = _rounded(state, wish).plain
    elif wish.amount:
        body["amount"] = wish.amount
    else:
        body["count"] = wish.count
    ground = ReadingGround(state.calendar, currency)
    given = {name: value for name, value in body.items() if value}
    kind = MessageType.PLAN_PROPOSED.value
    return read_message(kind, given, key=_KEY, heard_at=state.now, ground=ground)


def _rounded(state: CaseState, wish: PlanWish) -> Money:
    """How much each of so many parts is, rounded up."""
    currency, open_ = state.invoice.amount.currency, state.case.open
    step = parse_money(wish.round_to, currency).minor
    if step <= 0:
        raise InvalidError("round to more than nothing", field="round_to")
    if not wish.count.isdecimal() or int(wish.count) < 1:
        raise InvalidError("say how many parts", field="count")
    each = -(-open_ // int(wish.count))
    return Money(-(-each // step) * step, currency)


def _parts(state: CaseState, plan: Plan) -> Iterable[PlannedPart]:
    currency, day_of = state.invoice.amount.currency, state.calendar.local_date
    a_day = timedelta(days=1)
    for number, part in enumerate(plan.parts):
        yield PlannedPart(
            day=part.day,
            amount=Money(part.minor, currency),
            left=Money(plan.left_after(number + 1), currency),
            in_time_by=day_of(plan.checks[number]) - a_day,
            cured_by=day_of(plan.cures[number]) - a_day,
        )


def _left_after(state: CaseState, plan: Plan) -> Money:
    """What is to be paid on the last day, where each part came on its own."""
    paid = state
    for number, part in enumerate(plan.parts):
        paid = paid.told(_payment(state, part, number))
    return paid.statement_on(plan.parts[-1].day).total


def _payment(state: CaseState, part: InvoicePart, number: int) -> Message:
    at: datetime = state.calendar.start_of(part.day) + _NOON
    amount = Money(part.minor, state.invoice.amount.currency)
    return Message(key=f"{_KEY}-{number}", kind=MessageType.PAYMENT, at=at, amount=amount)


def _limits(state: CaseState) -> Iterable[str]:
    rules = state.policy.agreements
    yield f"at most {rules.most_instalments} parts"
    yield f"each but the last at least {rules.least_instalment_percent} % of what is open"
    yield f"no more than {rules.longest_gap_days} days without a part"
    yield f"over within {rules.longest_plan_days} days"

"""Applies messages about agreements: what a promise, a plan or an offer changes in a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from domain.agreements.approval import check_number_of_plans
from domain.agreements.plans import planned
from domain.agreements.promises import promised, told_before
from domain.agreements.settlements import offered
from domain.case.agreement_types import Plan, Promise, Settlement
from domain.case.invoice import InvoicePart
from domain.case.model import Case, Message
from domain.case.money import Ground
from domain.errors import InvalidError, RefusedError
from domain.message_types import MessageType

Agreement = Promise | Plan | Settlement
"""Whatever people agree on."""


def agreements_of(case: Case) -> list[Agreement]:
    """List all agreements that were ever made about a case, and its proposals, oldest first."""
    made: list[Agreement] = [*case.promises, *case.plans, *case.settlements]
    return sorted(made, key=lambda agreed: agreed.made_at)


def agreement_of(case: Case, message: Message) -> Agreement | None:
    """Find the agreement that a message made or accepted; None if it was refused."""
    named = (agreed for agreed in agreements_of(case) if message.key in keys_of(agreed))
    found = next(named, None)
    if found is None and message.kind is MessageType.PLAN_AGREED:
        taken = [plan for plan in case.plans if plan.accepted_at == message.at]
        return taken[-1] if taken else None
    return found


def keys_of(agreed: Agreement) -> tuple[str, ...]:
    """List the keys of the messages that told an agreement; a promise may have been told twice."""
    return (agreed.key, *agreed.also) if isinstance(agreed, Promise) else (agreed.key,)


def fixed(message: Message, case: Case) -> Message:
    """Fix in a message what it agreed on, so that no later policy changes it.

    ``case`` is the case after the message was heard.
    """
    agreed = agreement_of(case, message)
    if agreed is None or message.check_at:
        return message
    return replace(
        message, check_at=_first_check(agreed), parts=_settled_parts(case, agreed, message)
    )


def _first_check(agreed: Agreement) -> datetime:
    """The check that was agreed, before any dispute or pause moved it."""
    if not isinstance(agreed, Plan):
        return agreed.first_check or agreed.plan_b.check_at
    return agreed.first_checks[0] if agreed.first_checks else agreed.plan_b.check_at


def _settled_parts(case: Case, agreed: Agreement, message: Message) -> tuple[InvoicePart, ...]:
    """A plan's instalments; of a promise or an offer its day, and the money that was there."""
    if isinstance(agreed, Plan):
        return (agreed.first_parts or agreed.parts) if agreed.key == message.key else ()
    known = (minor for at, minor in case.moves if agreed.counts_from <= at <= agreed.made_at)
    return (InvoicePart(day=agreed.day, minor=sum(known)),)


def _promise(case: Case, message: Message, ground: Ground) -> Case:
    _refuse_what_is_over(case, message, "promised")
    same = told_before(case, message, ground.calendar)
    if same:
        also = replace(same, also=(*same.also, message.key))
        return replace(case, promises=(*case.promises[:-1], also))
    promise = promised(case, message, ground.policy, ground.calendar)
    return replace(case, promises=(*case.promises, promise))


def _plan_proposed(case: Case, message: Message, ground: Ground) -> Case:
    _refuse_what_is_over(case, message, "agreed")
    plan = planned(case, message, ground.policy, ground.calendar)
    return replace(case, plans=(*case.plans, plan))


def _plan_agreed(case: Case, message: Message, ground: Ground) -> Case:
    _refuse_what_is_over(case, message, "agreed")
    if message.parts or (message.reason and not message.ref):
        plan = planned(case, message, ground.policy, ground.calendar)
        return replace(case, plans=(*case.plans, replace(plan, accepted_at=message.at)))
    if message.plan_b:
        raise InvalidError("the plan was proposed with its Plan B; propose it anew", field="plan_b")
    proposed = [p for p in case.plans if not (p.accepted_at or p.ended_at)]
    meant = [plan for plan in proposed if message.ref in ("", plan.key)]
    if not meant:
        raise RefusedError(
            "there is no proposed plan that this could accept; send its instalments", field="ref"
        )
    return _accepted(case, meant[-1], message, ground)


def _accepted(case: Case, plan: Plan, message: Message, ground: Ground) -> Case:
    first = plan.parts[0].day
    if message.check_at is None and first < ground.calendar.local_date(message.at):
        raise RefusedError(f"its first instalment of {first} is past; propose it anew", field="ref")
    if message.check_at is None and not plan.approved_by:
        check_number_of_plans(case, message, ground.policy)
    return _with_plan(case, replace(plan, accepted_at=message.at))


def _plan_ended(case: Case, message: Message, ground: Ground) -> Case:
    standing = [plan for plan in case.plans if not plan.ended_at]
    meant = [plan for plan in standing if message.ref in ("", plan.key)]
    if not meant:
        raise RefusedError("there is no plan that could be ended", field="ref")
    ended = replace(meant[-1], ended_at=message.at)
    return replace(_with_plan(case, ended), released_at=message.at)


def _settlement(case: Case, message: Message, ground: Ground) -> Case:
    _refuse_what_is_over(case, message, "offered")
    standing = case.settlements[-1] if case.settlements else None
    if standing and standing.confirmed_at and not standing.has_lapsed(message.at):
        raise RefusedError(
            f"the customer accepted the offer that stands until {standing.day} in writing: "
            "it is kept; make another one after that day"
        )
    offer = offered(case, message, ground.policy, ground.calendar)
    return replace(case, settlements=(*case.settlements, offer))


def _agreement_confirmed(case: Case, message: Message, ground: Ground) -> Case:
    """The customer accepted in writing (P50); a plan that was only proposed runs from now on."""
    meant = [agreed for agreed in agreements_of(case) if message.ref in ("", *keys_of(agreed))]
    if not meant:
        raise RefusedError("there is no agreement that this could confirm", field="ref")
    agreed = meant[-1]
    _refuse_what_was_replaced(case, agreed)
    if isinstance(agreed, Plan):
        if agreed.accepted_at is None and not agreed.ended_at:
            case = _accepted(case, agreed, message, ground)
            agreed = replace(agreed, accepted_at=message.at)
        return _with_plan(case, replace(agreed, confirmed_at=message.at))
    if isinstance(agreed, Promise):
        promise = replace(agreed, confirmed_at=message.at)
        promises = tuple(promise if one == agreed else one for one in case.promises)
        return replace(case, promises=promises)
    offer = replace(agreed, confirmed_at=message.at)
    offers = tuple(offer if one == agreed else one for one in case.settlements)
    return replace(case, settlements=offers)


def _refuse_what_was_replaced(case: Case, agreed: Agreement) -> None:
    newest = (*case.promises[-1:], *case.settlements[-1:])
    if not isinstance(agreed, Plan) and agreed not in newest:
        raise RefusedError("a later one has taken the place of this agreement", field="ref")


def _with_plan(case: Case, plan: Plan) -> Case:
    return replace(case, plans=tuple(plan if p.key == plan.key else p for p in case.plans))


def _refuse_what_is_over(case: Case, message: Message, verb: str) -> None:
    # Money that was booked late does not un-accept what was agreed before it was known.
    if case.outcome and message.check_at is None:
        raise RefusedError(f"nothing is open on this invoice, so nothing is to be {verb}")


AGREEING: Mapping[MessageType, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {
        MessageType.PROMISE: _promise,
        MessageType.PLAN_PROPOSED: _plan_proposed,
        MessageType.PLAN_AGREED: _plan_agreed,
        MessageType.PLAN_ENDED: _plan_ended,
        MessageType.SETTLEMENT: _settlement,
        MessageType.AGREEMENT_CONFIRMED: _agreement_confirmed,
    }
)
"""How each message about an agreement changes a case."""

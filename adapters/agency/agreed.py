"""Writes what was agreed and contested in a case as plain JSON, for its agency."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from domain.agreements.plans import plan_state
from domain.agreements.settlements import offer_state
from domain.agreements.text import instalments, what_follows
from domain.case.agreement_types import Plan, Settlement
from domain.case.model import Case, Dispute, Promise
from domain.history.reports import words_of_fate
from domain.money import Money


def plain_of(case: Case, minor: int) -> str:
    """Write an amount of the case's currency."""
    return Money(minor, case.invoice.amount.currency).plain


def iso_day(value: date | datetime | None) -> str | None:
    """Write a day, or an instant in UTC."""
    return value.isoformat().replace("+00:00", "Z") if value else None


def agreed_json(case: Case, now: datetime) -> dict[str, Any]:
    """Write what was promised, planned and offered, and what became of it."""
    return {
        "promises": [_promise(case, promise, now) for promise in case.promises],
        "plans": [_plan(case, plan, now) for plan in case.plans],
        "offers": [_offer(case, offer, now) for offer in case.settlements],
    }


def _promise(case: Case, promise: Promise, now: datetime) -> dict[str, Any]:
    state = words_of_fate(case, promise, now)
    return {
        "made_at": iso_day(promise.made_at),
        "pay_by": iso_day(promise.day),
        "amount": None if promise.amount is None else plain_of(case, promise.amount),
        "checked_at": iso_day(promise.plan_b.check_at),
        "plan_b": what_follows(case, promise),
        "state": state,
        "kept": None if state in ("running", "replaced") else state == "kept",
    }


def _plan(case: Case, plan: Plan, now: datetime) -> dict[str, Any]:
    return {
        "made_at": iso_day(plan.made_at),
        "accepted_at": iso_day(plan.accepted_at),
        "instalments": [
            {"pay_by": day, "amount": amount, "state": state.value.replace(" ", "_")}
            for day, amount, state in instalments(case, plan, now)
        ],
        "plan_b": what_follows(case, plan),
        "state": plan_state(case, plan, now).value,
    }


def _offer(case: Case, offer: Settlement, now: datetime) -> dict[str, Any]:
    """An offer to settle; without an amount it waives costs and interest alone."""
    return {
        "made_at": iso_day(offer.made_at),
        "pay_by": iso_day(offer.day),
        "amount": None if offer.amount is None else plain_of(case, offer.amount),
        "state": offer_state(case, offer, now).value,
    }


def dispute_json(case: Case, dispute: Dispute) -> dict[str, Any]:
    """Write what is contested."""
    return {
        "opened_at": iso_day(dispute.opened_at),
        "amount": None if dispute.amount is None else plain_of(case, dispute.amount),
        "reason": dispute.reason,
        "id": dispute.key,
        "kind": "minor" if dispute.is_minor else "major",
        "deadline": iso_day(dispute.deadline),
    }


def settled_json(case: Case, dispute: Dispute) -> dict[str, Any]:
    """Write what was contested, and for whom it was settled."""
    return dispute_json(case, dispute) | {
        "settled_at": iso_day(dispute.settled_at),
        "settled_for": dispute.ended or None,
        "conceded": plain_of(case, dispute.conceded),
    }

"""Gathers what a letter states about an agreement: sums, days and instalments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from activities.ports.letter_data import LetterData
from domain.agreements.promises import FOR_EVER, PromiseState, state_of
from domain.calendar import Calendar
from domain.case.agreement_types import Plan, Promise, Settlement
from domain.decision.rules_confirming import newest_agreement
from domain.decision.rules_thanks import THANKS
from domain.money import Money

_STEP = re.compile(r"instalment-(?P<plan>[0-9]+)-(?P<part>[0-9]+)-(?P<what>[a-z]+)")

TEMPLATES = {"reminder": "agreement_reminder", "missed": "instalment_missed", "over": "plan_over"}
"""The template of each word about an instalment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentText:
    """One part of a plan."""

    day: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementText:
    """The agreement that a letter speaks of.

    Attributes:
        kind: promise, plan, settlement, costs, or empty if there is none any more.
        day: the day on which the money is due.
        amount: the money that is due then.
        parts: a plan's instalments.
        cure: the last day on which a missed instalment may come.
        cure_days: how many days after its own that is.
        missing: what of the instalment has not come.
    """

    kind: str = ""
    day: date | str = ""
    amount: Money
    parts: tuple[InstalmentText, ...] = ()
    cure: date | str = ""
    cure_days: int = 0
    missing: Money | None = None


def template_of(data: LetterData) -> str:
    """Choose the template of a message about an agreement; empty if it is about something else."""
    if data.do == "acknowledge":
        return "thanks" if data.step == THANKS else "agreement"
    about = _STEP.fullmatch(data.step)
    if about:
        return TEMPLATES.get(about["what"], "")
    is_reminder = data.step.startswith("agreement-") and data.step.endswith("-reminder")
    return "agreement_reminder" if is_reminder else ""


def agreement_for(data: LetterData) -> AgreementText:
    """Find the agreement that a message's step is about, else the newest one."""
    about = _STEP.fullmatch(data.step)
    if about and 0 < int(about["plan"]) <= len(data.case.plans):
        return _part_of(data, data.case.plans[int(about["plan"]) - 1], int(about["part"]) - 1)
    agreed = newest_agreement(data.case)
    if isinstance(agreed, Plan):
        return _part_of(data, agreed, 0)
    owed = Money(data.case.open, data.case.invoice.amount.currency)
    if agreed is None:
        return AgreementText(amount=owed)
    amount = owed if agreed.amount is None else Money(agreed.amount, owed.currency)
    return AgreementText(kind=_kind(agreed), day=agreed.day, amount=amount)


def came_late(data: LetterData) -> bool:
    """Tell whether the promised money came after all: then nobody writes that it has not."""
    promise = data.case.running_promise
    if promise is None:
        return False
    return state_of(data.case, promise, FOR_EVER) is PromiseState.KEPT_LATE


def _kind(agreed: Promise | Settlement) -> str:
    if isinstance(agreed, Promise):
        return "promise"
    return "costs" if agreed.amount is None else "settlement"


def _part_of(data: LetterData, plan: Plan, number: int) -> AgreementText:
    currency = data.case.invoice.amount.currency
    parts = tuple(
        InstalmentText(day=part.day, amount=Money(part.minor, currency)) for part in plan.parts
    )
    number = min(number, len(parts) - 1)
    cure = Calendar(data.debtor.zone).local_date(plan.cures[number]) - timedelta(days=1)
    part, missing = plan.parts[number], max(0, data.case.open - plan.left_after(number + 1))
    return AgreementText(
        kind="plan",
        day=part.day,
        amount=parts[number].amount,
        parts=parts,
        cure=cure,
        cure_days=(cure - part.day).days,
        missing=Money(min(part.minor, missing), currency),
    )

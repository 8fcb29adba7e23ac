"""Describes a case for the Temporal UI: amounts, stage, next step and why; nobody's name."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from domain.agreements.text import agreement_values
from domain.calendar import Calendar
from domain.case.facts import Action
from domain.case.model import Case, Deed
from domain.case.news import received_at
from domain.charges.statement import Statement
from domain.decision.deeds import stage_of
from domain.errors import DomainError
from domain.ids import CaseId
from domain.message_types import ActionType
from domain.money import Money

LONGEST_DETAILS = 10_000
"""Characters of a page: whoever contests a case a thousand times makes no history grow for it."""


def case_details(
    case: Case,
    action: Action,
    calendar: Calendar,
    now: datetime,
    stated: Statement | None = None,
) -> str:
    """Describe a case in a few lines of Markdown, for its page in the Temporal UI.

    ``stated`` is what is to be paid at that instant, costs included.
    """
    lines = [
        f"**{case.open_money} open** of {case.invoice.amount}, due {case.printed_due}",
        "",
        *(_to_pay(stated) if stated else []),
        f"- next: **{_next(action, calendar)}**",
        f"- why: {action.why_at(now)}",
        f"- stage: **{stage_of(case, calendar, now).value}**, episode {case.episode}",
        f"- who has it: {who_has(case, calendar)}",
    ]
    lines += _money(case)
    lines += _later_parts(case)
    lines += _costs(case)
    lines += _agreements(case, now)
    lines += _receipt(case)
    lines += _last_deeds(case)
    return "\n".join(lines)[:LONGEST_DETAILS]


def details_with_link(details: str, case_id: str, console: str) -> str:
    """Add the way to a case's page in the console to its page in the Temporal UI.

    ``console`` is the console's address; without one nothing is added.
    """
    if not (console and details):
        return details
    try:
        number = CaseId.parse(case_id).number
    except DomainError:
        return details
    return f"{details}\n\n[the case in the console]({console}/cases/{quote(number, safe='')})"


def who_has(case: Case, calendar: Calendar) -> str:
    """Tell in words who has a case: we, the agency since a day of the debtor's, or nobody."""
    if case.closed and case.outcome:
        return f"nobody: it is closed ({case.outcome.value})"
    taken = case.last_deed(ActionType.HAND_OFF)
    if taken and case.with_agency:
        return f"the agency, since {calendar.local_date(taken.at)}"
    return "we"


def case_summary(case: Case) -> str:
    """Describe a case in one line, for the list of workflows."""
    return f"{case.invoice.number}: {case.invoice.amount} due {case.invoice.due}"


def _money(case: Case) -> list[str]:
    """What came and what was given up; what did not happen is left out."""
    told = {"paid": case.paid, "credited": case.credited, "written off": case.written_off}
    currency = case.invoice.amount.currency
    return [f"- {what} {Money(minor, currency)}" for what, minor in told.items() if minor]


def _next(action: Action, calendar: Calendar) -> str:
    if action.at is None:
        return f"closed ({action.outcome.value})" if action.outcome else "waits for news"
    what = action.do.value.replace("_", " ")
    there = calendar.wall(action.at)
    return f"{what} `{action.step}` at {there:%Y-%m-%d %H:%M %Z} ({action.at:%Y-%m-%d %H:%M} UTC)"


def _agreements(case: Case, now: datetime) -> list[str]:
    lines = [f"- {line}" for line in agreement_values(case, now)]
    for dispute in case.disputes:
        what = "all of it"
        if dispute.amount is not None:
            what = str(Money(dispute.amount, case.invoice.amount.currency))
        kind = "minor, being put right" if dispute.is_minor else "disputed"
        kind = "hardship" if dispute.is_hardship else kind
        lines.append(f"- {kind} since {dispute.opened_at:%Y-%m-%d}: {what}, due {dispute.deadline}")
    return lines


def _to_pay(stated: Statement) -> list[str]:
    if stated.accruing:
        return ["- costs accrue, and are not asked for yet"]
    if not stated.costs.minor:
        return []
    return [f"- to pay on {stated.day}: **{stated.total}**, with {stated.costs} of costs"]


def _later_parts(case: Case) -> list[str]:
    currency = case.invoice.amount.currency
    return [
        f"- not due yet: {Money(part.minor, currency)}, due {part.day}" for part in case.later_parts
    ]


def _costs(case: Case) -> list[str]:
    charged = sum(deed.charged for deed in case.deeds)
    if not charged and not case.to_costs:
        return []
    currency = case.invoice.amount.currency
    paid = f"{Money(case.to_costs, currency)} paid on costs and interest"
    return [f"- late fees {Money(charged, currency)}, {paid}"]


def _receipt(case: Case) -> list[str]:
    """Since when the customer has the invoice for certain, if that is known (P02)."""
    received = received_at(case.news) if case.news else None
    if received is None:
        return []
    return [f"- the customer has the invoice, as is known since {received:%Y-%m-%d}"]


def _last_deeds(case: Case) -> list[str]:
    deeds = [deed for deed in case.deeds if deed.do is not ActionType.REOPEN][-3:]
    if not deeds:
        return []
    done = ", ".join(f"{deed.step} {deed.at:%Y-%m-%d} ({_end(deed)})" for deed in deeds)
    return [f"- last done: {done}"]


def _end(deed: Deed) -> str:
    return "did not arrive" if deed.failed_at else deed.result.value

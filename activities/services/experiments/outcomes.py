"""What became of the customers of an experiment: measured alike in both arms, and once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from activities.ports.types import CaseFile
from domain.case.model import Case, Deed
from domain.case.news import OPTED_OUT
from domain.decision.state import CaseState, case_state
from domain.experiments.arms import Arm
from domain.message_types import MESSAGES_TO_DEBTOR, ActionType, MessageType, Outcome

LOOKED_AT_AFTER = timedelta(days=30)
"""So long after its due date an invoice is looked at: then what became of it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerOutcome:
    """What became of a customer's first invoice in an experiment, 30 days after its due date.

    Attributes:
        paid: the share of what was owed that was paid by then.
        days: days after the due date until it was settled; 30 if it was not.
        messages: messages to the customer about it by then.
        disputed: 1 if anything of it was contested by then.
        lost: 1 if the customer wished to be written to no more, or an agency got it, by then.
    """

    arm: Arm
    currency: str
    minor: int
    paid: Decimal
    days: Decimal
    messages: Decimal
    disputed: Decimal
    lost: Decimal


Measure = Callable[[CustomerOutcome], Decimal]
MEASURES: Mapping[str, tuple[Measure, bool]] = MappingProxyType(
    {
        "paid in time": (lambda one: one.paid, True),
        "days late": (lambda one: one.days, False),
        "messages": (lambda one: one.messages, False),
        "disputes": (lambda one: one.disputed, False),
        "lost customers": (lambda one: one.lost, False),
    }
)
"""What is compared, and whether more of it is better; one concludes from the first alone."""


def outcome_of(file: CaseFile, arm: Arm, now: datetime) -> CustomerOutcome | None:
    """Measure one invoice; None before its time has come, or if it should never have been."""
    state = case_state(file, now)
    due = file.invoice.due
    end = state.calendar.end_of(due + LOOKED_AT_AFTER)
    if now < end or state.case.outcome is Outcome.WITHDRAWN:
        return None
    then = state.before(end)
    case = then.case
    owed = file.invoice.amount.minor - case.credited
    if owed <= 0:
        return None
    return CustomerOutcome(
        arm=arm,
        currency=file.invoice.amount.currency,
        minor=max(0, case.paid),
        paid=min(Decimal(1), Decimal(max(0, case.paid)) / owed),
        days=_days(state, end),
        messages=Decimal(sum(_is_message(deed) for deed in case.deeds)),
        disputed=Decimal(_was_contested(then)),
        lost=Decimal(_is_lost(then, case)),
    )


def _days(state: CaseState, end: datetime) -> Decimal:
    """Days after the due date until nothing was open; never more than are looked at."""
    due = state.invoice.due
    for day in range(LOOKED_AT_AFTER.days):
        until = state.calendar.end_of(due + timedelta(days=day))
        if until < end and state.before(until).case.open <= 0:
            return Decimal(day)
    return Decimal(LOOKED_AT_AFTER.days)


def _is_message(deed: Deed) -> bool:
    return deed.do in MESSAGES_TO_DEBTOR and deed.failed_at is None


def _was_contested(then: CaseState) -> bool:
    return bool(then.case.disputes or then.case.settled_disputes)


def _is_lost(then: CaseState, case: Case) -> bool:
    handed = any(deed.do is ActionType.HAND_OFF for deed in case.deeds)
    return handed or any(
        told.kind is MessageType.CONTACT_NEWS and told.reason == OPTED_OUT for told in then.messages
    )


def sums_paid(found: Iterable[CustomerOutcome]) -> dict[str, int]:
    """Add up what was paid, in minor units of each currency."""
    sums: dict[str, int] = {}
    for one in found:
        sums[one.currency] = sums.get(one.currency, 0) + one.minor
    return sums

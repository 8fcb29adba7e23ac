"""The statement of a case on a day: the principal, each cost with its ground, the total."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from domain.case.model import Case, Message
from domain.case.money import Ground, stated_sum
from domain.case.promised import held_back
from domain.charges.costs import Earned, Walked, earned_until, terms_of, walked
from domain.errors import RefusedError
from domain.interest.grounds import Span, UnratedDays
from domain.interest.rate_tables import rate_table
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.model import InterestBy, Leftover, of_currency


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One cost beside the principal (P24).

    Attributes:
        name: fee, compensation or interest.
        ground: the terms or the law it rests on, in one sentence.
        provisional: whether its rate is only assumed so far.
        law: the law it rests on, as its own country cites it; empty for terms and contracts.
        spans: of interest the stretches of days that earned it.
        how: what is unusual about how interest was computed: daily, monthly, yearly.
    """

    name: str
    amount: Money
    ground: str
    provisional: bool = False
    law: str = ""
    spans: tuple[Span, ...] = ()
    how: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The sums that settle an invoice on a day.

    Attributes:
        day: in the debtor's calendar; interest counts up to and including it.
        principal: open and not contested.
        lines: each cost by itself, before what was paid on them.
        costs_paid: what was paid on costs and interest so far.
        waived: what was let go of them.
        left_out: days whose interest is in no line, because their rate is not known.
        promised: what of the open principal was promised for a later day and is not asked for
            here; None if nothing was.
    """

    day: date
    principal: Money
    lines: tuple[CostLine, ...]
    costs_paid: Money
    waived: Money
    left_out: tuple[UnratedDays, ...] = ()
    promised: Money | None = None

    @property
    def problem(self) -> str:
        """Why some interest could not be computed, for people; empty if all could."""
        return self.left_out[0].reason if self.left_out else ""

    @property
    def costs(self) -> Money:
        """Costs and interest that are still to be paid."""
        gross = sum(line.amount.minor for line in self.lines)
        left = gross - self.costs_paid.minor - self.waived.minor
        return Money(max(0, left), self.principal.currency)

    @property
    def total(self) -> Money:
        """The sum that settles everything."""
        return self.principal + self.costs


def statement(case: Case, ground: Ground, day: date) -> Statement:
    """Compute the statement of a case on a day."""
    currency = case.invoice.amount.currency
    held = min(held_back(case, ground.calendar.start_of(day)), max(0, case.open - case.disputed))
    asked = Money(max(0, case.open - case.disputed) - held, currency)
    promised = Money(held, currency) if held else None
    if not _has_costs(case, ground):
        none = Money(0, currency)
        return Statement(
            day=day, principal=asked, lines=(), costs_paid=none, waived=none, promised=promised
        )
    account = walked(case, ground)
    earned = earned_until(case, ground, account.steps, day)
    lines = [*_charged(case, account, day, ground), *_interest(earned, ground)]
    paid = account.costs_paid + account.interest_paid
    gross = sum(line.amount.minor for line in lines)
    return Statement(
        day=day,
        principal=asked,
        lines=tuple(lines),
        costs_paid=Money(paid, currency),
        waived=Money(_waived(case, gross - paid), currency),
        left_out=earned.left_out if account.principal > 0 else (),
        promised=promised,
    )


def settled(case: Case, ground: Ground) -> Case:
    """Split a case's money between principal and costs, and compute the costs that are left."""
    if not _has_costs(case, ground):
        return case
    account = walked(case, ground)
    paid = account.costs_paid + account.interest_paid
    case = replace(case, to_costs=paid, costs_left=0, costs_given_up=0)
    if case.open > 0:
        return case
    earned = earned_until(case, ground, account.steps, account.steps[-1][0])
    left = max(0, account.charged + earned.minor - paid)
    given_up = _waived(case, left)
    if _is_let_go(left - given_up, case, ground):
        given_up = left
    return replace(case, costs_left=left - given_up, costs_given_up=given_up)


def _is_let_go(left: int, case: Case, ground: Ground) -> bool:
    """Costs alone are chased only if the policy says so, and not below its limit."""
    charges = ground.policy.charges
    if charges.leftover is Leftover.WRITE_OFF or (case.written_off and not case.rounded):
        return True
    return left < of_currency(charges.waive_below, case.invoice.amount.currency)


def _has_costs(case: Case, ground: Ground) -> bool:
    charges = ground.policy.charges
    if charges.confirmed_by and (charges.compensation or charges.interest != InterestBy.NOTHING):
        return True
    return any(deed.charged for deed in case.deeds)


def _charged(case: Case, account: Walked, day: date, ground: Ground) -> Iterator[CostLine]:
    for fee in account.fees:
        yield CostLine(name="fee", amount=fee.amount, ground=fee.ground)
    sum_ = account.compensation
    if sum_ and day > case.due:
        law = law_of_compensation(ground)
        yield CostLine(name="compensation", amount=sum_.amount, ground=sum_.ground, law=law)


def _interest(earned: Earned, ground: Ground) -> Iterator[CostLine]:
    found = earned.interest
    if found and found.amount.minor:
        yield CostLine(
            name="interest",
            amount=found.amount,
            ground=found.ground,
            provisional=found.provisional,
            law=law_of_interest(ground),
            spans=found.spans,
            how=how_computed(ground),
        )


def _waived(case: Case, left: int) -> int:
    """What was let go of the costs that are left; all by an offer paid, or one without amount."""
    if case.settled_for or any(amount is None for _, amount in case.costs_waived):
        return max(0, left)
    return max(0, min(left, sum(amount or 0 for _, amount in case.costs_waived)))


def _costs_waived(case: Case, message: Message, ground: Ground) -> Case:
    amount = stated_sum(case, message) if message.amount else None
    if case.withdrawn_at:
        raise RefusedError("the invoice was withdrawn, and its costs with it")
    return replace(case, costs_waived=(*case.costs_waived, (message.at, amount)))


WAIVING: Mapping[MessageType, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {MessageType.COSTS_WAIVED: _costs_waived}
)
"""How a message about costs changes a case."""


def law_of_interest(ground: Ground) -> str:
    """Name the law that gives interest; empty if a contract does, or nothing."""
    terms = terms_of(ground)
    if terms is None or terms.table is None or terms.contract_percent is not None:
        return ""
    scheme = terms.table.scheme(consumer=terms.consumer)
    return scheme.cited or scheme.law


def law_of_compensation(ground: Ground) -> str:
    """Name the law that gives a fixed sum for late payment; empty if none does."""
    code = ground.policy.charges.jurisdiction
    rules = rate_table(code).compensation if code else None
    return (rules.cited or rules.law) if rules else ""


def how_computed(ground: Ground) -> tuple[str, ...]:
    """Name what is unusual about how interest is computed: daily, monthly, yearly."""
    terms = terms_of(ground)
    told = (terms.rounding, terms.compounding) if terms else ()
    return tuple(word for word in told if word in ("daily", "monthly", "yearly"))

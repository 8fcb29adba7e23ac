"""The statement of a case on a day: the principal, each cost with its ground, the total."""

# One thing: the sums of one statement, in every state that a case may be in.

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from domain.case.facts import Action
from domain.case.invoice import InvoicePart
from domain.case.model import Case, Message
from domain.case.money import Ground, stated_sum
from domain.case.promised import held_back
from domain.changed import changed
from domain.charges.asking import asks_for_costs, costs_asked_since, may_ask_for_costs
from domain.charges.cost_terms import (
    fixed_sums,
    how_computed,
    law_of_compensation,
    law_of_interest,
    terms_of,
)
from domain.charges.costs import (
    Earned,
    RunningAccount,
    Walked,
    earned_sum,
    earned_until,
    undisputed,
    walked,
)
from domain.charges.late_parts import first_last_day, last_days_of
from domain.errors import RefusedError
from domain.interest.grounds import Span, UnratedDays
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.model import InterestBy, Leftover, Policy, of_currency


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
    """The sums that are asked for on a day: whatever shows what is to be paid asks this.

    Attributes:
        day: in the debtor's calendar; interest counts up to and including it.
        principal: open and not contested; nothing of an invoice that was withdrawn.
        lines: each cost that is asked for by itself, before what was paid on them.
        costs_paid: what was paid on costs and interest so far.
        waived: what was let go of them.
        withheld: what of them is contested, and not asked for.
        left_out: days whose interest is in no line, because their rate is not known.
        accruing: costs are owed, but the policy does not ask for them yet: they have no line.
        deferred: interest on the contested part waits until the dispute is settled.
        promised: what of the open principal was promised for a later day and is not asked for
            here; None if nothing was.
        later: parts of the invoice that fall due later, each with what is left of it; they are not
            asked for here.
    """

    day: date
    principal: Money
    lines: tuple[CostLine, ...]
    costs_paid: Money
    waived: Money
    withheld: Money | None = None
    left_out: tuple[UnratedDays, ...] = ()
    accruing: bool = False
    deferred: bool = False
    promised: Money | None = None
    later: tuple[InvoicePart, ...] = ()

    @property
    def problem(self) -> str:
        """Why some interest could not be computed, for people; empty if all could."""
        return self.left_out[0].reason if self.left_out else ""

    @property
    def costs(self) -> Money:
        """Costs and interest that are to be paid on the day."""
        gross = sum(line.amount.minor for line in self.lines)
        withheld = self.withheld.minor if self.withheld else 0
        left = gross - self.costs_paid.minor - self.waived.minor - withheld
        return Money(max(0, left), self.principal.currency)

    @property
    def total(self) -> Money:
        """The sum that is to be paid on the day, and settles all that is asked for."""
        return self.principal + self.costs


def statement(case: Case, ground: Ground, day: date, saying: Action | None = None) -> Statement:
    """Compute what is asked for on a day, or by a message that is about to be said on it.

    ``saying`` is that message: with the first one that asks for costs they are in its sums.
    """
    currency = case.invoice.amount.currency
    none = Money(0, currency)
    plain = Statement(day=day, principal=none, lines=(), costs_paid=none, waived=none)
    if case.withdrawn_at:
        return plain
    open_now = max(0, case.open_now - case.disputed)
    held = min(held_back(case, ground.calendar.start_of(day)), open_now)
    plain = replace(
        plain,
        principal=Money(open_now - held, currency),
        promised=Money(held, currency) if held else None,
        later=case.later_parts,
    )
    if not _has_costs(case, ground):
        return plain
    if case.open > 0:
        return _of_what_is_open(case, ground, plain, saying)
    return _of_what_is_paid(case, ground, plain)


def _of_what_is_open(
    case: Case, ground: Ground, plain: Statement, saying: Action | None
) -> Statement:
    """Costs beside an open principal: none where all of it is contested, or before their step."""
    contested = min(case.disputed, case.open)
    if contested and plain.day > first_last_day(case):
        plain = replace(plain, deferred=terms_of(ground) is not None)
    if contested >= case.open:
        return plain
    account = walked(case, ground)
    earned = earned_until(case, ground, undisputed(account.steps, contested), plain.day)
    lines = (*_charged(case, account, plain.day, ground, contested), *_interest(earned, ground))
    if not _are_asked(case, ground, plain.day, saying):
        return replace(plain, accruing=bool(lines))
    paid = account.costs_paid + account.interest_paid
    gross = sum(line.amount.minor for line in lines)
    return replace(
        plain,
        lines=lines,
        costs_paid=Money(paid, plain.principal.currency),
        waived=Money(_waived(case, gross - paid), plain.principal.currency),
        left_out=earned.left_out if account.principal > 0 else (),
    )


def _of_what_is_paid(case: Case, ground: Ground, plain: Statement) -> Statement:
    """Costs that outlive the principal: what the case still chases of them, and nothing more."""
    account, currency = walked(case, ground), plain.principal.currency
    earned = earned_until(case, ground, account.steps, plain.day)
    lines = (*_charged(case, account, plain.day, ground, 0), *_interest(earned, ground))
    paid = account.costs_paid + account.interest_paid
    gross = sum(line.amount.minor for line in lines)
    return replace(
        plain,
        lines=lines,
        costs_paid=Money(paid, currency),
        waived=Money(max(0, gross - paid - case.costs_left), currency),
        withheld=Money(min(case.disputed, case.costs_left), currency),
    )


def _are_asked(case: Case, ground: Ground, day: date, saying: Action | None) -> bool:
    if not may_ask_for_costs(case, ground, day):
        return False
    if saying is not None and asks_for_costs(saying, ground.policy):
        return True
    return costs_asked_since(case, ground) is not None


def settled(case: Case, ground: Ground, running: RunningAccount) -> Case:
    """Split a case's money between principal and costs, and compute the costs that are left.

    Costs that nobody was asked for before the principal was paid are let go. ``running`` is the
    account of this case as it stood when it was last asked for.
    """
    if not _has_costs(case, ground):
        return case
    account = running.walked(case)
    paid = account.costs_paid + account.interest_paid
    case = changed(case, to_costs=paid, costs_left=0, costs_given_up=0)
    if case.open > 0:
        return case
    earned = earned_sum(case, ground, account.steps, account.steps[-1][0])
    left = max(0, account.charged + earned - paid)
    given_up = _waived(case, left)
    since = costs_asked_since(case, ground)
    asked = since is not None and since <= account.moved_at
    if not asked or _is_let_go(left - given_up, case, ground):
        given_up = left
    return changed(case, costs_left=left - given_up, costs_given_up=given_up)


def _is_let_go(left: int, case: Case, ground: Ground) -> bool:
    """Costs alone are chased only if the policy says so, and not below its limit."""
    charges = ground.policy.charges
    if charges.leftover is Leftover.WRITE_OFF or (case.written_off and not case.rounded):
        return True
    return left < of_currency(charges.waive_below, case.invoice.amount.currency)


def _has_costs(case: Case, ground: Ground) -> bool:
    return may_have_costs(ground.policy) or any(deed.charged for deed in case.deeds)


def may_have_costs(policy: Policy) -> bool:
    """Tell whether a policy lets costs arise by themselves, beside the fees that deeds charged."""
    charges = policy.charges
    arise = charges.compensation or charges.interest != InterestBy.NOTHING
    return bool(charges.confirmed_by and arise)


def _charged(
    case: Case, account: Walked, day: date, ground: Ground, contested: int
) -> Iterator[CostLine]:
    for fee in account.fees:
        yield CostLine(name="fee", amount=fee.amount, ground=fee.ground)
    passed = sum(last_day < day for last_day in last_days_of(case))
    late, currency = account.late_on[:passed], case.invoice.amount.currency
    for fixed in fixed_sums(late, contested, currency, ground):
        law = law_of_compensation(ground)
        yield CostLine(name="compensation", amount=fixed.amount, ground=fixed.ground, law=law)


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
    return changed(case, costs_waived=(*case.costs_waived, (message.at, amount)))


WAIVING: Mapping[MessageType, Callable[[Case, Message, Ground], Case]] = MappingProxyType(
    {MessageType.COSTS_WAIVED: _costs_waived}
)
"""How a message about costs changes a case."""

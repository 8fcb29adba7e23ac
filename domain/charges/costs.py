"""The account of one invoice with its costs: charges in order, and what each payment settled."""

# One thing: the account of one invoice, whose every move depends on all moves before.

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, auto
from typing import NamedTuple

from domain.case.agreement_types import Dispute
from domain.case.model import Case, Invoice
from domain.case.money import ALL_COSTS, Ground
from domain.charges.asking import costs_asked_since
from domain.charges.consumers.free_reminder import NOT_SAID_YET, interest_after
from domain.charges.consumers.late_fees import Fee, lawful_fees
from domain.charges.cost_terms import fixed_sums, terms_of
from domain.charges.late_parts import (
    due_by,
    last_days_of,
    late_balances,
    late_of_part,
    late_on_day,
)
from domain.interest.grounds import UnratedDays
from domain.interest.model import Balance, Cost, Interest, InterestTerms, interest
from domain.interest.running import RunningInterest
from domain.money import Money

_A_DAY = timedelta(days=1)

_PRINCIPAL_FIRST = ("principal", "interest", "costs")
EVERYTHING = 10**18
"""More than any costs, in minor units."""


@dataclass(frozen=True, slots=True)
class Earned:
    """Interest up to a day; none where the policy charges none."""

    interest: Interest | None = None

    @property
    def minor(self) -> int:
        """Minor units; of the days whose rate is known."""
        return self.interest.amount.minor if self.interest else 0

    @property
    def left_out(self) -> tuple[UnratedDays, ...]:
        """The days for which nothing is charged, because their rate is not known."""
        return self.interest.left_out if self.interest else ()


def earned_until(case: Case, ground: Ground, steps: Sequence[Balance], until: date) -> Earned:
    """Compute interest on what was open, from the day after due up to and including a day.

    Where a rate is not known, nothing is charged for its days and a person is told: a figure that
    nobody can justify never reaches a debtor (P24). What is known is always charged. Once the
    principal is settled, the rates that were known on that day count for good.
    """
    last_day, rest = steps[-1]
    terms = terms_of(ground, until if rest > 0 else min(until, last_day))
    after = interest_after(case, ground)
    if terms is None or after == NOT_SAID_YET:
        return Earned()
    late, currency = late_balances(case, steps), case.invoice.amount.currency
    return Earned(interest=interest(late, currency, after, until, terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """An invoice's account after all its money and costs, in order of time; minor units.

    Attributes:
        principal: what is still open of it.
        steps: the open principal from each date on.
        charged: fees, and the law's fixed sum on all that was open then.
        costs_paid: how much of those was paid.
        interest_paid: how much interest was paid.
        moved_at: when the principal changed last (UTC).
        late_on: for each due date what was open of it on the day after, on which the law's fixed
            sum falls.
        fees: each late fee that counts: those of a day on which the principal was open.
    """

    principal: int
    steps: tuple[Balance, ...]
    charged: int
    costs_paid: int
    interest_paid: int
    moved_at: datetime
    late_on: tuple[int, ...]
    fees: tuple[Cost, ...]


def walked(case: Case, ground: Ground) -> Walked:
    """Book all money and costs of an invoice on its account, in order of time.

    The same facts, policy and rates give the same account for ever.
    """
    return RunningAccount(ground).walked(case)


class RunningAccount:
    """An invoice's account that goes on from where it stood, as money comes in order of time.

    A case is folded payment by payment. Walked from the first payment each time, 160 payments took
    a second and twice as many four; what else the account stands on must be what it was, or it is
    walked anew.
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._account: _Account | None = None

    def walked(self, case: Case) -> Walked:
        """Book what has come since it was last asked for, or everything."""
        account = self._account
        if account is None or not account.goes_on_as(case):
            account = self._account = _Account(case, self.ground)
        return account.walk(case)


class _Move(IntEnum):
    """What an event of an account is; at one instant they count in this order."""

    COMPENSATION = auto()
    FEE = auto()
    MONEY = auto()


class _Event(NamedTuple):
    """Money that moved, or a cost that was added, with its ground."""

    at: datetime
    what: _Move
    minor: int
    ground: str = ""


class _Account:
    """Money and costs of one invoice, walked through in the order of time; minor units."""

    def __init__(self, case: Case, ground: Ground) -> None:
        self.case, self.ground = case, ground
        self.currency = case.invoice.amount.currency
        self.base = self.principal = _base_of(case)
        self.steps: list[Balance] = [(case.invoice.issued, self.principal)]
        self.costs_paid = self.interest_paid = self.surplus = 0
        self.late_on: list[int] = []
        self.moved_at = case.invoice.opened_at
        self.asked_since = costs_asked_since(case, ground)
        self.lawful = lawful_fees(case, ground)
        self.fees: list[Cost] = []
        self.fee_days: list[Fee] = []
        self.running: dict[tuple[InterestTerms, int], RunningInterest] = {}
        self._to_come = deque(sorted(self._costs(), key=_when))
        self._last: _Event | None = None
        self._booked: tuple[tuple[datetime, int], ...] = ()

    def goes_on_as(self, case: Case) -> bool:
        """Tell whether a case differs only by what was said and paid after all that is booked."""
        last, booked = self._last, len(self._booked)
        if last is None or _base_of(case) != self.base or _terms(case) != _terms(self.case):
            return False
        if case.deeds != self.case.deeds or case.money[:booked] != self._booked:
            return False
        if any(_when(event) < _when(last) for event in _moneys(case, booked)):
            return False
        return _said_until(case, last.at) == _said_until(self.case, last.at)

    def walk(self, case: Case) -> Walked:
        """Apply what has come since, each cost before the money of its instant."""
        moneys = sorted(_moneys(case, len(self._booked)), key=_when)
        self.case, self._booked = case, case.money
        for event in moneys:
            while self._to_come and _when(self._to_come[0]) < _when(event):
                self._apply(self._to_come.popleft())
            self._apply(event)
            self._last = event
        return self._to_the_end()

    def _to_the_end(self) -> Walked:
        """The account with the costs that came after all money, which leave no balance changed."""
        end = copy(self)
        end.late_on, end.fees, end.fee_days = [*self.late_on], [*self.fees], [*self.fee_days]
        for event in self._to_come:
            end._apply(event)  # noqa: SLF001 - a copy of ourselves
        return Walked(
            principal=end.principal,
            steps=tuple(end.steps),
            charged=end._charged(0),  # noqa: SLF001 - as above
            costs_paid=end.costs_paid,
            interest_paid=end.interest_paid,
            moved_at=end.moved_at,
            late_on=tuple(end.late_on),
            fees=tuple(end.fees),
        )

    def _apply(self, event: _Event) -> None:
        at, before = event.at, self.principal
        if event.what is _Move.MONEY:
            self._move(at, event.minor)
        elif event.what is _Move.COMPENSATION:
            self.late_on.append(late_of_part(self.case, len(self.late_on), before))
        elif before > 0:
            self._charge(event)
        if self.principal != before:
            self.moved_at = at
            day = max(self.ground.calendar.local_date(at), self.case.invoice.issued)
            self.steps.append((day, self.principal))

    def _charge(self, event: _Event) -> None:
        fee = Cost(Money(event.minor, self.currency), event.ground)
        day = self.ground.calendar.local_date(event.at)
        if self.lawful:
            fee = self.lawful.of(fee, self.principal, day, self.fee_days)
        if fee.amount.minor:
            self.fees.append(fee)
            self.fee_days.append((day, fee.amount.minor))

    def _costs(self) -> Iterator[_Event]:
        for deed in self.case.deeds:
            if deed.charged:
                yield _Event(deed.at, _Move.FEE, deed.charged, deed.ground)
        charges = self.ground.policy.charges
        if charges.compensation and charges.confirmed_by:
            for last_day in last_days_of(self.case):
                late_from = self.ground.calendar.start_of(last_day + _A_DAY)
                yield _Event(late_from, _Move.COMPENSATION, 0)

    def _charged(self, contested: int) -> int:
        """Fees, and the law's fixed sum on what was open and is not contested."""
        fixed = fixed_sums(self.late_on, contested, self.currency, self.ground)
        return sum(cost.amount.minor for cost in (*self.fees, *fixed))

    def _move(self, at: datetime, minor: int) -> None:
        order = self.ground.policy.charges.order
        if minor < 0:
            self._take_back(-minor, order, at)
            return
        asked = self._are_costs_asked(at)
        ahead = self._not_due(at) if asked else 0
        for bucket in order if asked else _PRINCIPAL_FIRST:
            part = min(minor, self._owed(bucket, at) - (ahead if bucket == "principal" else 0))
            self._add(bucket, part)
            minor -= part
        part = min(minor, ahead)  # what falls due later is paid after what was asked for
        self.principal -= part
        self.surplus += minor - part

    def _take_back(self, minor: int, order: tuple[str, ...], at: datetime) -> None:
        """What was settled last is open again first, so exactly the amount re-opens."""
        part = min(minor, self.surplus)
        self.surplus -= part
        minor -= part
        part = min(minor, max(0, self._not_due(at, self.base) - self._not_due(at)))
        self.principal += part
        minor -= part
        held = {"interest": self.interest_paid, "costs": self.costs_paid}
        held["principal"] = self.base - self.principal
        for bucket in reversed(order):
            part = min(minor, held[bucket])
            self._add(bucket, -part)
            minor -= part
        self.principal += minor

    def _add(self, bucket: str, part: int) -> None:
        if bucket == "principal":
            self.principal -= part
        elif bucket == "costs":
            self.costs_paid += part
        else:
            self.interest_paid += part

    def _owed(self, bucket: str, at: datetime) -> int:
        if bucket == "principal":
            return self.principal
        charged = self._charged(self._contested(at))
        costs, let_go = max(0, charged - self.costs_paid), self._let_go(at)
        if bucket == "costs":
            return costs - min(costs, let_go)
        interest = self._interest_before(at) - self.interest_paid
        return max(0, interest - (let_go - min(costs, let_go)))

    def _not_due(self, at: datetime, balance: int | None = None) -> int:
        """What of the open principal, or of another balance, falls due after an instant's day."""
        open_ = self.principal if balance is None else balance
        today = self.ground.calendar.local_date(at)
        return open_ - due_by(self.case, open_, today)

    def _let_go(self, at: datetime) -> int:
        """What was let go of costs, and then of interest, up to an instant; no money pays it."""
        waived = [amount for said, amount in self.case.costs_waived if said <= at]
        return EVERYTHING if None in waived else sum(amount or 0 for amount in waived)

    def _interest_before(self, at: datetime) -> int:
        """On the day of a payment its new balance counts already: interest runs to the eve."""
        eve = self.ground.calendar.local_date(at) - _A_DAY
        contested = self._contested(at)
        last_day, rest = self.steps[-1]
        terms = terms_of(self.ground, eve if rest > contested else min(eve, last_day))
        if terms is None:
            return 0
        running = self.running.get((terms, contested))
        if running is None:
            running = _running(self.case, self.ground, terms, contested)
            self.running[terms, contested] = running
        return running.until(self.steps, eve)

    def _are_costs_asked(self, at: datetime) -> bool:
        """Whether costs were asked for before an instant: else money pays what was asked for."""
        since = self.asked_since
        if self.case.invoice.terms:
            since = costs_asked_since(self.case, self.ground, at)
        asked = since is not None and since < at
        return asked and not (0 < self.principal <= self._contested(at))

    def _contested(self, at: datetime) -> int:
        """What of the open principal was contested at an instant."""
        return min(self.principal, contested_at(self.case, at))


def _running(case: Case, ground: Ground, terms: InterestTerms, contested: int) -> RunningInterest:
    """Interest on what is open of an invoice and not contested, as far as it had fallen due."""

    def bearing(balance: int, day: date) -> int:
        return late_on_day(case, max(0, balance - contested), day)

    turns = [day + _A_DAY for day in case.last_days]
    currency = case.invoice.amount.currency
    return RunningInterest(interest_after(case, ground), currency, terms, bearing, turns)


def earned_sum(case: Case, ground: Ground, steps: Sequence[Balance], until: date) -> int:
    """Compute the sum of interest without its words, minor units; as ``earned_until`` does."""
    last_day, rest = steps[-1]
    terms = terms_of(ground, until if rest > 0 else min(until, last_day))
    return _running(case, ground, terms, 0).until(steps, until) if terms else 0


def undisputed(steps: Sequence[Balance], contested: int) -> tuple[Balance, ...]:
    """Leave out of each balance what is contested: no interest is asked for on it."""
    return tuple((day, max(0, balance - contested)) for day, balance in steps)


def contested_at(case: Case, instant: datetime) -> int:
    """Find what was contested at an instant, minor units: never more than the invoice."""
    whole = case.invoice.amount.minor
    major = (d for d in (*case.disputes, *case.settled_disputes) if not d.is_minor)
    since = (d for d in major if d.opened_at <= instant)
    then = (d for d in since if d.settled_at is None or instant < d.settled_at)
    return min(whole, sum(whole if d.amount is None else d.amount for d in then))


def _when(event: _Event) -> tuple[datetime, int, int]:
    return event.at, event.what, -event.minor


def _moneys(case: Case, booked: int) -> Iterator[_Event]:
    """The money that has come since so much of it was booked."""
    for at, minor in case.money[booked:]:
        yield _Event(at, _Move.MONEY, minor)


def _base_of(case: Case) -> int:
    """The principal of an invoice less what was credited and written off of it; minor units."""
    given_up = case.write_off if case.write_off not in (None, ALL_COSTS) else 0
    return max(0, case.invoice.amount.minor - case.credited - (given_up or 0))


def _terms(case: Case) -> tuple[Invoice, date, tuple[date, ...]]:
    return case.invoice, case.due, case.last_days


def _said_until(case: Case, at: datetime) -> tuple[object, ...]:
    """What the shares of money rest on that came until an instant: disputes, and costs let go."""
    disputes = sorted(
        (d.opened_at, d.amount is None, d.amount or 0, _ended_until(d, at))
        for d in (*case.disputes, *case.settled_disputes)
        if not d.is_minor and d.opened_at <= at
    )
    return (*disputes, *((said, minor) for said, minor in case.costs_waived if said <= at))


def _ended_until(dispute: Dispute, at: datetime) -> str:
    ended = dispute.settled_at
    return ended.isoformat() if ended and ended <= at else ""

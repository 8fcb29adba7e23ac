"""What was promised or offered for a day on which the money was contested or the case paused.

Such an agreement is neither kept nor broken on that day: it is suspended, and gets a new day when
the dispute or the pause ends. Money on its way that covers it moves its check, not its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from domain.agreements.awaited import ComingMoney, waited_until
from domain.agreements.grace import grace_of
from domain.agreements.promises import still_missing
from domain.agreements.status import missing_by
from domain.calendar import Calendar
from domain.case.agreement_types import Plan, Promise, Settlement
from domain.case.contested import stops_chasing, was_all_contested
from domain.case.invoice import InvoicePart
from domain.case.model import Case
from domain.case.money import Ground
from domain.policy.due_dates import late_from
from domain.policy.model import Policy

_A_DAY = timedelta(days=1)
_Instants = tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class _Hold:
    """A time in which nothing could be expected; ``end`` is None while it lasts.

    A dispute is one only where all that is left on the day is contested.
    """

    start: datetime
    end: datetime | None
    contests: bool = False
    in_part: bool = False


def move_what_was_held(case: Case, ground: Ground, money: ComingMoney) -> Case:
    """The case with each agreement as disputes, pauses and money on its way leave its days."""
    if not (case.promises or case.plans or case.settlements):
        return case
    holds = sorted(_holds(case, ground.calendar), key=lambda hold: hold.start)
    move = _Mover(case, tuple(holds), ground.calendar, ground.policy, money)
    return replace(
        case,
        promises=tuple(move.promise(promise) for promise in case.promises),
        plans=tuple(move.plan(plan) for plan in case.plans),
        settlements=tuple(move.offer(offer) for offer in case.settlements),
    )


def _holds(case: Case, calendar: Calendar) -> Iterator[_Hold]:
    for start, last_day, ended in case.pauses:
        end = calendar.end_of(last_day) if last_day else None
        if ended:
            end = min(end, ended) if end else ended
        yield _Hold(start, end)
    for dispute in (*case.disputes, *case.settled_disputes):
        if stops_chasing(dispute):
            in_part = dispute.amount is not None
            yield _Hold(dispute.opened_at, dispute.settled_at, contests=True, in_part=in_part)


class _Term(NamedTuple):
    """The day of a promise or an offer: as it is now, as it was agreed, and what moved it."""

    day: date
    check: datetime
    first_day: date
    first_check: datetime
    moved_at: datetime | None
    suspended: bool


@dataclass(frozen=True, slots=True)
class _Mover:
    """Moves agreements over the holds that lay on their days, by the debtor's calendar."""

    case: Case
    holds: tuple[_Hold, ...]
    calendar: Calendar
    policy: Policy
    money: ComingMoney

    def promise(self, promise: Promise) -> Promise:
        """A promise on its new day, or suspended."""

        def waited(check: datetime) -> datetime:
            word, case = self.calendar.within(check), self.case
            return waited_until(
                case, self.money, check, lambda by: still_missing(case, promise, by), word
            )

        on = self._new_term(promise, waited)
        check = waited(self._not_before_due(promise, on.check))
        return replace(
            promise,
            day=on.day,
            first_day=on.first_day,
            first_check=on.first_check,
            plan_b=replace(promise.plan_b, check_at=check),
            moved_at=on.moved_at,
            suspended=on.suspended,
        )

    def offer(self, offer: Settlement) -> Settlement:
        """An offer that stands until its new day, or is suspended."""
        case, whole = self.case, self.case.invoice.amount.minor

        def waited(check: datetime) -> datetime:
            return waited_until(
                case, self.money, check, lambda by: offer.missing_by(by, whole, case.moves)
            )

        on = self._new_term(offer, waited)
        return replace(
            offer,
            day=on.day,
            first_day=on.first_day,
            first_check=on.first_check,
            plan_b=replace(offer.plan_b, check_at=on.check),
            moved_at=on.moved_at,
            suspended=on.suspended,
        )

    def _new_term(
        self, agreed: Promise | Settlement, waited: Callable[[datetime], datetime]
    ) -> _Term:
        """The day of an agreement and its check, as holds and money on its way leave them."""
        first_day = agreed.first_day or agreed.day
        first_check = agreed.first_check or agreed.plan_b.check_at
        day, check, moved_at, suspended = first_day, first_check, None, False
        grace = grace_of(self.policy, self.calendar, day, check)
        check = waited(check)
        for hold in self._after(agreed.made_at):
            held = hold.start < check and self._holds_at(hold, check)
            if held and hold.end is None:
                suspended = True
            elif held and hold.end is not None and hold.end >= check:
                day, moved_at = self._new_day(day, hold.start, hold.end), hold.end
                check = waited(late_from(self.policy, self.calendar, day + grace))
        return _Term(day, check, first_day, first_check, moved_at, suspended)

    def _not_before_due(self, promise: Promise, check: datetime) -> datetime:
        """Its check: of whoever was given more time for the invoice meanwhile, after that."""
        moved = self.case.due_moved_at
        if moved is None or not promise.made_at <= moved < check:
            return check
        return max(check, late_from(self.policy, self.calendar, self.case.due))

    def plan(self, plan: Plan) -> Plan:
        """A plan whose instalments on and after a hold come later by as many days."""
        parts = plan.first_parts or plan.parts
        checks, cures = plan.first_checks or plan.checks, plan.first_cures or plan.cures
        suspended, moved_at, later = False, None, [0] * len(parts)
        for hold in self._after(plan.accepted_at or plan.made_at):
            number = self._lay_on(hold, plan, checks, later)
            if number is not None and hold.end is None:
                suspended = True
            elif number is not None and hold.end is not None:
                days = self._days_between(hold.start, hold.end)
                days += self._days_waited(plan, number, self._moved(checks[number], later[number]))
                later = [more + (days if at >= number else 0) for at, more in enumerate(later)]
                moved_at = hold.end
        new_checks, new_cures = self._new_checks(plan, checks, cures, later)
        return replace(
            plan,
            first_parts=parts,
            first_checks=checks,
            first_cures=cures,
            parts=_later(parts, later),
            checks=new_checks,
            cures=new_cures,
            plan_b=replace(plan.plan_b, check_at=new_checks[0]),
            moved_at=moved_at,
            suspended=suspended,
        )

    def _after(self, made: datetime) -> Iterator[_Hold]:
        """The holds since an agreement was made, and disputes of part that it left alone."""
        beside = not was_all_contested(self.case, made)
        return (hold for hold in self.holds if hold.start >= made or (hold.in_part and beside))

    def _holds_at(self, hold: _Hold, check: datetime) -> bool:
        return not hold.contests or was_all_contested(self.case, check)

    def _new_checks(
        self, plan: Plan, checks: _Instants, cures: _Instants, later: list[int]
    ) -> tuple[_Instants, _Instants]:
        """The checks and cures of instalments, as holds and money on its way leave them."""
        ends = tuple(map(self._moved, cures, later))
        looks = enumerate(zip(map(self._moved, checks, later), ends, strict=True))
        return (
            tuple(self._checked(plan, number, check, end) for number, (check, end) in looks),
            tuple(self._checked(plan, number, end) for number, end in enumerate(ends)),
        )

    def _checked(
        self, plan: Plan, number: int, check: datetime, told_by: datetime | None = None
    ) -> datetime:
        """When an instalment (from 0) is checked, as money on its way leaves it."""
        case = self.case
        return waited_until(
            case, self.money, check, lambda by: missing_by(case, plan, number, by), told_by
        )

    def _days_waited(self, plan: Plan, number: int, check: datetime) -> int:
        """How many days after its check an instalment was still waited for."""
        date_of = self.calendar.local_date
        return (date_of(self._checked(plan, number, check)) - date_of(check)).days

    def _lay_on(
        self, hold: _Hold, plan: Plan, checks: tuple[datetime, ...], later: list[int]
    ) -> int | None:
        """The first instalment (from 0) whose check fell into a hold."""
        for number, (check, more) in enumerate(zip(checks, later, strict=True)):
            at = self._checked(plan, number, self._moved(check, more))
            lies_on = hold.start < at and (hold.end is None or at <= hold.end)
            if lies_on and self._holds_at(hold, at):
                return number
        return None

    def _moved(self, instant: datetime, days: int) -> datetime:
        """An end of a day, so many days later in the debtor's calendar, past a banking day."""
        if not days:
            return instant
        last = self.calendar.local_date(instant) + (days - 1) * _A_DAY
        return late_from(self.policy, self.calendar, last)

    def _days_between(self, start: datetime, end: datetime) -> int:
        return max(1, (self.calendar.local_date(end) - self.calendar.local_date(start)).days)

    def _new_day(self, day: date, start: datetime, end: datetime) -> date:
        """As many days after the hold as were left when it began, and time enough to pay."""
        left = (day - self.calendar.local_date(start)).days
        return self.calendar.local_date(end) + max(left, self.policy.new_deadline_days) * _A_DAY


def _later(parts: tuple[InvoicePart, ...], days: list[int]) -> tuple[InvoicePart, ...]:
    """The instalments, each so many days later."""
    return tuple(
        InvoicePart(day=part.day + more * _A_DAY, minor=part.minor)
        for part, more in zip(parts, days, strict=True)
    )

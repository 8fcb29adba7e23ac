"""The ladder: which step of the policy comes next for this case, and at which instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from domain.case import Case, Deed, Invoice
from domain.facts import Facts
from domain.kinds import Result
from domain.policy import Anchor, Base, CatchUp, Policy, Step

NEVER = date.max


@dataclass(frozen=True, slots=True)
class Rung:
    """A step with the date it falls on and the instant at which it may happen."""

    step: Step
    day: date
    at: datetime


@lru_cache(maxsize=4096)
def steps_for(policy: Policy, customer_class: str) -> tuple[Step, ...]:
    """The steps that a policy has for a class of customers, in policy order."""
    return tuple(step for step in policy.steps if customer_class in step.classes)


def anchored(anchor: Anchor, day: date) -> date:
    """The date that an anchor means, counted from its event's date."""
    moved = day + timedelta(days=anchor.days)
    return _end_of_month(moved) if anchor.end_of_month else moved


def _end_of_month(day: date) -> date:
    first_of_next = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first_of_next - timedelta(days=1)


def fixed_day(anchor: Anchor, invoice: Invoice) -> date | None:
    """The date of an anchor that depends on the invoice alone."""
    if anchor.base is Base.DUE:
        return anchored(anchor, invoice.due)
    if anchor.base is Base.ISSUED:
        return anchored(anchor, invoice.issued)
    return None


def standing_still_until(facts: Facts) -> datetime | None:
    """The instant up to which pauses and promises hold the ladder; None: open end."""
    case, calendar = facts.case, facts.calendar
    until = max(case.released_at, case.invoice.opened_at)
    if case.paused:
        if case.paused_until is None:
            return None
        until = max(until, calendar.end_of(case.paused_until))
    promise = case.running_promise
    return max(until, promise.plan_b.check_at) if promise else until


class Ladder:
    """One look at a case's ladder: what is settled, what has expired, what comes next."""

    def __init__(self, facts: Facts, policy: Policy, now: datetime, still: datetime) -> None:
        self._case = facts.case
        self._calendar = facts.calendar
        self._policy = policy
        self._now = now
        self._still = still
        self._steps = steps_for(policy, facts.customer_class)
        self._settled = _settled(facts.case)
        self._quiet = self._quiet_until()

    def next_rung(self) -> Rung | None:
        """The next step: tasks as they fall due, messages one at a time in their order."""
        rungs = [rung for rung in self._open_rungs() if not rung.step.is_message]
        message = self.next_message()
        if message:
            rungs.append(message)
        return min(rungs, key=lambda rung: (rung.at, rung.step.order), default=None)

    def next_message(self) -> Rung | None:
        """The next message to the debtor, if any is still to come."""
        ahead = sorted(
            (rung for rung in self._open_rungs() if rung.step.is_message),
            key=lambda rung: (rung.day, rung.step.order),
        )
        if ahead and self._policy.catch_up is CatchUp.MOST_SEVERE:
            first = self._calendar.local_date(ahead[0].at)
            ahead = [rung for rung in ahead if rung.day <= first][-1:]
        return ahead[0] if ahead else None

    def messages_are_over(self, by: date = NEVER) -> bool:
        """Whether no message dated up to a day is still to come."""
        if by is NEVER and any(self._is_waiting(step) for step in self._steps if step.is_message):
            return False
        return not any(r.step.is_message and r.day <= by for r in self._open_rungs())

    def message_at(self, day: date) -> datetime:
        """The first instant from a day on at which the debtor may be written to again."""
        return self._when(day, self._quiet)

    def deadline(self) -> date | None:
        """The latest deadline that a message of this episode has set."""
        return latest_deadline(self._case)

    def previous_day(self, before: int | None = None) -> date | None:
        """The date at which the step before was done, expired or closed; None if it is to come."""
        ahead = [s for s in self._steps if before is None or s.order < before]
        if not ahead:
            return None
        deed = self._settled.get(ahead[-1].id)
        if deed:
            return self._calendar.local_date(deed.at)
        return self._case.invoice.due if self._has_expired(ahead[-1]) else None

    def _open_rungs(self) -> Iterator[Rung]:
        for step in self._steps:
            day = None if self._is_settled(step) else self._day(step)
            if day is not None:
                at = self._when(day, self._quiet if step.is_message else self._still)
                if not self._expired_at(day, at):
                    yield Rung(step, day, at)

    def _is_settled(self, step: Step) -> bool:
        if step.id in self._settled:
            return True
        if self._policy.catch_up is not CatchUp.MOST_SEVERE or not step.is_message:
            return False
        # Under most-severe a firmer message that went out stands for the milder ones before it.
        later = (s for s in self._steps if s.order > step.order and s.is_message)
        return any(s.id in self._settled for s in later)

    def _is_waiting(self, step: Step) -> bool:
        return not self._is_settled(step) and self._day(step) is None

    def _has_expired(self, step: Step) -> bool:
        day = self._day(step)
        if day is None:
            return False
        return self._expired_at(day, self._when(day, self._quiet))

    def _expired_at(self, day: date, at: datetime) -> bool:
        due = self._case.invoice.due
        if day > due:
            return False
        falls_on = self._calendar.local_date(max(at, self._now))
        return falls_on >= due if day < due else falls_on > due

    def _day(self, step: Step) -> date | None:
        if step.on.base in (Base.DUE, Base.ISSUED):
            return fixed_day(step.on, self._case.invoice)
        by_deadline = step.on.base is Base.DEADLINE
        base = self.deadline() if by_deadline else self.previous_day(step.order)
        return anchored(step.on, base) if base else None

    def _when(self, day: date, not_before: datetime) -> datetime:
        return self._calendar.within(max(self._calendar.opening(day), not_before))

    def _quiet_until(self) -> datetime:
        """Messages keep the minimum gap, and a deadline once set is waited for to its end."""
        until, calendar = self._still, self._calendar
        last = self._case.last_message
        if last:
            gap = timedelta(days=self._policy.minimum_gap_days)
            until = max(until, calendar.opening(calendar.local_date(last.at) + gap), last.at)
        deadline = self.deadline()
        if deadline:
            until = max(until, calendar.opening(deadline + timedelta(days=1)))
        return until


def latest_deadline(case: Case) -> date | None:
    """The latest deadline set by a message of this episode that must be taken as read."""
    return max(
        (d.deadline for d in case.deeds if d.deadline and _counts(case, d)),
        default=None,
    )


def _counts(case: Case, deed: Deed) -> bool:
    return deed.episode == case.episode and deed.result is not Result.REJECTED


def _settled(case: Case) -> dict[str, Deed]:
    """The steps that are done for this episode.

    What an earlier episode did stays done, but for the firmest message: it is said once more, so
    that the debtor hears that the case is open again.
    """
    if case.episode == 1:
        return {deed.step: deed for deed in case.deeds}
    earlier = [deed for deed in case.deeds if deed.episode < case.episode]
    again = next((deed.step for deed in reversed(earlier) if deed.reached_debtor), "")
    settled = {deed.step: deed for deed in earlier if deed.step != again}
    return settled | {d.step: d for d in case.deeds if d.episode == case.episode}

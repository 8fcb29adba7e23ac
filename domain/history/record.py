"""Summarises cases into the customer's history (P31)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.agreements.promises import PromiseState, check_promise
from domain.calendar import Calendar
from domain.case.agreement_types import Dispute
from domain.case.contested import was_all_contested
from domain.case.model import Case
from domain.charges.late_parts import first_last_day, late_balances
from domain.interest.model import Balance
from domain.message_types import ActionType, Outcome
from domain.policy.classes import RECENT, History

BROKEN_PROMISE = "promise-broken-"
"""How the step begins that follows a broken promise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRecord:
    """One case's part of a customer's history.

    Attributes:
        settled_at: the instant of the money that settled it; None if money did not settle it.
        days_late: calendar days from the due date to that money, debtor time, without those on
            which all of it was contested; early is zero. Of terms in parts, the days on which any
            part was late.
        broken_promises: promises that were not kept in time: late, in part, or not at all.
        handed_off: whether an agency ever had it.
        disputes: how often something was contested or asked for.
        promises_made: all promises, those included that another one replaced.
        promises_kept: in time.
        promises_late: the money came, after the check.
        promises_part: a part of it came.
    """

    settled_at: datetime | None = None
    days_late: int = 0
    broken_promises: int = 0
    handed_off: bool = False
    disputes: int = 0
    promises_made: int = 0
    promises_kept: int = 0
    promises_late: int = 0
    promises_part: int = 0


def record_of(case: Case, calendar: Calendar, before: datetime | None = None) -> CustomerRecord:
    """Summarise what one case shows about its customer, at the end or before an instant."""
    settled = _settled_at(case)
    if before and settled and settled >= before:
        settled = None
    deeds = [deed for deed in case.deeds if before is None or deed.at < before]
    ended = Counter(check_promise(case, before or _known_until(case)))
    return CustomerRecord(
        settled_at=settled,
        days_late=_days_late(case, settled, calendar) if settled else 0,
        broken_promises=sum(deed.step.startswith(BROKEN_PROMISE) for deed in deeds),
        handed_off=any(deed.do is ActionType.HAND_OFF for deed in deeds),
        disputes=sum(before is None or d.opened_at < before for d in _every_dispute(case)),
        promises_made=len(case.promises),
        promises_kept=ended[PromiseState.KEPT],
        promises_late=ended[PromiseState.KEPT_LATE],
        promises_part=ended[PromiseState.IN_PART],
    )


def _known_until(case: Case) -> datetime:
    """The last instant of which the case knows: its newest message or deed."""
    return max([case.heard_at, *(deed.at for deed in case.deeds)])


def _every_dispute(case: Case) -> tuple[Dispute, ...]:
    return (*case.disputes, *case.settled_disputes)


def is_over_before(case: Case, before: datetime) -> bool:
    """Tell whether a case that stays as it is shows the same at every later instant, too.

    All that it knows is dated earlier, and the check of each promise has come.
    """
    checks = (promise.plan_b.check_at for promise in case.promises)
    return max((_known_until(case), *(check for check in checks)), default=before) < before


class RunningHistory:
    """A customer's history, kept up while single cases change: each is added up once."""

    def __init__(self) -> None:
        self._records: dict[int, CustomerRecord] = {}
        self._sums: Counter[str] = Counter()
        self._settled: list[tuple[datetime, int]] = []

    def note(self, place: int, record: CustomerRecord) -> None:
        """Take in what a case shows, in place of what it has shown before."""
        before = self._records.get(place)
        if before == record:
            return
        if before is not None:
            self._count(before, -1)
            if before.settled_at:
                entry = before.settled_at, before.days_late
                del self._settled[bisect_left(self._settled, entry)]
        self._records[place] = record
        self._count(record, 1)
        if record.settled_at:
            insort(self._settled, (record.settled_at, record.days_late))

    def _count(self, record: CustomerRecord, times: int) -> None:
        sums = self._sums
        if record.settled_at:
            sums["settled"] += times
            sums["late"] += times * (record.days_late > 0)
            sums["days_late"] += times * record.days_late
        sums["broken_promises"] += times * record.broken_promises
        sums["handoffs"] += times * record.handed_off
        sums["promises_made"] += times * record.promises_made
        sums["promises_kept"] += times * record.promises_kept
        sums["disputes"] += times * record.disputes

    def history(self) -> History:
        """Add up the history as it is now."""
        recent = self._settled[-RECENT:]
        return History(
            **self._sums,
            recent=len(recent),
            recent_days_late=sum(days for _, days in recent),
        )


def history_of(records: Iterable[CustomerRecord]) -> History:
    """Add up the customer's history over all their cases."""
    running = RunningHistory()
    for place, record in enumerate(records):
        running.note(place, record)
    return running.history()


def _settled_at(case: Case) -> datetime | None:
    """The first money after which nothing was ever open again."""
    if case.outcome is not Outcome.PAID or case.paid <= 0:
        return None
    came, settled = case.discount + max(case.written_off, case.let_go), None
    for at, minor in case.moves:
        came += minor
        settled = (settled or at) if came >= case.invoice.amount.minor else None
    return settled


def _days_late(case: Case, settled: datetime, calendar: Calendar) -> int:
    """Calendar days from the due date to the money, without those on which all was contested."""
    paid = calendar.local_date(settled)
    late = range(first_last_day(case).toordinal() + 1, paid.toordinal() + 1)
    in_time = _days_without_a_late_part(case, calendar, late)
    contested = _contested_days(case, calendar, late)
    return sum(day not in contested and day not in in_time for day in late)


def _contested_days(case: Case, calendar: Calendar, days: range) -> set[int]:
    """The days at whose beginning all that was left was contested."""
    if not (case.disputes or case.settled_disputes):
        return set()
    begins = ((day, calendar.start_of(date.fromordinal(day))) for day in days)
    return {day for day, begin in begins if was_all_contested(case, begin)}


def _days_without_a_late_part(case: Case, calendar: Calendar, days: range) -> set[int]:
    """The days between due dates on which all that had fallen due was paid."""
    if not case.last_days:
        return set()
    came: list[Balance] = [(case.invoice.issued, case.invoice.amount.minor)]
    for at, minor in sorted(case.moves):
        # The day on which money comes is late still.
        seen = max(calendar.local_date(at), case.invoice.issued) + timedelta(days=1)
        came.append((seen, came[-1][1] - minor))
    late = late_balances(case, came)
    since = [day.toordinal() for day, _ in late]
    return {day for day in days if late[bisect_right(since, day) - 1][1] <= case.slack}

"""Money on its way that covers what was agreed: until it should be here, nothing is missed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from domain.agreements.promises import FOR_EVER
from domain.case.agreement_types import PendingPayment
from domain.case.model import Case


class _Coming(NamedTuple):
    """Money that was announced: when, until when it is waited for, and since when it is here."""

    announced: datetime
    until: datetime
    minor: int
    here: datetime | None = None


def waited_until(
    case: Case,
    money: ComingMoney,
    check: datetime,
    missing: Callable[[datetime], int],
    told_by: datetime | None = None,
) -> datetime:
    """Find when an agreement is checked, as long as announced money covers what it misses.

    Only money that was announced before the check moves it; it does so for good if it came, so
    that what was waited for is not too late when it is here.

    Args:
        case: whose money is on its way.
        money: what is on its way to that case, in its order.
        check: when it is checked without that money.
        missing: what is missing of the agreed sum at an instant; minor units.
        told_by: money that is still to come may have been announced up to then, if that is later.
    """
    if not (case.pending_payments or case.came_as_announced):
        return check
    while (short := missing(check) - case.slack) > 0:
        until = money.covers_until(case, check, told_by, short)
        if until is None:
            return check
        check = until
    return check


class ComingMoney:
    """What is on its way to one case and what came as announced, kept up as the case hears more.

    Each agreement is held against what was announced before its check. Gone through one by one for
    each of them at each message, 5,000 messages took more than a minute: what counts for a check is
    therefore put in order once, with its sums, and what is announced later is added to it.
    """

    def __init__(self) -> None:
        self._beside: tuple[object, ...] = ()
        self._pending: tuple[PendingPayment, ...] = ()
        self._announced: list[_Coming] = []
        self._longest: list[datetime] = []
        self._covers: dict[tuple[datetime, datetime | None], _Cover] = {}

    def covers_until(
        self, case: Case, check: datetime, told_by: datetime | None, short: int
    ) -> datetime | None:
        """Find until when money on its way covers what a check misses; None if it does not.

        Minor units; what is awaited longest counts first.
        """
        self._hear(case)
        cover = self._covers.get((check, told_by))
        if cover is None:
            cover = self._covers[check, told_by] = _Cover()
            for coming in self._counting(check, told_by):
                cover.add(coming)
        return cover.until(short)

    def _hear(self, case: Case) -> None:
        """Take in what was announced since; if anything else has changed, begin anew."""
        pending, beside = case.pending_payments, (case.came_as_announced, case.invoice.amount)
        if pending is self._pending and beside == self._beside:
            return
        known = len(self._pending)
        more = list(_announced(case, pending[known:]))
        if beside != self._beside or pending[:known] != self._pending or self._is_late(more):
            self._announced, self._longest, self._covers = [], [], {}
            every = (*_announced(case, pending), *_came(case))
            more = sorted(every, key=attrgetter("announced"))
        self._pending, self._beside = pending, beside
        for coming in more:
            self._add(coming)

    def _is_late(self, more: list[_Coming]) -> bool:
        """Whether anything was announced before what is known: it must not be put after it."""
        told = [*self._announced[-1:], *more]
        return any(later.announced < one.announced for one, later in pairwise(told))

    def _add(self, coming: _Coming) -> None:
        self._announced.append(coming)
        self._longest.append(max((coming.until, *self._longest[-1:])))
        for (check, told_by), cover in self._covers.items():
            if _counts(coming, check, told_by):
                cover.add(coming)

    def _counting(self, check: datetime, told_by: datetime | None) -> Iterator[_Coming]:
        """What counts for a check: back from it, as far as anything is still waited for then."""
        last = max(check, told_by) if told_by else check
        number = bisect_left(self._announced, last, key=attrgetter("announced"))
        while number and self._longest[number - 1] > check:
            number -= 1
            if _counts(self._announced[number], check, told_by):
                yield self._announced[number]


class _Cover:
    """What counts for one check: what is awaited longest first, each with the sum up to it."""

    def __init__(self) -> None:
        self._until: list[datetime] = []
        self._sums: list[int] = []

    def add(self, coming: _Coming) -> None:
        """Put money where it belongs, which all that is awaited less long comes on top of."""
        at = bisect_right(self._until, _soonness(coming.until), key=_soonness)
        before = self._sums[at - 1] if at else 0
        self._until.insert(at, coming.until)
        self._sums[at:] = [one + coming.minor for one in (before, *self._sums[at:])]

    def until(self, short: int) -> datetime | None:
        """Find until when it covers a sum; minor units."""
        at = bisect_left(self._sums, short)
        return self._until[at] if at < len(self._until) else None


def _soonness(until: datetime) -> timedelta:
    return FOR_EVER - until


def _counts(coming: _Coming, check: datetime, told_by: datetime | None) -> bool:
    """Whether it was announced in time and comes after a check."""
    last = max(check, told_by) if told_by and coming.here is None else check
    comes_later = coming.here is None or coming.here >= check
    return coming.announced < last and coming.until > check and comes_later


def _announced(case: Case, pending: Iterable[PendingPayment]) -> Iterator[_Coming]:
    """What is on its way; of no sum, it is all."""
    for one in pending:
        minor = case.invoice.amount.minor if one.amount is None else one.amount
        yield _Coming(one.at, one.check_at, minor)


def _came(case: Case) -> Iterator[_Coming]:
    """What came as it was announced."""
    for pending, minor, at in case.came_as_announced:
        yield _Coming(pending.at, pending.check_at, minor, at)

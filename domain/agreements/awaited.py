"""Money on its way that covers what was agreed: until it should be here, nothing is missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from domain.case.model import Case


class _Coming(NamedTuple):
    """Money that was announced: when, until when it is waited for, and since when it is here."""

    announced: datetime
    until: datetime
    minor: int
    here: datetime | None = None


def waited_until(
    case: Case, check: datetime, missing: Callable[[datetime], int], told_by: datetime | None = None
) -> datetime:
    """Find when an agreement is checked, as long as announced money covers what it misses.

    Only money that was announced before the check moves it; it does so for good if it came, so
    that what was waited for is not too late when it is here.

    Args:
        case: whose money is on its way.
        check: when it is checked without that money.
        missing: what is missing of the agreed sum at an instant; minor units.
        told_by: money that is still to come may have been announced up to then, if that is later.
    """
    if not (case.pending_payments or case.came_as_announced):
        return check
    while (short := missing(check) - case.slack) > 0:
        until = _covered_until(tuple(_counting(case, check, told_by)), short)
        if until is None:
            return check
        check = until
    return check


def _counting(case: Case, check: datetime, told_by: datetime | None) -> Iterator[_Coming]:
    """What was announced in time and comes after a check."""
    for coming in _announced(case):
        last = max(check, told_by) if told_by and coming.here is None else check
        comes_later = coming.here is None or coming.here >= check
        if coming.announced < last and coming.until > check and comes_later:
            yield coming


def _announced(case: Case) -> Iterator[_Coming]:
    """What is on its way, and what came as it was announced; of no sum, it is all."""
    for pending in case.pending_payments:
        minor = case.invoice.amount.minor if pending.amount is None else pending.amount
        yield _Coming(pending.at, pending.check_at, minor)
    for pending, minor, at in case.came_as_announced:
        yield _Coming(pending.at, pending.check_at, minor, at)


def _covered_until(comings: tuple[_Coming, ...], short: int) -> datetime | None:
    """Until when money covers a sum; None if it does not. What is awaited longest counts first."""
    for coming in sorted(comings, key=lambda one: one.until, reverse=True):
        short -= coming.minor
        if short <= 0:
            return coming.until
    return None

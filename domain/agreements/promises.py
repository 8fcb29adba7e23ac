"""Promises to pay: what may be promised, when it is checked, and how it was kept (P50 to P54)."""

# One thing: what is promised and whether it was kept are judged by the same sums.

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from domain.agreements.approval import require_approval
from domain.agreements.status import came_after, running_plan
from domain.calendar import Calendar, refuse_far, refuse_past
from domain.calls.meaning import is_promise_of_a_call
from domain.case.agreement_types import may_be_missing
from domain.case.chosen_plan_b import ChosenPlanB, read_plan_b
from domain.case.model import Case, Message, PlanBAgreed, Promise
from domain.case.money import check_currency
from domain.errors import InvalidError, RefusedError
from domain.money import Money
from domain.policy.due_dates import late_from
from domain.policy.model import Policy

FOR_EVER = datetime.max.replace(tzinfo=UTC)
"""Later than anything that a case can hear."""


class PromiseState(StrEnum):
    """How a promise stands."""

    RUNNING = "running"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    IN_PART = "in_part"
    BROKEN = "broken"
    VOID = "void"

    @property
    def is_in_time(self) -> bool:
        """Whether nothing follows from it (yet)."""
        return self in (PromiseState.RUNNING, PromiseState.KEPT, PromiseState.VOID)


def promised(case: Case, message: Message, policy: Policy, calendar: Calendar) -> Promise:
    """Make a promise to pay with its Plan B, or refuse it with the reason (P50, P51, P53).

    What was fixed when it was recorded is not judged again: a later policy un-accepts nothing.

    Raises:
        RefusedError: if it has no date, lies in the past or too far away, or needs a supervisor.
    """
    today = calendar.local_date(message.at)
    if message.check_at is None:
        refuse_past(_day(message), today, "a promise looks ahead")
        longest = policy.agreements.longest_promise_days
        refuse_far(_day(message), today, longest, "offer a plan")
        _check_supervisor(case, message, policy)
    amount = agreed_sum(case, message, "promise")
    too_much = max(0, amount - case.open) if amount else 0
    part = _part(case, amount)
    return Promise(
        key=message.key,
        made_at=message.at,
        day=_day(message),
        amount=part,
        counts_from=calendar.start_of(today),
        plan_b=plan_b(case, message, policy, calendar),
        before=fixed_before(message),
        owed=part or case.open,
        beside=max(0, case.open_now - part) if part else 0,
        is_whole=_is_whole(case, part, policy.agreements.holds_all_from_percent),
        above_open=too_much,
        by=message.by,
        channel=message.channel,
        approved_by=message.approved_by,
    )


def told_before(case: Case, message: Message, calendar: Calendar) -> Promise | None:
    """The promise that a call's result told already, or that was told beside it the same day.

    Whoever records a call and the promise too has heard one promise: it must not use up two.
    """
    last = case.promises[-1] if case.promises else None
    if last is None or not any(map(is_promise_of_a_call, (last.key, message.key))):
        return None
    part = _part(case, message.amount.minor if message.amount else None)
    made = calendar.start_of(calendar.local_date(message.at))
    same = (last.counts_from, last.day, last.amount) == (made, message.day, part)
    return last if same else None


def plan_b(case: Case, message: Message, policy: Policy, calendar: Calendar) -> PlanBAgreed:
    """Set when a promise is checked, and what follows if it was not kept (P52, P53, P54).

    Whoever promises to pay before the due date is late after the due date, and no sooner.
    """
    day = _day(message)
    last = max(day + timedelta(days=policy.agreements.grace_days), case.due)
    chosen = read_plan_b(message.plan_b)
    return PlanBAgreed(
        check_at=message.check_at or late_from(policy, calendar, last),
        then=f"we write and call the same day, credit is cash only, and {goes_on(chosen)}",
        chosen=chosen,
    )


def goes_on(chosen: ChosenPlanB | None) -> str:
    """Describe how it goes on once what was agreed was not kept."""
    if chosen is None:
        return "the ladder goes on where it stood"
    return f"if it is still open after the new deadline, {chosen.words}"


def state_of(case: Case, promise: Promise, now: datetime) -> PromiseState:
    """Tell whether a promise runs, was kept, kept late or in part, or is broken at an instant.

    Money after the check does not keep a promise, and a later reversal does not break it.
    """
    if _is_there(case, promise, promise.plan_b.check_at):
        return PromiseState.KEPT if _money_came(case, promise) else PromiseState.VOID
    if now >= promise.plan_b.check_at and not promise.suspended:
        return _not_in_time(case, promise, now)
    if case.open > 0:
        return PromiseState.RUNNING
    return PromiseState.KEPT if _money_came(case, promise) else PromiseState.VOID


def _money_came(case: Case, promise: Promise, by: datetime = FOR_EVER) -> bool:
    """Whether any money came before an instant; credit and write-offs keep no promise."""
    return any(minor > 0 and promise.counts_from <= at < by for at, minor in case.money)


def check_promise(case: Case, until: datetime) -> Iterator[PromiseState]:
    """Tell how each promise ended whose check had come by an instant, oldest first.

    A promise that was replaced before its check is neither kept nor broken.
    """
    for number, promise in enumerate(case.promises):
        state, is_over = state_of(case, promise, FOR_EVER), promise.plan_b.check_at <= until
        is_over = is_over and not promise.suspended
        if state is PromiseState.VOID:
            continue
        if state is PromiseState.KEPT or (is_over and not _is_replaced(case, number)):
            yield state


def is_replaced(case: Case, promise: Promise) -> bool:
    """Whether another promise, a plan or an offer took its place before its check."""
    return _is_replaced(case, case.promises.index(promise))


def _is_replaced(case: Case, number: int) -> bool:
    promise = case.promises[number]
    later = [
        # They stand in the order in which they were made: if the next one is too late, all are.
        *(after.made_at for after in case.promises[number + 1 : number + 2]),
        *(plan.accepted_at for plan in case.plans),
        *(offer.made_at for offer in case.settlements),
    ]
    return any(at and promise.made_at <= at < promise.plan_b.check_at for at in later)


def agreed_sum(case: Case, message: Message, what: str) -> int | None:
    """The amount of an agreement in minor units, None if it names none.

    Raises:
        RefusedError: if it does not fit the invoice, or is nothing.
    """
    money = message.amount
    if money is None:
        return None
    check_currency(case, money)
    if money.minor <= 0:
        article = "an" if what[0] in "aeiou" else "a"
        raise InvalidError(f"{article} {what} of nothing is none", field="amount")
    return money.minor


def fixed_before(message: Message) -> int:
    """Read the money that was there when an agreement was recorded, as fixed then; minor units."""
    return message.parts[0].minor if message.check_at and message.parts else 0


def beside_it(promise: Promise, currency: str) -> str:
    """Write the remark for whoever records a promise of part."""
    if promise.amount is None or promise.is_whole:
        return ""
    rest = Money(promise.beside, currency)
    return f"the other {rest} were not promised and go on being asked for"


def above_open(promise: Promise, currency: str) -> str:
    """Write the remark for whoever records a promise of more than is open."""
    if not promise.above_open:
        return ""
    more = Money(promise.above_open, currency)
    return f"that is {more} more than is open, so all that is open is promised"


def _is_whole(case: Case, part: int | None, percent: int) -> bool:
    """Whether all that is open waits for a promise: one of so much, or of who cannot pay (P42)."""
    return part is None or case.in_hardship or 100 * part >= percent * case.open_now


def _part(case: Case, amount: int | None) -> int | None:
    """What of the open sum is promised, minor units; None for all of it.

    Of an invoice whose later parts are not due yet, a promise without a sum is of what is.
    """
    minor = case.open_now if amount is None else amount
    return minor if minor < case.open else None


def _day(message: Message) -> date:
    if message.day is None:
        raise InvalidError("a promise needs the date of the payment", field="date")
    return message.day


def _check_supervisor(case: Case, message: Message, policy: Policy) -> None:
    """What nobody may allow alone, and the way out (P32: a stalling tactic works once)."""
    if running_plan(case, message.at):
        raise RefusedError("an instalment plan runs; end it (plan_ended) or agree on another one")
    limits, made = policy.agreements, len(case.promises)
    broken = sum(not state.is_in_time for state in check_promise(case, message.at))
    if made >= limits.promises_allowed:
        require_approval(message, _times(made, "made"), _SUPERVISOR)
    if broken >= limits.supervisor_from_broken:
        require_approval(message, _times(broken, "broken"), _SUPERVISOR)


_SUPERVISOR = "a supervisor must approve one more (approved_by)"


def _times(count: int, what: str) -> str:
    was = "promise was" if count == 1 else "promises were"
    return f"{count} {was} {what} before"


def _is_there(case: Case, promise: Promise, by: datetime) -> bool:
    if _credit_paid_the_rest(case, promise, by):
        return False
    return still_missing(case, promise, by) <= may_be_missing(promise.amount, case.slack)


def still_missing(case: Case, promise: Promise, by: datetime) -> int:
    """Compute what money and credit had left of what was promised at an instant; minor units."""
    if promise.amount is None:
        missing = case.left_at(by)
    else:
        came = case.received_between(promise.counts_from, by)
        missing = promise.amount + promise.before - came
    if promise.owed <= 0:
        return missing
    return min(missing, promise.owed - came_after(case, promise.made_at, by))


def _credit_paid_the_rest(case: Case, promise: Promise, by: datetime) -> bool:
    """Whether credit alone settled what was open beside it: what was promised is still to come."""
    part, beside = promise.amount, promise.beside
    if part is None or case.left_at(by) <= case.slack:
        return False
    if _money_came(case, promise, by):
        return False
    came = case.slack + came_after(case, promise.made_at, by)
    return came >= beside and (beside > part or came < part)


def _not_in_time(case: Case, promise: Promise, now: datetime) -> PromiseState:
    by_money = _money_came(case, promise, now)
    if _is_there(case, promise, now):
        return PromiseState.KEPT_LATE if by_money else PromiseState.VOID
    came = case.received_between(promise.counts_from, now) - promise.before
    return PromiseState.IN_PART if by_money and came > 0 else PromiseState.BROKEN

"""Money on its way to a case of many messages: answered as by going through all, but quickly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agreements import moving
from domain.agreements.awaited import ComingMoney, waited_until
from domain.calendar import Calendar
from domain.case.agreement_types import PendingPayment
from domain.case.invoice import Invoice, InvoicePart, Message
from domain.case.model import Case
from domain.case.money import Ground
from domain.fold.fold import Folded, fold
from domain.message_types import MessageType
from domain.money import Money
from domain.policy.policy_file import standard_policy
from tests.properties.lives import QUICK

START = datetime(2026, 2, 2, 10, tzinfo=UTC)
GROUND = Ground(standard_policy(), Calendar(zone="Europe/Berlin", country="DE"))
INVOICE = Invoice(
    creditor="acme",
    number="R-1",
    customer="C-1",
    issued=date(2026, 1, 5),
    due=date(2026, 2, 4),
    amount=Money(10_000, "EUR"),
    opened_at=START,
)


def one_by_one(
    case: Case, check: datetime, missing: Callable[[datetime], int], told_by: datetime | None
) -> datetime:
    """When an agreement is checked: all that was announced is gone through for each check."""
    coming = [(one.at, one.check_at, one.amount, None) for one in case.pending_payments]
    came = [(one.at, one.check_at, minor, at) for one, minor, at in case.came_as_announced]
    while (short := missing(check) - case.slack) > 0:
        counted = []
        for announced, until, minor, here in (*coming, *came):
            last = max(check, told_by) if told_by and here is None else check
            if announced < last and until > check and (here is None or here >= check):
                counted.append((until, case.invoice.amount.minor if minor is None else minor))
        for until, minor in sorted(counted, key=lambda one: one[0], reverse=True):
            short -= minor
            if short <= 0:
                check = until
                break
        else:
            return check
    return check


class OneByOne(ComingMoney):
    """Goes through all that was announced at each question."""

    def covers_until(
        self, case: Case, check: datetime, told_by: datetime | None, short: int
    ) -> datetime | None:
        """Answer as `ComingMoney` does."""
        asked = iter((short + case.slack,))
        until = one_by_one(case, check, lambda _by: next(asked, 0), told_by)
        return None if until == check else until


hours = st.integers(0, 400)
sums = st.sampled_from([None, 1, 2, 5, 40])
announced = st.builds(
    lambda at, more, amount, key: PendingPayment(
        key=f"f-{key}",
        at=START + timedelta(hours=at),
        amount=amount,
        check_at=START + timedelta(hours=at + more),
    ),
    hours,
    st.integers(0, 200),
    sums,
    st.integers(0, 10**6),
)
landed = st.tuples(announced, st.integers(1, 40), hours.map(lambda at: START + timedelta(hours=at)))
heard = st.one_of(
    st.tuples(st.just("announced"), announced),
    st.tuples(st.just("landed"), landed),
    st.tuples(st.just("failed"), st.integers(0, 5)),
    st.tuples(st.just("corrected"), st.integers(1, 60)),
)
asked = st.tuples(hours, st.none() | st.integers(-5, 100), st.integers(-2, 90), st.integers(0, 3))


def hears(case: Case, what: str, value: Any) -> Case:
    """The case after one more word about money, as the fold would have it."""
    if what == "announced":
        return replace(case, pending_payments=(*case.pending_payments, value))
    if what == "landed":
        return replace(case, came_as_announced=(*case.came_as_announced, value))
    if what == "failed":
        left = case.pending_payments[:value] + case.pending_payments[value + 1 :]
        return replace(case, pending_payments=left)
    return replace(case, invoice=replace(case.invoice, amount=Money(value, "EUR")))


@QUICK
@given(st.lists(st.tuples(heard, st.lists(asked, max_size=3)), max_size=12), st.integers(0, 2))
def test_what_is_kept_in_order_answers_as_going_through_all_does(
    story: list[tuple[tuple[str, Any], list[tuple[int, int | None, int, int]]]], slack: int
) -> None:
    """Whatever is announced, comes, fails or is put right between two questions, in any order."""
    case = Case(invoice=INVOICE, released_at=START, heard_at=START, slack=slack)
    money = ComingMoney()
    for (what, value), questions in story:
        case = hears(case, what, value)
        for at, told, short, less in questions:
            check = START + timedelta(hours=at)
            told_by = None if told is None else check + timedelta(hours=told)

            def missing(by: datetime, short: int = short, less: int = less) -> int:
                return short - less * ((by - START) // timedelta(hours=100))

            answer = waited_until(case, money, check, missing, told_by)
            assert answer == one_by_one(case, check, missing, told_by)


KINDS = st.sampled_from(
    [
        *[MessageType.PROMISE, MessageType.IN_FLIGHT] * 4,
        MessageType.PAYMENT,
        MessageType.IN_FLIGHT_FAILED,
        MessageType.PAUSE,
        MessageType.RESUME,
        MessageType.DISPUTE_OPENED,
        MessageType.DISPUTE_SETTLED,
        MessageType.SETTLEMENT,
        MessageType.PLAN_AGREED,
        MessageType.INVOICE_CORRECTED,
        MessageType.CREDIT_NOTE,
        MessageType.AGREEMENT_CONFIRMED,
    ]
)
MONEYED = {MessageType.PAYMENT, MessageType.CREDIT_NOTE}
words = st.tuples(
    KINDS,
    st.integers(1, 90),  # hours since the message before
    st.integers(0, 12),  # days until what is said
    st.sampled_from([None, 2_000, 4_000, 9_000]),
    st.sampled_from(["", "", "call"]),
    st.booleans(),
)
Word = tuple[MessageType, int, int, int | None, str, bool]


def messages(life: list[Word]) -> list[Message]:
    """What was said, in its order; whatever is agreed was allowed by a supervisor."""
    at, told = START, []
    for number, (kind, later, days, minor, by_call, fixed) in enumerate(life):
        at += timedelta(hours=later)
        day = at.date() + timedelta(days=days)
        plan = kind is MessageType.PLAN_AGREED
        amount = minor or (3_000 if kind in MONEYED else None)
        told.append(
            Message(
                key=f"{number}/promise" if by_call else f"m-{number}",
                kind=kind,
                at=at,
                day=day,
                amount=Money(amount, "EUR") if amount else None,
                reason="3 monthly" if plan else "",
                by="anna",
                approved_by="bruno",
                check_at=GROUND.calendar.end_of(day) if fixed and not plan else None,
                parts=(InvoicePart(day=day, minor=0),) if fixed and not plan else (),
            )
        )
    return told


def one_move_each(told: list[Message]) -> Folded:
    """The case with everything moved after each message, all that was announced gone through."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "_may_wait", lambda _: False)
        patch.setattr(moving, "ComingMoney", OneByOne)
        return fold(INVOICE, told, (), GROUND)


@QUICK
@given(st.lists(words, max_size=14))
def test_a_case_is_the_same_as_if_its_promises_had_moved_at_each_message(life: list[Word]) -> None:
    told = messages(life)
    assert fold(INVOICE, told, (), GROUND) == one_move_each(told)


def said(key: str, kind: MessageType, hour: int, day: int, *, fixed: bool = True) -> Message:
    """What was said so many hours after the first word, about a day in February."""
    on = date(2026, 2, day)
    check_at = GROUND.calendar.end_of(on) if fixed and kind is MessageType.PROMISE else None
    return Message(key=key, kind=kind, at=START + timedelta(hours=hour), day=on, check_at=check_at)


def test_a_promise_that_is_judged_is_judged_by_what_was_on_its_way() -> None:
    """What is still to come keeps the promise before it from being broken, so nobody must allow."""
    told = [
        said("p-1", MessageType.PROMISE, 0, 4),
        said("f-1", MessageType.IN_FLIGHT, 1, 16),
        said("p-2", MessageType.PROMISE, 24 * 5, 18, fixed=False),
    ]
    policy = replace(GROUND.policy.agreements, supervisor_from_broken=1)
    ground = replace(GROUND, policy=replace(GROUND.policy, agreements=policy))

    assert list(fold(INVOICE, told, (), ground).refused) == []
    assert list(fold(INVOICE, [told[0], told[2]], (), ground).refused) == ["p-2"]


def test_a_promise_that_a_pause_moved_is_not_the_one_that_a_call_told() -> None:
    told = [
        said("c-1/promise", MessageType.PROMISE, 0, 4),
        said("f-1", MessageType.IN_FLIGHT, 1, 16),
        said("p-2", MessageType.PROMISE, 3, 4),
    ]
    paused = said("w-1", MessageType.PAUSE, 2, 20)

    assert len(fold(INVOICE, told, (), GROUND).case.promises) == 1
    assert len(fold(INVOICE, [*told, paused], (), GROUND).case.promises) == 2

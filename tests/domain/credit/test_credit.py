"""A customer's credit: held, cash only, and free again, as a function of what is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case.model import Case, Deed
from domain.credit.model import (
    Credit,
    DeliveryOrder,
    Standing,
    credit_of,
    hold_of,
    may_deliver,
    moved_credit_at,
    reason_of,
)
from domain.message_types import ActionType
from domain.policy.model import CreditRules
from tests.stories.story import Story

RULES = CreditRules()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
HOLDING = Standing(holding=True, owing=True)
STANDINGS = st.builds(
    Standing,
    credit=st.sampled_from(Credit),
    holding=st.booleans(),
    broken=st.integers(0, 3),
    owing=st.booleans(),
    by_hand=st.booleans(),
    freed_at=st.sampled_from([None, NOON]),
)
MOVED = st.sampled_from([None, NOON - A_SECOND, NOON, NOON + A_SECOND])
THRESHOLDS = st.builds(CreditRules, cash_only_from_broken=st.integers(1, 3))


@pytest.mark.parametrize(
    ("broken", "wanted"), [(0, Credit.HELD), (1, Credit.HELD), (2, Credit.CASH_ONLY)]
)
def test_cash_only_begins_with_the_broken_promise_that_the_policy_names(
    broken: int, wanted: Credit
) -> None:
    """P54: the promise before, the promise."""
    rules = CreditRules(cash_only_from_broken=2)

    assert credit_of(replace(HOLDING, broken=broken), rules) is wanted


def test_a_hold_ends_when_no_invoice_holds_any_more() -> None:
    """P60: though other invoices are owed, and not overdue enough to hold."""
    held = Standing(credit=Credit.HELD, owing=True)

    assert credit_of(held, RULES) is Credit.OK


def test_cash_only_ends_when_all_is_paid_and_not_before() -> None:
    """P54: the invoice whose promise was broken is paid, another is not."""
    one_is_left = Standing(credit=Credit.CASH_ONLY, owing=True)

    assert credit_of(one_is_left, RULES) is Credit.CASH_ONLY
    assert credit_of(replace(one_is_left, owing=False), RULES) is Credit.OK


def test_what_was_given_up_keeps_its_hold() -> None:
    """P60: a write-off cures nothing, so nothing is owed and the hold stays."""
    given_up = Standing(credit=Credit.CASH_ONLY, holding=True, owing=False)

    assert credit_of(given_up, RULES) is Credit.CASH_ONLY


def test_what_a_person_holds_stays_when_the_invoices_are_paid() -> None:
    by_hand = Standing(credit=Credit.HELD, by_hand=True)

    assert credit_of(by_hand, RULES) is Credit.HELD
    assert credit_of(replace(by_hand, credit=Credit.CASH_ONLY), RULES) is Credit.HELD


@pytest.mark.parametrize(
    ("moved_at", "wanted"),
    [
        (None, Credit.OK),
        (NOON - A_SECOND, Credit.OK),
        (NOON, Credit.OK),
        (NOON + A_SECOND, Credit.HELD),
    ],
)
def test_what_a_person_released_stays_free_until_the_next_deed(
    moved_at: datetime | None, wanted: Credit
) -> None:
    freed = replace(HOLDING, freed_at=NOON)

    assert credit_of(freed, RULES, moved_at) is wanted


@given(STANDINGS, THRESHOLDS, MOVED)
def test_the_credit_is_a_function_of_the_facts_and_comes_to_rest(
    standing: Standing, rules: CreditRules, moved_at: datetime | None
) -> None:
    """However often it is looked at: one change, one announcement."""
    after = credit_of(standing, rules, moved_at)

    assert credit_of(replace(standing, credit=after), rules, moved_at) is after


@given(STANDINGS, THRESHOLDS)
def test_a_cured_account_has_its_credit_back(standing: Standing, rules: CreditRules) -> None:
    """P54, P60."""
    cured = replace(standing, holding=False, owing=False, by_hand=False)

    assert credit_of(cured, rules) is Credit.OK


@given(STANDINGS, THRESHOLDS)
def test_one_more_hold_or_broken_promise_never_eases_anything(
    standing: Standing, rules: CreditRules
) -> None:
    order = list(Credit)
    worse = replace(standing, holding=True, owing=True, broken=standing.broken + 1, freed_at=None)

    before = credit_of(replace(standing, freed_at=None), rules)
    assert order.index(credit_of(worse, rules)) >= order.index(before)


@pytest.mark.parametrize(
    ("order", "exempt", "allowed"),
    [
        (DeliveryOrder.NORMAL, ("prepaid", "delivered"), False),
        (DeliveryOrder.PREPAID, ("prepaid", "delivered"), True),
        (DeliveryOrder.DELIVERED, ("prepaid", "delivered"), True),
        (DeliveryOrder.PREPAID, ("delivered",), False),
        (DeliveryOrder.DELIVERED, (), False),
    ],
)
@pytest.mark.parametrize("credit", [Credit.HELD, Credit.CASH_ONLY])
def test_what_the_policy_exempts_is_delivered_all_the_same(
    credit: Credit, order: DeliveryOrder, exempt: tuple[str, ...], *, allowed: bool
) -> None:
    """P54, P60."""
    answer = may_deliver(credit, order, CreditRules(exempt=exempt))

    assert (answer.allowed, answer.status) == (allowed, credit)
    assert answer.why


@pytest.mark.parametrize("order", list(DeliveryOrder))
def test_everything_is_delivered_while_credit_is_free(order: DeliveryOrder) -> None:
    assert may_deliver(Credit.OK, order, CreditRules(exempt=())).allowed


HOLD, FREE, CALL = ActionType.HOLD_CREDIT, ActionType.RELEASE_CREDIT, ActionType.CALL_TASK
REMIND = ActionType.REMIND


def case_with(*deeds: tuple[ActionType, str]) -> Case:
    """A case with deeds, one a minute from noon on."""
    done = tuple(
        Deed(step=step, do=do, at=NOON + number * timedelta(minutes=1), why=f"for {step}")
        for number, (do, step) in enumerate(deeds)
    )
    return replace(Story().case, deeds=done)


@pytest.mark.parametrize(
    ("deeds", "broken"),
    [
        ([], None),
        ([(REMIND, "promise-broken-1")], None),  # nothing is held
        ([(HOLD, "credit-hold")], 0),
        ([(HOLD, "credit-hold"), (FREE, "release")], None),
        ([(HOLD, "credit-hold"), (FREE, "release"), (HOLD, "hold-again")], 0),
        ([(REMIND, "promise-broken-1"), (HOLD, "cash-only")], 1),
        ([(HOLD, "cash-only")], 1),
        ([(REMIND, f"promise-broken-{n}") for n in (1, 2)] + [(HOLD, "cash-only")], 2),
    ],
)
def test_a_case_that_holds_the_credit_tells_how_many_promises_were_broken(
    deeds: list[tuple[ActionType, str]], broken: int | None
) -> None:
    assert hold_of(case_with(*deeds)) == broken


@pytest.mark.parametrize(
    ("deeds", "minute", "reason"),
    [
        ([(REMIND, "second")], None, "R-1 is settled, others are not"),
        ([(HOLD, "credit-hold"), (REMIND, "second")], 0, "R-1: for credit-hold"),
        ([(HOLD, "credit-hold"), (FREE, "release")], 1, "R-1: for release"),
        ([(REMIND, "promise-broken-1"), (CALL, "call")], 0, "R-1: for promise-broken-1"),
        ([(CALL, "call"), (CALL, "cash-only")], 1, "R-1: for cash-only"),
    ],
)
def test_the_reason_is_the_last_deed_about_the_credit(
    deeds: list[tuple[ActionType, str]], minute: int | None, reason: str
) -> None:
    case = case_with(*deeds)
    moved_at = None if minute is None else NOON + minute * timedelta(minutes=1)

    assert moved_credit_at(case) == moved_at
    assert reason_of(case, Credit.HELD) == reason
    assert reason_of(case, Credit.OK) == "R-1 was the last invoice that stood in the way"

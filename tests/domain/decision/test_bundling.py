"""What may share a message or a call, up to which instant, and in whose words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.case.facts import Action
from domain.contact.routes import NOWHERE, ContactRoute
from domain.decision.bundling import (
    firmness,
    horizon,
    in_one,
    kinds_with,
    may_be_shared,
    one_instant,
    sending_of,
    shared_deadline,
    with_deadline,
)
from domain.message_types import ActionType
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story

NOW = datetime(2026, 2, 9, 8, 0, tzinfo=UTC)
MAIL = ContactRoute("email", "a@example.com")
STANDARD = standard_policy()
THREE_DAYS = replace(STANDARD, contact=replace(STANDARD.contact, bundle_days=3))
REMIND, LETTER = ActionType.REMIND, ActionType.DEMAND_LETTER
CALL, SALES, ASK = ActionType.CALL_TASK, ActionType.NOTIFY_SALES, ActionType.CONFIRM


def action(do: ActionType = REMIND, **more: Any) -> Action:
    return replace(Action(do=do, at=NOW, why="due+5"), **more)


@pytest.mark.parametrize(
    ("do", "way", "days"),
    [
        (REMIND, MAIL, 3),
        (REMIND, NOWHERE, 0),  # it reaches nobody: nothing is brought forward for that
        (CALL, NOWHERE, 3),
        (SALES, NOWHERE, 3),
        (ActionType.HOLD_CREDIT, NOWHERE, 0),
    ],
)
def test_what_others_are_brought_forward_for(do: ActionType, way: ContactRoute, days: int) -> None:
    assert sending_of(action(do), THREE_DAYS, way, NOW).days == days


@pytest.mark.parametrize(
    ("do", "kinds"),
    [
        (REMIND, (REMIND, LETTER)),
        (LETTER, (REMIND, LETTER)),
        (ASK, (ASK,)),
        (CALL, (CALL,)),
        (SALES, (SALES,)),
        (ActionType.ACKNOWLEDGE, (ActionType.ACKNOWLEDGE,)),
        (ActionType.HAND_OFF, ()),
    ],
)
def test_words_about_money_go_together_and_other_things_with_their_like(
    do: ActionType, kinds: tuple[ActionType, ...]
) -> None:
    assert kinds_with(do) == kinds


@pytest.mark.parametrize(
    ("do", "step", "shared"),
    [
        (REMIND, STANDARD.steps[-1].id, True),
        (REMIND, "promise-broken-1", True),
        (REMIND, "no-step-of-the-policy", False),
        (ActionType.ACKNOWLEDGE, STANDARD.steps[-1].id, False),
        (ActionType.ACKNOWLEDGE, "agreement-1-confirmed", True),
        (ActionType.ACKNOWLEDGE, "agreement-1-moved-2026-03-01", True),
        (ActionType.ACKNOWLEDGE, "agreement-1-corrected", False),
        (ActionType.ACKNOWLEDGE, "dispute-2-received", True),
        (CALL, "no-step-of-the-policy", True),
    ],
)
def test_only_steps_that_are_told_alike_are_shared(do: ActionType, step: str, shared: bool) -> None:
    assert may_be_shared(action(do, step=step), STANDARD) is shared


def test_others_join_up_to_the_end_of_the_last_day_that_is_brought_forward() -> None:
    calendar = STANDARD.calendar("UTC", "DE")
    sending = sending_of(action(), THREE_DAYS, MAIL, NOW)
    assert horizon(sending, calendar) == datetime(2026, 2, 13, tzinfo=UTC)

    late = replace(sending, days=0, now=NOW + timedelta(minutes=5), settling=timedelta())
    assert horizon(late, calendar) == NOW + timedelta(minutes=5)
    assert horizon(replace(late, now=NOW - timedelta(minutes=5)), calendar) == NOW


@pytest.mark.parametrize(
    ("days", "now", "until"),
    [
        (0, "2026-02-09 10:00", "2026-02-09 11:00"),
        (0, "2026-02-09 16:00", "2026-02-10 09:00"),
        (0, "2026-02-13 16:30", "2026-02-16 09:00"),
        (2, "2026-02-13 16:30", "2026-02-16 09:00"),
        (3, "2026-02-13 16:30", "2026-02-17 00:00"),
    ],
)
def test_what_only_waits_for_further_invoices_is_looked_for_to_the_end_of_its_wait(
    days: int, now: str, until: str
) -> None:
    """An hour at most, and on to the next window: the 13th is a Friday."""
    at, end = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (now, until))
    policy = replace(STANDARD, contact=replace(STANDARD.contact, bundle_days=days))
    sending = sending_of(action(at=at), policy, MAIL, at)

    assert horizon(sending, STANDARD.calendar("UTC", "DE")) == end


def test_all_count_from_the_latest_of_them() -> None:
    sending = sending_of(action(), THREE_DAYS, MAIL, NOW)
    early, late = (action(at=NOW + timedelta(minutes=minutes)) for minutes in (-3, 2))
    assert one_instant(sending, []) == NOW
    assert one_instant(sending, [early, action(at=None)]) == NOW
    assert one_instant(sending, [early, late]) == NOW + timedelta(minutes=2)


@pytest.mark.parametrize(
    ("do", "count", "why"),
    [
        (CALL, 1, "due+5"),
        (CALL, 2, "due+5; one call about 2 invoices, the one for R-1"),
        (SALES, 3, "due+5; one note about 3 invoices, the one for R-1"),
    ],
)
def test_a_call_for_several_invoices_says_so(do: ActionType, count: int, why: str) -> None:
    assert in_one(action(do), "R-1", count).why == why


@pytest.mark.parametrize(
    ("own", "others", "days"),
    [
        (7, [14], 7),  # the words that are used name their own
        (0, [14], 0),
        (None, [None, 5, 14], 14),
        (None, [None], None),
        (None, [], None),
    ],
)
def test_a_shared_message_gives_the_time_of_its_words_or_else_the_longest(
    own: int | None, others: list[int | None], days: int | None
) -> None:
    joined = [action(deadline_days=one) for one in others]
    assert shared_deadline(action(deadline_days=own), joined) == days


def test_a_step_without_a_deadline_gets_none_from_the_others() -> None:
    assert with_deadline(action(), 7).deadline_days is None
    assert with_deadline(action(deadline_days=14), 7).deadline_days == 7


def test_the_firmest_words_win_then_the_letter_then_the_oldest_debt() -> None:
    case = Story().case
    older = replace(case, invoice=replace(case.invoice, due=case.due - timedelta(days=1)))
    ranks = [
        firmness(action(tone="unheard of"), case),
        firmness(action(tone="friendly"), case),
        firmness(action(tone="firm"), case),
        firmness(action(tone="firm"), older),
        firmness(action(LETTER, tone="firm"), case),
        firmness(action(tone="final"), case),
    ]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)

"""One voice: how often a customer may hear from us over all invoices, at each threshold (P82)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.case.facts import Action
from domain.contact.contact_book import (
    free_for_call,
    free_for_message,
    free_for_urgent,
    quiet_until,
    was_written,
    why_not_before,
)
from domain.message_types import ActionType
from domain.parties.customer import REMEMBERED, Customer, PlannedContact, Touch
from domain.policy.contact_rules import COURTEOUS, UNLIMITED, US_REG_F, ContactRules
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from tests.properties.lives import QUICK

CALENDAR = Calendar("Europe/Berlin", "DE")
ALWAYS = Calendar("Europe/Berlin", opens=0, closes=1440, working_days_only=False)
WEEK = timedelta(days=7)


def policy(contact: ContactRules = COURTEOUS, gap: int = 2) -> Policy:
    return replace(standard_policy(), contact=contact, minimum_gap_days=gap)


def at(when: str) -> datetime:
    """An instant in UTC; in these weeks of summer Berlin is two hours ahead."""
    return datetime.fromisoformat(when).replace(tzinfo=UTC)


def touched(what: Touch, *when: str) -> Customer:
    return Customer(contacts=tuple(PlannedContact(at=at(day), what=what) for day in when))


def test_who_was_never_contacted_is_free() -> None:
    nobody = Customer()

    for free in (free_for_message, free_for_urgent, free_for_call, quiet_until):
        assert free(nobody, policy(), CALENDAR) is None
    assert why_not_before(nobody, policy(), CALENDAR) == ""


@pytest.mark.parametrize(
    ("gap", "free"),
    [
        (1, "2026-06-02 07:00"),
        (2, "2026-06-03 07:00"),
        (4, "2026-06-05 07:00"),
        (5, "2026-06-08 07:00"),  # Saturday: the next working day is Monday
    ],
)
def test_the_gap_counts_calendar_days_over_all_invoices(gap: int, free: str) -> None:
    """Written to on Monday afternoon about anything: D, then D + gap at the opening."""
    customer = touched(Touch.MESSAGE, "2026-06-01 13:30")

    assert free_for_message(customer, policy(gap=gap), CALENDAR) == at(free)
    assert free_for_urgent(customer, policy(gap=gap), CALENDAR) is None


def test_the_gap_counts_days_where_the_debtor_lives() -> None:
    """23:30 UTC is the next day in Berlin."""
    customer = touched(Touch.MESSAGE, "2026-06-01 23:30")

    assert free_for_message(customer, policy(gap=1), ALWAYS) == at("2026-06-02 22:00")


@pytest.mark.parametrize(
    ("days", "free"),
    [
        (("01 07:00",), None),
        (("01 07:00", "03 07:00"), None),
        (("01 07:00", "03 07:00", "05 07:00"), "2026-06-08 07:00"),
        (("01 13:30", "03 07:00", "05 07:00"), "2026-06-08 13:30"),  # seven full days, too
        (("01 07:00", "02 07:00", "03 07:00", "04 07:00"), "2026-06-09 07:00"),
    ],
)
def test_three_messages_in_seven_days_are_the_most(days: tuple[str, ...], free: str | None) -> None:
    customer = touched(Touch.MESSAGE, *(f"2026-06-{day}" for day in days))

    assert free_for_urgent(customer, policy(), CALENDAR) == (at(free) if free else None)


@pytest.mark.parametrize(
    ("rules", "free"),
    [
        (COURTEOUS, "2026-06-03 13:00"),
        (US_REG_F, "2026-06-08 13:00"),
        (UNLIMITED, None),
        (replace(COURTEOUS, quiet_days=1), "2026-06-02 13:00"),
    ],
)
def test_after_a_conversation_there_is_quiet_for_messages_and_calls(
    rules: ContactRules, free: str | None
) -> None:
    """P82; 12 CFR 1006.14(b)(2)(i)(B) for the seven days."""
    customer = touched(Touch.CONVERSATION, "2026-06-01 13:00")
    until = at(free) if free else None

    for look in (free_for_message, free_for_urgent, free_for_call, quiet_until):
        assert look(customer, policy(rules), CALENDAR) == until


@pytest.mark.parametrize(("calls", "free"), [(2, None), (3, "2026-06-08 09:00")])
def test_calls_are_counted_by_themselves(calls: int, free: str | None) -> None:
    customer = touched(Touch.CALL, *(f"2026-06-0{day} 09:00" for day in range(1, calls + 1)))

    assert free_for_call(customer, policy(), CALENDAR) == (at(free) if free else None)
    assert free_for_message(customer, policy(), CALENDAR) is None


def test_seven_full_days_hold_when_the_clocks_change() -> None:
    """From Monday 9:00 in winter to Monday 9:00 in summer it is an hour less than seven days."""
    written = touched(Touch.MESSAGE, *["2026-03-23 08:00"] * 3)

    assert free_for_urgent(written, policy(), CALENDAR) == at("2026-03-30 08:00")


def test_the_reason_is_the_limit_that_lasts_longest() -> None:
    spoken = touched(Touch.CONVERSATION, "2026-06-01 13:00")
    written = touched(Touch.MESSAGE, "2026-06-01 07:00", "2026-06-02 07:00", "2026-06-03 07:00")
    both = Customer(contacts=spoken.contacts + written.contacts)

    assert "conversation of 2026-06-01" in why_not_before(spoken, policy(), CALENDAR)
    assert "3 times in 7 days" in why_not_before(both, policy(), CALENDAR)
    assert "written to on 2026-06-03" in why_not_before(written, policy(UNLIMITED), CALENDAR)


def test_a_book_remembers_more_than_any_limit_counts_and_no_more() -> None:
    customer = Customer()
    for hour in range(REMEMBERED + 20):
        contact = PlannedContact(
            at=at("2026-06-01 00:00") + timedelta(hours=hour), what=Touch.MESSAGE
        )
        customer = customer.touched(contact)
    spoken = customer.touched(PlannedContact(at=at("2026-01-01 00:00"), what=Touch.CONVERSATION))

    assert len(customer.contacts) == REMEMBERED
    assert spoken.contacts[0].what is Touch.CONVERSATION
    assert list(spoken.contacts) == sorted(spoken.contacts, key=lambda one: one.at)


@QUICK
@given(
    st.lists(st.integers(1, 60 * 24 * 5), min_size=1, max_size=30),
    st.integers(1, 7),
    st.integers(0, 4),
)
def test_writing_whenever_it_is_free_never_breaks_a_limit(
    pauses: list[int], most: int, gap: int
) -> None:
    """B4, by an independent count: in no seven days more than the most, never within the gap."""
    rules = policy(replace(UNLIMITED, messages_per_week=most), gap)
    customer, now, sent = Customer(), at("2026-03-20 10:00"), list[datetime]()
    for minutes in pauses:
        now += timedelta(minutes=minutes)
        now = max(now, free_for_message(customer, rules, CALENDAR) or now)
        customer = customer.touched(PlannedContact(at=now, what=Touch.MESSAGE))
        sent.append(now)

    for index, instant in enumerate(sent):
        assert sum(instant - WEEK < other <= instant for other in sent) <= most
        before = [CALENDAR.local_date(other) for other in sent[:index]][-1:]
        assert all((CALENDAR.local_date(instant) - day).days >= gap for day in before)


def test_an_answer_counts_against_the_week_and_keeps_no_gap() -> None:
    """What a customer agreed to is confirmed at once, and holds up nothing."""
    agreed = touched(Touch.ANSWER, "2026-06-01 07:00", "2026-06-02 07:00", "2026-06-03 07:00")

    assert free_for_message(touched(Touch.ANSWER, "2026-06-01 07:00"), policy(), CALENDAR) is None
    assert free_for_message(agreed, policy(), CALENDAR) == at("2026-06-08 07:00")


@pytest.mark.parametrize(
    ("do", "step", "counts"),
    [
        (ActionType.ACKNOWLEDGE, "part-payment-1", Touch.ANSWER),
        (ActionType.ACKNOWLEDGE, "statement-2026-03", Touch.STATEMENT),
        (ActionType.REMIND, "statement-2026-03", Touch.MESSAGE),
        (ActionType.DEMAND_LETTER, "formal", Touch.MESSAGE),
        (ActionType.CONFIRM, "confirm", Touch.MESSAGE),
    ],
)
def test_each_message_counts_as_what_it_is(do: ActionType, step: str, counts: Touch) -> None:
    assert was_written(Action(do=do, at=None, why="", step=step)) is counts

"""Invoices that are opened one after the other: one message names them all, once they are there.

D3: of five opened over HTTP the first mail named two, and calls and holds followed about the rest.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.message_types import MessageType
from domain.policy.model import Policy
from domain.policy.policy_file import standard_policy
from tests.stories.several import BERLIN, Several

PRESSING = ("call_task", "notify_sales", "hold_credit")
LATE = "2025-12-05"
"""Due two months before anything is opened here, on Thursday, 5 February 2026."""

BOTH = ("R-1", "R-2")

STANDARD = standard_policy()
AT_ONCE = replace(STANDARD, contact=replace(STANDARD.contact, settle_minutes=0))
DAY_BY_DAY = replace(STANDARD, contact=replace(STANDARD.contact, bundle_days=0))
"""Nothing is brought forward: what goes along is due, and has only waited for further invoices."""


def opened(*times: str, several: Several | None = None) -> Several:
    """Late invoices opened on that Thursday at these times."""
    world = several or Several()
    for time in times:
        world.opens(f"2026-02-05 {time}", LATE)
    return world


def test_five_invoices_opened_one_after_the_other_stand_in_one_mail() -> None:
    world = opened("10:00", "10:02", "10:05", "10:09", "10:14").until("2026-02-06 18:00")

    assert world.messages == ["2026-02-05 10:29 R-1 R-2 R-3 R-4 R-5"]
    assert world.done(*PRESSING) == []


def test_no_call_and_no_hold_ever_comes_before_the_word_about_its_invoice() -> None:
    """Two of them come too late for the first mail, and are written about before anything else."""
    world = opened("10:00", "10:05", "10:40", "11:30").until("2026-06-30 18:00")

    for number, life in world.cases.items():
        said = min(deed.at for deed in life.deeds if deed.reached_debtor)
        pressed = [deed for deed in life.deeds if deed.do.value in PRESSING]
        assert pressed, number
        assert all(deed.at > said for deed in pressed), number


@pytest.mark.parametrize(("minute", "sent"), [("10:14", 0), ("10:15", 0), ("10:16", 1)])
def test_a_single_invoice_waits_for_a_quarter_of_an_hour(minute: str, sent: int) -> None:
    """What is lived through ends just before that minute."""
    world = opened("10:00").until(f"2026-02-05 {minute}")
    assert len(world.messages) == sent


@pytest.mark.parametrize(
    ("second", "messages"),
    [
        ("10:14", ["2026-02-05 10:29 R-1 R-2"]),
        ("10:15", ["2026-02-05 10:30 R-1 R-2"]),
        ("10:16", ["2026-02-05 10:15 R-1"]),
    ],
)
def test_the_second_invoice_comes_before_at_and_after_the_end_of_the_wait(
    second: str, messages: list[str]
) -> None:
    """After it the second keeps the gap, and goes with the next word about the first."""
    world = opened("10:00", second).until("2026-02-10 18:00")
    assert world.messages == [*messages, "2026-02-09 09:00 R-1 R-2"]


@pytest.mark.parametrize("policy", [STANDARD, DAY_BY_DAY])
def test_a_stream_of_invoices_that_never_stops_holds_the_mail_for_an_hour_and_no_longer(
    policy: Policy,
) -> None:
    """Four times the wait: what has been opened by then stands in it, the rest keeps the gap."""
    start = datetime(2026, 2, 5, 10)  # noqa: DTZ001 - a wall clock's time, as stories tell it
    minutes = range(0, 7 * 60, 10)
    times = [(start + timedelta(minutes=one)).strftime("%H:%M") for one in minutes]
    world = opened(*times, several=Several(policy)).until("2026-02-06 18:00")

    assert world.messages == ["2026-02-05 11:00 R-1 R-2 R-3 R-4 R-5 R-6 R-7"]


def test_without_the_wait_the_first_invoice_goes_alone() -> None:
    world = opened("10:00", "10:02", several=Several(AT_ONCE)).until("2026-02-06 18:00")
    assert world.messages == ["2026-02-05 10:00 R-1"]


@pytest.mark.parametrize(
    ("times", "messages"),
    [
        (("16:44", "16:45"), ["2026-02-06 09:00 R-1 R-2"]),
        (("16:43", "16:44"), ["2026-02-05 16:59 R-1 R-2"]),
        (("16:50", "17:10", "22:00"), ["2026-02-06 09:00 R-1 R-2 R-3"]),
    ],
)
def test_what_is_opened_at_the_end_of_the_day_waits_for_the_next_window(
    times: tuple[str, ...], messages: list[str]
) -> None:
    world = opened(*times).until("2026-02-06 18:00")
    assert world.messages == messages


@pytest.mark.parametrize(
    ("opened_at", "first"),
    [
        ("2026-02-06 08:44", "2026-02-06 09:00 R-1 R-2"),
        ("2026-02-06 08:46", "2026-02-06 09:01 R-1 R-2"),
        ("2026-02-06 09:00", "2026-02-06 09:15 R-1 R-2"),
        ("2026-02-06 09:01", "2026-02-06 09:00 R-1"),
    ],
)
def test_an_old_customers_reminder_waits_as_well(opened_at: str, first: str) -> None:
    """R-1 has been here for weeks; its reminder of 09:00 takes along what just came."""
    world = Several()
    world.opens("2026-01-05 10:00", "2026-02-05", issued="2026-01-05")
    world.opens(opened_at, LATE)
    world.until("2026-02-06 18:00")
    assert world.messages[-1] == first


def test_an_import_of_many_waits_once_and_they_go_together() -> None:
    world = opened(*["10:00"] * 40).until("2026-02-06 18:00")
    (message,) = world.messages
    assert message.startswith("2026-02-05 10:15 R-1 R-2 ")
    assert message.endswith(" R-40")


def test_invoices_that_move_in_from_another_system_go_on_together() -> None:
    """Each was reminded twice elsewhere: one formal demand names both."""
    world = opened("10:00", "10:07")
    for number, when in (("R-1", "10:00"), ("R-2", "10:07")):
        at = f"2026-02-05 {when}"
        world.says(at, number, MessageType.REMINDED_ELSEWHERE, day="2026-01-20", ref="second")
    world.until("2026-02-06 18:00")
    assert world.messages[-1] == "2026-02-05 10:22 R-1 R-2"
    assert world.done("demand_letter") == [f"2026-02-05 10:22 {one} demand_letter" for one in BOTH]


def test_a_confirmation_answers_the_customer_and_waits_for_no_further_invoices() -> None:
    world = opened("10:00", "10:04", "10:08")
    world.says("2026-02-05 10:05", "R-1", MessageType.PROMISE, day="2026-02-20")
    world.until("2026-02-05 10:30")

    assert world.messages == ["2026-02-05 10:20 R-1", "2026-02-05 10:23 R-2 R-3"]


@pytest.mark.parametrize("policy", [STANDARD, DAY_BY_DAY])
def test_the_word_about_a_broken_promise_is_said_at_its_hour(policy: Policy) -> None:
    """It takes along what only waits for further invoices."""
    world = Several(policy)
    world.opens("2026-01-05 10:00", "2026-02-04", issued="2026-01-05")
    world.says("2026-02-02 10:00", "R-1", MessageType.PROMISE, day="2026-02-09")
    world.opens("2026-02-10 08:55", LATE)
    world.until("2026-02-10 18:00")

    assert world.messages[-1] == "2026-02-10 09:01 R-1 R-2"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-02-05 16:43", "2026-02-05 16:58 R-1"),
        ("2026-02-05 16:50", "2026-02-05 16:50 R-1"),
        ("2026-02-05 16:59", "2026-02-05 16:59 R-1"),
    ],
)
def test_a_word_before_the_due_date_is_never_lost_to_the_wait(when: str, said: str) -> None:
    """Due on Friday: the SMS of the day before cannot be said on the day itself."""
    world = Several(customer_class="late_payer")
    world.opens(when, "2026-02-06", issued="2026-02-04")
    world.until("2026-02-06 18:00")
    assert world.messages == [said]


def test_a_reopened_case_is_no_new_invoice() -> None:
    """A payment that went back is spoken of at its own hour; nothing was opened."""
    world = opened("10:00")
    world.says("2026-02-05 10:20", "R-1", MessageType.PAYMENT, amount="100.00")
    world.says("2026-02-20 10:00", "R-1", MessageType.PAYMENT_REVERSED, amount="100.00")
    world.until("2026-02-28 18:00")
    assert [line for line in world.messages if line > "2026-02-20"] == ["2026-02-23 09:00 R-1"]


def test_the_reason_says_what_was_waited_for() -> None:
    world = opened("10:00", "10:05").until("2026-02-06 18:00")
    first = world.cases["R-1"].deeds[0]
    assert first.why.endswith("; further invoices of the customer were waited for")
    assert first.at.astimezone(BERLIN).strftime("%H:%M") == "10:20"

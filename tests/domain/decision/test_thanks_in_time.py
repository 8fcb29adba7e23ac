"""Thanks wait for their moment, and are let go when it would come too late: day seven and eight."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.case.facts import Action
from domain.case.model import Message
from domain.decision.rules import next_action
from domain.message_types import ActionType, MessageType, Outcome
from domain.money import parse_money
from domain.parties.customer import Customer, PlannedContact, Touch
from domain.policy.policy_file import parse_policy, standard_policy
from tests.stories.story import Story

REMINDED = replace(standard_policy(), thank_you="reminded")
ALWAYS = replace(standard_policy(), thank_you="always")
SMALLEST = 'name = "x"\n[[step]]\nid = "first"\non = "due+1"\ndo = "remind"\n'


def test_a_file_says_at_its_top_who_is_thanked_and_no_limit_of_contacts_changes() -> None:
    assert parse_policy(SMALLEST).thank_you == "never"
    assert parse_policy(SMALLEST + '[contact]\npreset = "us-reg-f"\n').thank_you == "never"
    for who in ("never", "reminded", "always"):
        policy = parse_policy(f'thank_you = "{who}"\n{SMALLEST}')
        assert policy == replace(parse_policy(SMALLEST), thank_you=who)


@pytest.mark.parametrize(
    ("awake", "thanked"), [("2026-02-20 09:00", True), ("2026-02-21 09:00", False)]
)
def test_after_a_week_a_word_of_thanks_is_no_longer_timely(awake: str, thanked: bool) -> None:
    """Paid on the 13th: the seventh day is Friday the 20th; on the 21st the next window is late."""
    world = Story(policy=REMINDED)
    world.says("2026-02-13 12:00", MessageType.PAYMENT, "1000.00")
    world.sleep(awake)
    world.until("2026-03-31")

    assert bool([line for line in world.diary if "thanks" in line]) is thanked
    assert world.outcome is Outcome.PAID


@pytest.mark.parametrize(
    ("kind", "amount"), [(MessageType.NUDGE, ""), (MessageType.PAYMENT, "30.00")]
)
def test_the_week_counts_from_the_money_that_settled_it_not_from_later_news(
    kind: MessageType, amount: str
) -> None:
    """Paid on the 13th, nothing runs; news of the 19th does not make thanks timely again."""
    world = Story(policy=REMINDED)
    world.says("2026-02-13 19:30", MessageType.PAYMENT, "1000.00")
    world.sleep("2026-02-19 20:00")
    money = parse_money(amount, "EUR") if amount else None
    world.records(Message(key="late", kind=kind, at=world.now, amount=money))
    world.sleep("2026-02-23 10:00")
    world.until("2026-03-31")

    assert world.since("2026-02-13") == ["2026-02-23 close close"]


@pytest.mark.parametrize(
    ("value_day", "thanked"), [("2026-02-13", True), ("2026-02-12 23:59", False)]
)
def test_money_on_a_late_bank_statement_is_thanked_for_within_its_own_week(
    value_day: str, thanked: bool
) -> None:
    """The statement is read on Friday the 20th: the seventh day after the 13th."""
    world = Story(policy=REMINDED)
    world.until("2026-02-10")
    world.sleep("2026-02-20 10:00")
    world.records(_paid(world, value_day))
    world.until("2026-03-31")

    assert ("2026-02-20 acknowledge thanks" in world.diary) is thanked
    assert world.outcome is Outcome.PAID


@pytest.mark.parametrize(
    ("last_day", "told"),
    [
        ("2026-02-19", ["2026-02-20 acknowledge thanks", "2026-02-20 close close"]),
        ("2026-02-20", ["2026-02-13 close close"]),
        ("", ["2026-02-13 close close"]),
    ],
)
def test_a_paused_case_is_not_written_to_before_the_pause_ends(
    last_day: str, told: list[str]
) -> None:
    """Paid on the 13th: a pause over the seventh day, or without an end, leaves no time for it."""
    world = Story(policy=REMINDED)
    world.says("2026-02-12 12:00", MessageType.PAUSE, day=last_day)
    world.says("2026-02-13 12:00", MessageType.PAYMENT, "1000.00")
    world.until("2026-03-31")

    assert world.since("2026-02-13") == told


def test_whom_only_people_deal_with_is_not_thanked_by_a_machine() -> None:
    for flagged in (Customer(vulnerable=True), Customer(do_not_contact=True)):
        assert (
            _after_payment("2026-02-13 12:00", flagged, "2026-02-13 12:00").do is ActionType.CLOSE
        )


@pytest.mark.parametrize(("written_on", "at"), [("2026-02-12", "19"), ("2026-02-13", "20")])
def test_thanks_wait_while_the_customer_has_heard_from_us_often_enough(
    written_on: str, at: str
) -> None:
    """Three messages about other invoices fill the week; thanks are the fourth."""
    customer = _written_to_three_times(f"{written_on} 10:00")

    action = _after_payment("2026-02-13 12:00", customer, "2026-02-13 12:00")

    assert action.step == "thanks"
    assert action.at
    assert f"{action.at:%Y-%m-%d}" == f"2026-02-{at}"


def test_thanks_that_the_full_week_would_make_late_are_let_go() -> None:
    """Money on the 11th, three messages on the 12th: the next word is allowed on the 19th."""
    customer = _written_to_three_times("2026-02-12 10:00")

    action = _after_payment("2026-02-11 12:00", customer, "2026-02-12 11:00")

    assert action.do is ActionType.CLOSE


def _paid(world: Story, when: str) -> Message:
    money = parse_money("1000.00", "EUR")
    return Message(key="statement", kind=MessageType.PAYMENT, at=world.at(when), amount=money)


def _written_to_three_times(when: str) -> Customer:
    heard = PlannedContact(at=Story().at(when), what=Touch.MESSAGE, channel="email")
    return Customer(contacts=(heard, heard, heard))


def _after_payment(when: str, customer: Customer, now: str) -> Action:
    world = Story(policy=ALWAYS)
    world.says(when, MessageType.PAYMENT, "1000.00")
    return next_action(replace(world.facts, customer=customer), ALWAYS, world.at(now))

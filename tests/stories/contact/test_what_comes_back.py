"""What comes back: a message that did not arrive is said again another way (P14, P02)."""

from dataclasses import replace

import pytest

from domain.message_types import MessageType
from domain.parties.people import Debtor, Point
from domain.policy.model import Anchor, Base
from tests.stories.contact.ways import BOTH, ways
from tests.stories.story import Story


def test_a_mail_bounces_and_the_phone_gets_it() -> None:
    """P14: the same words at the next opening by the next channel, and the ladder goes on there."""
    world = Story(policy=BOTH).until("2026-02-05")
    world.says("2026-02-05 10:30", MessageType.CONTACT_NEWS, reason="bounced", ref="email")
    world.until("2026-02-19")

    assert world.since("2026-02-05") == [
        "2026-02-05 remind polite",
        "2026-02-06 remind polite~2",
        "2026-02-09 remind second",
        "2026-02-12 call_task call",
        "2026-02-19 demand_letter formal",
    ]
    assert ways(world)[1:] == [
        ("polite", "email"),
        ("polite~2", "sms"),
        ("second", "sms"),
        ("formal", "sms"),
    ]
    assert "polite did not arrive by email" in world.deeds[2].why


def test_what_bounces_in_the_window_is_said_again_at_once() -> None:
    world = Story(policy=BOTH)
    world.live(world.at("2026-02-05 09:30"))
    world.says("2026-02-05 11:00", MessageType.CONTACT_NEWS, reason="bounced", ref="email")
    world.until("2026-02-05")

    assert world.since("2026-02-05") == ["2026-02-05 remind polite", "2026-02-05 remind polite~2"]


def test_a_customer_with_one_way_only_becomes_a_question_at_once_and_once() -> None:
    """P02: the invoice did not arrive, so a person is asked long before it is due."""
    world = Story(policy=BOTH, reach=["email"]).until("2026-01-08")
    world.says("2026-01-09 10:00", MessageType.CONTACT_NEWS, reason="bounced", ref="email")
    world.until("2026-02-04")

    assert world.diary == [
        "2026-01-08 confirm confirm-receipt",
        "2026-01-09 confirm confirm-receipt~2 (reached nobody)",
        "2026-01-09 ask_person unreached",
    ]


def test_who_cannot_be_reached_is_asked_about_again_only_when_the_ladder_is_over() -> None:
    world = Story(policy=BOTH, reach=["email"]).until("2026-01-08")
    world.says("2026-01-09 10:00", MessageType.CONTACT_NEWS, reason="bounced", ref="email")
    world.until("2026-06-30")

    asked = [line for line in world.diary if "unreached" in line]
    assert asked == ["2026-01-09 ask_person unreached", "2026-02-19 ask_person unreached-2"]
    assert not [line for line in world.diary if "hand_off" in line]


def test_an_undelivered_demand_sets_no_deadline() -> None:
    """Ten days run from the letter that arrived, and so does the Plan B."""
    world = Story(policy=BOTH).until("2026-02-19")
    world.says("2026-02-20 10:00", MessageType.CONTACT_NEWS, reason="bounced", ref="email")
    world.until("2026-03-31")

    assert world.since("2026-02-20") == [
        "2026-02-20 demand_letter formal~2",
        "2026-03-03 hand_off plan-b",
    ]
    assert str(world.case.last_message and world.case.last_message.deadline) == "2026-03-02"


def test_an_early_word_that_came_back_is_not_said_again_after_the_due_date() -> None:
    world = Story(policy=BOTH, due="2026-01-12").until("2026-01-08")
    world.says("2026-01-12 10:00", MessageType.CONTACT_NEWS, reason="bounced", ref="email")
    world.until("2026-01-13")

    assert world.since("2026-01-12") == ["2026-01-13 remind polite"]
    assert ways(world)[-1] == ("polite", "sms")


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (MessageType.PAYMENT, {"amount": "1000.00"}),
        (MessageType.PROMISE, {"day": "2026-02-16"}),
        (MessageType.DISPUTE_OPENED, {}),
        (MessageType.PAUSE, {"day": "2026-02-13"}),
    ],
)
def test_what_holds_everything_holds_what_would_be_said_again(
    kind: MessageType, more: dict[str, str]
) -> None:
    world = Story(policy=BOTH).until("2026-02-05")
    world.says("2026-02-05 18:00", kind, **more)
    world.says("2026-02-05 19:00", MessageType.CONTACT_NEWS, reason="bounced", ref="email")
    world.until("2026-02-13")

    assert not [line for line in world.diary if "polite~2" in line]


def test_a_bounce_after_the_end_changes_nothing_but_the_address() -> None:
    world = Story(policy=BOTH).until("2026-02-05")
    world.says("2026-02-06 08:00", MessageType.PAYMENT, "1000.00")
    world.says("2026-02-07 08:00", MessageType.CONTACT_NEWS, reason="bounced", ref="email")
    world.until("2026-03-31")

    assert world.since("2026-02-06") == ["2026-02-06 close close"]
    assert list(world.reach) == ["sms"]


def test_who_was_not_reached_this_time_is_tried_another_way_and_the_address_stays_good() -> None:
    """A full mailbox: the same words by SMS, and the next message by mail again."""
    world = Story(policy=BOTH).until("2026-02-05")
    world.says("2026-02-06 08:00", MessageType.CONTACT_NEWS, reason="unreached", ref="email")
    world.until("2026-02-09")

    assert ways(world)[1:] == [("polite", "email"), ("polite~2", "sms"), ("second", "email")]


def test_each_way_is_tried_once_and_then_a_person_is_asked() -> None:
    """P14: next channel, next address, another person; never twice the same, never in a circle."""
    debtor = Debtor(
        id="C-1",
        email="ap@b.example",
        phone="+4930901820",
        others=(
            Point(kind="email", point="boss@b.example", person="Ms Boss", rank=1),
            Point(kind="email", point="billing@b.example", rank=2),
        ),
    )
    world = Story(policy=BOTH)
    world.home.debtor = debtor
    world.until("2026-02-05")
    for day in ("2026-02-06", "2026-02-09", "2026-02-10", "2026-02-11"):
        last = world.deeds[-1]
        named = f"{last.channel}/{last.step}"
        world.says(f"{day} 08:00", MessageType.CONTACT_NEWS, reason="unreached", ref=named)
        world.until(day)

    assert [world.sent[d.step, 1] for d in world.deeds if d.step.startswith("polite")] == [
        "ap@b.example",
        "+4930901820",
        "billing@b.example",
        "boss@b.example",
        "",
    ]
    assert "2026-02-11 ask_person unreached" in world.diary


def test_what_follows_the_step_before_it_follows_the_word_that_arrived() -> None:
    """A step seven days after the one before counts from the day on which that was heard."""
    later = replace(BOTH.steps[2], on=Anchor(Base.PREVIOUS, 7))
    policy = replace(BOTH, steps=(*BOTH.steps[:2], later, *BOTH.steps[3:]))
    world = Story(policy=policy).until("2026-02-08")
    world.says("2026-02-09 08:00", MessageType.CONTACT_NEWS, reason="bounced", ref="email")
    world.until("2026-02-17")

    assert [line for line in world.since("2026-02-09") if "remind" in line] == [
        "2026-02-09 remind polite~2",
        "2026-02-16 remind second",
    ]

"""The ways to a customer: in which order, without what is dead or unwanted, and by whose name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.calendar import Calendar
from domain.case.facts import Action, Facts
from domain.contact.contact_book import closed_channels, free_for_call
from domain.contact.routes import after_news, person_at, routes, ways_for
from domain.decision.rules import next_action
from domain.message_types import ActionType
from domain.parties.customer import Customer, PlannedContact, Touch
from domain.parties.people import Debtor, Point
from tests.reaching import reached_by
from tests.stories.contact.ways import BOTH
from tests.stories.story import Story

CUSTOMER = Debtor(
    id="C-1",
    name="Zed Ltd",
    email="ap@z.example",
    phone="+4930",
    others=(
        Point(kind="email", point="boss@z.example", person="Ann Boss", rank=1),
        Point(kind="phone", point="+4931", rank=3),
        Point(kind="email", point="ap2@z.example", rank=2),
        Point(kind="phone", point="+4932", person="Ann Boss", rank=2),
        Point(kind="email", point="ap@z.example", person="Also Boss", rank=0),
    ),
)
REMIND = Action(do=ActionType.REMIND, at=None, why="", channels=("email", "sms"))


@pytest.mark.parametrize(
    ("channels", "points"),
    [
        (("email",), "ap@z ap2@z boss@z"),
        (("sms",), "+4930 +4931 +4932"),
        (("email", "sms"), "ap@z +4930 ap2@z +4931 boss@z +4932"),
        (("sms", "email"), "+4930 ap@z ap2@z +4931 boss@z +4932"),
        (("sms", "voice"), "+4930 +4930 +4931 +4931 +4932 +4932"),
        ((), ""),
    ],
)
def test_next_channel_then_next_address_then_another_person(
    channels: tuple[str, ...], points: str
) -> None:
    """P14: what stands on the account is the customer's own, whoever else it is said to be."""
    found = [route.point.removesuffix(".example") for route in routes(CUSTOMER, channels)]

    assert found == points.split()


def test_an_unwanted_channel_is_out_on_all_points_and_a_dead_point_on_its_channel() -> None:
    """Strict: who wants no SMS gets none on any number; a landline can still be called."""
    silent = after_news(CUSTOMER, "opted_out", "sms", "")
    assert [r.channel for r in routes(silent, ("sms", "voice"))] == ["voice"] * 3
    landline = after_news(CUSTOMER, "bounced", "sms", "+4930")
    found = [(r.channel, r.point) for r in routes(landline, ("sms", "voice"))]
    assert found[:2] == [("voice", "+4930"), ("sms", "+4931")]
    assert landline.reach("sms") == "+4931"
    dead = after_news(CUSTOMER, "bounced", "email", "ap@z.example")
    assert dead.reach("email") == "ap2@z.example"


def test_a_wish_about_no_channel_is_about_all_of_them_and_can_be_taken_back() -> None:
    nobody = after_news(CUSTOMER, "opted_out", "", "")
    assert routes(nobody, ("email", "sms", "voice")) == ()
    again = after_news(nobody, "opted_in", "sms", "")
    assert {route.channel for route in routes(again, ("email", "sms", "voice"))} == {"sms"}
    assert after_news(CUSTOMER, "unreached", "email", "ap@z.example") == CUSTOMER


@pytest.mark.parametrize(
    ("given_up", "first"), [(0, "ap@z"), (1, "+4930"), (2, "ap2@z"), (5, "+4932"), (6, "ap@z")]
)
def test_ways_that_stayed_unanswered_come_last_and_in_the_end_it_begins_anew(
    given_up: int, first: str
) -> None:
    ways = ways_for(CUSTOMER, replace(REMIND, ways=given_up))

    assert ways[0].point.removesuffix(".example") == first
    assert len(ways) == 6


def test_no_way_is_left_when_each_was_used_or_is_closed() -> None:
    used = [("email", f"{name}@z.example") for name in ("ap", "ap2", "boss")]

    assert ways_for(CUSTOMER, REMIND, used, ("sms",)) == ()
    assert ways_for(Debtor(id="C-2"), replace(REMIND, ways=3)) == ()


@pytest.mark.parametrize(
    ("point", "name"),
    [
        ("ap@z.example", "Zed Ltd"),
        ("ap2@z.example", "Zed Ltd"),
        ("boss@z.example", "Ann Boss"),
        ("gone@z.example", "Zed Ltd"),
    ],
)
def test_a_message_greets_whoever_is_known_at_the_address(point: str, name: str) -> None:
    assert person_at(CUSTOMER, point) == name


@pytest.mark.parametrize("channels", [("email",), ("sms",), ("voice",), ("email", "voice"), ()])
def test_a_stand_in_is_reached_by_just_its_channels(channels: tuple[str, ...]) -> None:
    found = routes(reached_by(channels), ("email", "sms", "voice"))

    assert tuple(route.channel for route in found) == channels


MONDAY = datetime(2026, 2, 2, 9, tzinfo=UTC)
CALENDAR = Calendar("UTC")


def test_a_spoken_message_is_a_call_and_takes_a_calls_place_in_the_week() -> None:
    """P82: three calls in seven days, whoever or whatever made them."""
    calls = [PlannedContact(at=MONDAY + timedelta(days=n), what=Touch.CALL) for n in (0, 1)]
    spoken = PlannedContact(at=MONDAY + timedelta(days=2), what=Touch.MESSAGE, channel="voice")
    two, three = Customer(contacts=tuple(calls)), Customer(contacts=(*calls, spoken))

    assert free_for_call(two, BOTH, CALENDAR) is None
    assert free_for_call(three, BOTH, CALENDAR) == MONDAY + timedelta(days=7)
    assert closed_channels(three, BOTH, CALENDAR, MONDAY + timedelta(days=3)) == ("voice",)
    assert closed_channels(three, BOTH, CALENDAR, MONDAY + timedelta(days=7)) == ()
    assert closed_channels(two, BOTH, CALENDAR, MONDAY) == ()


def test_a_message_that_can_only_be_spoken_waits_until_a_call_is_free() -> None:
    spoken = replace(BOTH.steps[1], channels=("voice",))
    policy = replace(BOTH, steps=(spoken,))
    world = Story(policy=policy).until("2026-02-04")
    calls = tuple(
        PlannedContact(at=world.at(f"2026-02-0{n} 09:00"), what=Touch.CALL) for n in (2, 3, 4)
    )
    facts = Facts(world.case, world.calendar, "good", Customer(contacts=calls))

    assert next_action(facts, policy, world.now).at == world.at("2026-02-09 09:00")

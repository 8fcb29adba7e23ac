"""Whoever could not be written to hears the ladder's first word first, whatever day it is."""

from dataclasses import replace

import pytest

from domain.policy.model import CatchUp
from domain.policy.policy_file import standard_policy
from tests.stories.story import Story, contacts

UNREACHED = "2026-03-10"
"""By then the whole ladder was climbed without anybody having heard of it."""


def found_on(day: str) -> Story:
    """An address appears in the evening of a day; nobody could be written to before."""
    world = Story(reach=()).until(day)
    world.reach = ("email",)
    return world


def heard(world: Story) -> list[str]:
    """What arrived, as lines of a diary."""
    arrived = {deed.step for deed in world.deeds if deed.reached_debtor}
    return [line for line in world.diary if line.split()[2] in arrived]


def test_nobody_can_be_written_to_and_the_ladder_is_over() -> None:
    world = Story(reach=()).until(UNREACHED)

    assert world.diary[-1] == "2026-03-06 ask_person unreached"
    assert heard(world) == []


def test_an_address_that_appears_late_hears_the_whole_ladder_one_word_at_a_time() -> None:
    """P10 P16 A1: no formal demand as the first word, and no agency without a deadline."""
    world = found_on(UNREACHED).until("2026-04-30")

    assert world.since("2026-03-11") == [
        "2026-03-11 remind polite~2",
        "2026-03-13 remind second~2",
        "2026-03-16 demand_letter formal~2",
        "2026-03-27 demand_letter final~2",
        "2026-04-08 hand_off plan-b",  # the deadline of the sixth is Easter Monday
    ]
    first = next(deed for deed in world.deeds if deed.step == "polite~2")
    assert first.why == "polite reached nobody before, and there is a way to the customer now"


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2026-01-09", "2026-01-12 confirm confirm-receipt~2"),
        ("2026-02-03", "2026-02-05 remind polite"),  # the gentle word is for before the due date
        ("2026-02-06", "2026-02-09 remind polite~2"),
        ("2026-02-18", "2026-02-19 remind polite~2"),
        ("2026-03-05", "2026-03-06 remind polite~2"),
    ],
)
def test_whenever_it_appears_the_mildest_word_comes_first(day: str, first: str) -> None:
    assert heard(found_on(day).until("2026-04-30"))[0] == first


@pytest.mark.parametrize("day", ["2026-02-06", "2026-02-18", UNREACHED])
def test_every_firmer_word_follows_a_milder_one_that_arrived(day: str) -> None:
    words = [line.split()[2].partition("~")[0] for line in heard(found_on(day).until("2026-04-30"))]

    assert words == ["polite", "second", "formal", "final"]


def test_what_was_heard_is_not_said_again() -> None:
    """The second word arrived, the mailbox died, and another one is found after the last word."""
    world = Story().until("2026-02-10")
    world.reach = ()
    world.until(UNREACHED)
    world.reach = ("email",)
    world.until("2026-04-30")

    assert world.since("2026-03-11") == [
        "2026-03-11 demand_letter formal~2",
        "2026-03-24 demand_letter final~2",
        "2026-04-08 hand_off plan-b",
    ]


def test_a_way_that_is_none_is_tried_once_a_step_and_ends() -> None:
    """An address appears and is wrong each time: people are asked, and nothing runs in a circle."""
    world = Story(reach=()).until(UNREACHED)
    for day in ("2026-03-12", "2026-03-16", "2026-03-20"):
        world.reach = ("email",)
        world.reach = ()
        world.until(day)

    assert world.since("2026-03-11") == []
    assert len(contacts(world.deeds)) == 6


def test_who_goes_to_the_firmest_step_at_once_says_the_first_word_all_the_same() -> None:
    """Under `most-severe` the firmest that is due follows it, with its deadline."""
    severe = replace(standard_policy(), catch_up=CatchUp.MOST_SEVERE)
    world = Story(reach=(), policy=severe).until(UNREACHED)
    world.reach = ("email",)
    world.until("2026-04-30")

    assert heard(world) == ["2026-03-11 remind polite~2", "2026-03-13 demand_letter final~2"]
    assert world.diary[-1].endswith("hand_off plan-b")

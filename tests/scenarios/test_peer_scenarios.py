"""What other collection systems' own tests assert, told with our rules."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.case.model import Deed
from domain.message_types import ActionType, MessageType, Outcome, Result
from domain.policy.model import Anchor, Base
from domain.policy.policy_file import PolicyError, parse_policy
from tests.scenarios import plots
from tests.stories.story import Story

DUE = date(2026, 3, 2)
Read = Callable[[str], dict[str, Any]]


@pytest.fixture
def scenario(shared_data: Path) -> Read:
    """Reads a scenario by its id."""
    return lambda name: plots.plot(shared_data, name)


def test_kb_01_levels_are_reached_on_their_day_and_not_a_day_before(scenario: Read) -> None:
    given = scenario("KB-01")
    invoice = given["given"]["invoice"]
    story = plots.world(
        plots.ladder(plots.levels(given["policy"], Base.ISSUED)),
        issued=invoice["date"],
        due=invoice["date"],
        amount=invoice["amount"],
    )
    for day, act, expected in given["steps"]:
        if act.startswith("pay"):
            story.hears(story.now, MessageType.PAYMENT, str(invoice["amount"]))
        assert plots.level_on(story, day) == expected, (day, act)


def test_kb_04_a_draft_never_becomes_overdue(scenario: Read) -> None:
    """A draft is no invoice: no case is opened for it, so nothing can follow from it."""
    given = scenario("KB-04")
    policy = plots.ladder(plots.levels(given["policy"], Base.ISSUED))
    opened = [one for one in given["given"]["invoices"] if one["status"] != "draft"]
    stories = [
        plots.world(policy, issued=one["date"], due=one["date"], amount=one["amount"])
        for one in opened
    ]
    for story, one in zip(stories, opened, strict=True):
        story.hears(story.now, MessageType.PAYMENT, str(one["amount"]))

    for day, _, expected in given["steps"]:
        assert {plots.level_on(story, day) for story in stories} == {expected}


def test_kb_12_an_undone_write_off_is_at_the_level_it_has_meanwhile_reached(
    scenario: Read,
) -> None:
    given = scenario("KB-12")
    issued = given["given"]["invoice"]["date"]
    policy = plots.ladder(plots.levels(given["policy"], Base.ISSUED))
    story = plots.world(policy, issued=issued, due=issued)
    kinds = {"write off": MessageType.WRITE_OFF, "undo write-off": MessageType.WRITE_OFF_UNDONE}
    for when, act, expected in given["steps"]:
        day = plots.offset(when, issued)
        if act in kinds:
            story.hears(max(story.now, story.at(str(day))), kinds[act])
            story.until(str(story.calendar.local_date(story.now)))
        assert plots.level_on(story, day) == expected, (when, act)


def test_kb_15_warning_on_day_five_blocked_on_day_seven(scenario: Read) -> None:
    given = scenario("KB-15")
    issued = given["given"]["invoice"]["date"]
    policy = plots.ladder(plots.levels(given["policy"], Base.ISSUED))
    story = plots.world(policy, issued=issued, due=issued)

    for day, _, expected in given["steps"]:
        assert plots.level_on(story, day) == expected


def test_tr_01_the_first_level_comes_exactly_on_day_five(scenario: Read) -> None:
    given = scenario("TR-01")
    story = plots.world(
        plots.ladder(plots.levels(given["policy"], Base.DUE)), issued=DUE, due=DUE, amount=100
    )
    expected = {"no letter": "CLEAR", "level 1 draft": "1"}

    for when, _, level in given["steps"]:
        assert plots.level_on(story, plots.offset(when, DUE)) == expected[level]


def test_tr_04_full_payment_removes_even_a_letter_that_waits_to_go_out(scenario: Read) -> None:
    """Our drafts are what an outage holds back: level 2 is due, unsent, and then unwanted."""
    given = scenario("TR-04")
    story = plots.world(
        plots.ladder(plots.levels(given["policy"], Base.DUE)), issued=DUE, due=DUE, amount=100
    )
    waiting, paid, later = (plots.offset(when, DUE) for when, _, _ in given["steps"])
    story.until(str(DUE + timedelta(days=19)))
    story.sleep(str(waiting))
    assert (story.next.step, story.next.do) == ("2", ActionType.REMIND)

    story.hears(story.at(str(paid)), MessageType.PAYMENT, "100")
    story.until(str(later))

    assert [deed.step for deed in story.deeds] == ["1", "close"]


def test_oca_05_the_first_level_cannot_follow_a_previous_one(scenario: Read) -> None:
    (_, _, expected) = scenario("OCA-05")["steps"][0]
    text = 'name = "x"\n[[step]]\nid = "first"\non = "previous+5"\ndo = "remind"\n'
    with pytest.raises(PolicyError, match="no step comes before it"):
        parse_policy(text)

    assert expected == "validation error"


@pytest.mark.parametrize("days_ago", [3, 4])
def test_lago_03_a_minimum_gap_lies_between_attempts(scenario: Read, days_ago: int) -> None:
    given = scenario("LAGO-03")
    gap = given["policy"]["days_between_attempts"]
    both = [("1", Anchor(Base.DUE, 1)), ("2", Anchor(Base.DUE, 2))]
    story = plots.world(plots.ladder(both, gap=gap), issued=DUE, due=DUE)
    story.until(str(DUE + timedelta(days=1)))
    last = story.deeds[-1].at
    extra = timedelta(seconds=1) if days_ago == gap else timedelta()
    story.live(last + timedelta(days=days_ago) + extra)
    expected = {step[0].split()[2]: step[2] for step in given["steps"]}

    attempted = len(story.deeds) == 2
    assert attempted == (expected[str(days_ago)] == "attempt")


def anchor(text: str) -> Anchor:
    """``7 after invoice date``, ``1 before due``."""
    days, way, *event = text.split()
    base = Base.ISSUED if event[0] == "invoice" else Base.DUE
    return Anchor(base, -int(days) if way == "before" else int(days))


def reminders(policy: dict[str, str]) -> Story:
    """An invoice issued on 5 January and due thirty days later."""
    steps = [(name, anchor(text)) for name, text in policy.items()]
    issued = date(2026, 1, 5)
    return plots.world(plots.ladder(steps), issued=issued, due=issued + timedelta(days=30))


def test_in_01_next_is_the_earliest_of_the_reminders_to_come(scenario: Read) -> None:
    given = scenario("IN-01")
    story = reminders(given["policy"])
    days = int(given["steps"][0][2].removeprefix("T+"))

    assert story.next.at == story.at(str(date(2026, 1, 5) + timedelta(days=days)))


def test_in_02_a_paid_invoice_has_nothing_to_come(scenario: Read) -> None:
    story = reminders(scenario("IN-02")["policy"])
    story.hears(story.now, MessageType.PAYMENT, "100")
    story.until("2026-01-05")

    assert (story.next.at, story.next.outcome) == (None, Outcome.PAID)


def test_in_07_fourteen_days_before_the_last_of_march_is_the_seventeenth(scenario: Read) -> None:
    given = scenario("IN-07")
    invoice, (_, _, expected) = given["given"]["invoice"], given["steps"][0]
    steps = [("r1", anchor(given["policy"]["r1"]))]
    story = plots.world(plots.ladder(steps), issued=invoice["date"], due=invoice["due"])

    assert story.next.at == story.at(str(expected))


def test_mf_01_a_case_is_eligible_from_its_day_on(scenario: Read) -> None:
    given = scenario("MF-01")
    policy = plots.ladder([("1", Anchor(Base.DUE, given["policy"]["level1_days"]))])
    for words, _, expected in given["steps"]:
        numbers = [
            int(word) for word in words.replace(",", "").split() if word.lstrip("-").isdigit()
        ]
        days = 15 if words == "open 0" else numbers[-1]
        story = plots.world(policy, issued=DUE - timedelta(days=30), due=DUE)
        if words == "open 0":
            story.hears(story.now, MessageType.PAYMENT, "100")
        if "dispute" in words:
            story.hears(story.now, MessageType.DISPUTE_OPENED)
        story.until(str(DUE + timedelta(days=days)))
        eligible = any(deed.do is ActionType.REMIND for deed in story.deeds)
        assert eligible == bool(expected), words


def test_mf_03_ten_days_lie_between_two_letters(scenario: Read) -> None:
    given = scenario("MF-03")
    first, second = given["policy"]["levels"]
    steps = [("1", Anchor(Base.DUE, first)), ("2", Anchor(Base.DUE, second))]
    policy = plots.ladder(steps, gap=given["policy"]["min_gap_days"])
    effective = given["given"]["level1_effective"]
    for day, _, expected in given["steps"]:
        due = effective - timedelta(days=30)
        story = plots.world(policy, issued=due, due=due)
        at = story.at(str(effective))
        story.did(Deed(step="1", do=ActionType.REMIND, at=at, result=Result.ACCEPTED))
        story.sleep(str(day))
        earliest = story.next.at
        assert earliest
        assert (earliest <= story.now) == bool(expected), day


def test_mf_04_held_until_a_day_includes_that_day(scenario: Read) -> None:
    given = scenario("MF-04")
    run = given["given"]["run_date"]
    for words, _, expected in given["steps"]:
        due = run - timedelta(days=30)
        story = plots.world(plots.ladder([("1", Anchor(Base.DUE, 30))]), issued=due, due=due)
        held = words.removeprefix("grace ")
        if held != "none":
            assert story.hears(story.now, MessageType.PAUSE, day=held) == ""
        story.until(str(run))
        assert bool(story.deeds) == bool(expected), words

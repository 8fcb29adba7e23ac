"""Late imports and outages: nothing is lost, and nobody is flooded."""

from dataclasses import replace

from domain.message_types import MessageType
from domain.policy.model import CatchUp
from domain.policy.policy_file import parse_policy, standard_policy
from tests.stories.story import Story

WITHOUT_DEADLINES = """
name = "plain"
minimum_gap_days = 2
[calendar]
window = "00:00-24:00"
working_days_only = false
[[step]]
id = "one"
on = "due+1"
do = "remind"
[[step]]
id = "two"
on = "due+5"
do = "remind"
[[step]]
id = "desk"
on = "previous+3"
do = "call_task"
[[step]]
id = "three"
on = "due+10"
do = "remind"
[plan_b]
on = "due+20"
do = "hand_off"
"""


def test_an_invoice_imported_late_is_caught_up_one_level_at_a_time() -> None:
    """Sixty days late: polite first all the same, no level skipped, two days apart at least."""
    world = Story(issued="2025-11-07", due="2025-12-07", opened="2026-02-05").until("2026-03-31")

    assert world.diary == [
        "2026-02-05 remind polite",
        "2026-02-09 remind second",
        "2026-02-11 demand_letter formal",
        "2026-02-12 call_task call",
        "2026-02-12 notify_sales sales",
        "2026-02-13 hold_credit credit-hold",
        "2026-02-24 demand_letter final",  # the formal one's deadline is Saturday the 21st
        "2026-03-09 hand_off plan-b",
    ]


def test_most_severe_goes_to_the_firmest_that_is_due() -> None:
    """A choice of the policy: the milder ones are not made up for.

    Saturday, 17 January is payable up to the 19th (BGB § 193): the last one is thirty days later.
    """
    policy = replace(standard_policy(), catch_up=CatchUp.MOST_SEVERE)
    world = Story(policy=policy, issued="2025-12-18", due="2026-01-17", opened="2026-02-05")
    world.until("2026-03-31")

    assert [line for line in world.diary if "demand" in line or "remind" in line] == [
        "2026-02-05 demand_letter formal",
        "2026-02-18 demand_letter final",
    ]
    assert world.diary[-1] == "2026-03-03 hand_off plan-b"  # its deadline is a Saturday


def test_under_most_severe_a_task_after_a_skipped_message_is_still_done() -> None:
    policy = replace(parse_policy(WITHOUT_DEADLINES), catch_up=CatchUp.MOST_SEVERE)
    world = Story(policy=policy, opened="2026-02-15").until("2026-02-28")

    assert world.diary == [
        "2026-02-15 remind three",
        "2026-02-18 call_task desk",
        "2026-02-24 hand_off plan-b",
    ]


def test_after_an_outage_the_missed_steps_follow_one_by_one() -> None:
    """The machine slept from the 4th to the 20th, a Friday."""
    world = Story().until("2026-02-03")
    world.sleep("2026-02-20 11:00")
    world.until("2026-03-31")

    assert world.since("2026-02-04") == [
        "2026-02-20 remind polite",
        "2026-02-23 remind second",
        "2026-02-25 demand_letter formal",
        "2026-02-26 call_task call",
        "2026-02-26 notify_sales sales",
        "2026-02-27 hold_credit credit-hold",
        "2026-03-10 demand_letter final",  # the formal one's deadline is Saturday the 7th
        "2026-03-23 hand_off plan-b",
    ]


def test_after_an_outage_nobody_is_written_to_on_a_weekend() -> None:
    world = Story().until("2026-02-03")
    world.sleep("2026-02-21 11:00")  # a Saturday
    world.until("2026-02-23")

    assert "2026-02-23 remind polite" in world.since("2026-02-04")


def test_what_was_paid_during_an_outage_is_never_asked_for() -> None:
    world = Story().until("2026-02-03")
    world.sleep("2026-02-20 11:00")
    world.hears(world.at("2026-02-06"), MessageType.PAYMENT, "1000.00")
    world.until("2026-12-31")

    assert world.since("2026-02-04") == ["2026-02-20 close close"]


def test_the_gentle_word_before_the_due_date_is_not_said_after_it() -> None:
    """Opened on the due date itself: "due in three days" would be a joke."""
    world = Story(opened="2026-02-04").until("2026-02-05")

    assert "gentle" not in " ".join(world.diary)


def test_a_gap_of_two_days_means_the_day_after_tomorrow() -> None:
    policy = parse_policy(WITHOUT_DEADLINES)
    world = Story(policy=policy, opened="2026-02-20").until("2026-03-31")

    assert world.diary == [
        "2026-02-20 remind one",
        "2026-02-22 remind two",
        "2026-02-24 remind three",
        "2026-02-25 call_task desk",
        "2026-02-26 hand_off plan-b",
    ]


def test_what_is_foreseen_is_what_happens() -> None:
    """The preview runs the same rules."""
    world = Story().until("2026-02-05")
    foreseen = world.foresee(8)
    before = len(world.deeds)
    world.until("2026-12-31")

    assert world.deeds[before : before + 8] == foreseen


def test_what_is_foreseen_after_hours_goes_out_when_the_window_opens_again() -> None:
    """An invoice that is imported in the evening is not written about at night."""
    world = Story().until("2026-02-04")
    world.sleep("2026-02-05 20:00")
    (foreseen,) = world.foresee(1)

    assert (foreseen.step, foreseen.at) == ("polite", world.at("2026-02-06 09:00"))


DATES_THAT_MOVE = """
name = "moving"
minimum_gap_days = 3
[calendar]
window = "00:00-24:00"
working_days_only = false
[[step]]
id = "early"
on = "due-5"
do = "remind"
[[step]]
id = "first"
on = "due+2"
do = "remind"
deadline_days = 4
[[step]]
id = "hold"
on = "due+3"
do = "hold_credit"
[[step]]
id = "next"
on = "previous+3"
do = "remind"
[[step]]
id = "letter"
on = "deadline+2"
end_of_month = true
do = "demand_letter"
deadline_days = 7
[plan_b]
on = "deadline+1"
do = "ask_person"
"""


def test_steps_whose_dates_move_never_change_places() -> None:
    """A pause before the due date moves the hold to 26 February, and the next word behind it.

    The letter's own date, the end of February, would come first; it waits for the milder word.
    """
    policy = parse_policy(DATES_THAT_MOVE)
    world = Story(policy=policy, issued="2026-02-05", due="2026-02-19")
    world.says("2026-02-05", MessageType.PAUSE, day="2026-02-17")

    assert world.until("2026-03-31").since("2026-02-19")[:4] == [
        "2026-02-21 remind first",
        "2026-02-26 hold_credit hold",
        "2026-03-01 remind next",
        "2026-03-04 demand_letter letter",
    ]


def test_a_deadline_that_was_to_be_set_before_the_due_date_is_not_waited_for() -> None:
    """B1: opened when it was late, the early word is never said; the ladder goes on without it."""
    early = DATES_THAT_MOVE.replace("deadline_days = 4\n", "").replace(
        'on = "due-5"\ndo = "remind"', 'on = "due-5"\ndo = "remind"\ndeadline_days = 3'
    )
    policy = parse_policy(early.replace('on = "previous+3"', 'on = "deadline+1"'))
    world = Story(policy=policy, issued="2026-01-05", due="2026-02-04", opened="2026-02-10")

    assert [line for line in world.until("2026-05-31").diary if "ask" not in line] == [
        "2026-02-10 remind first",
        "2026-02-13 hold_credit hold",
        "2026-02-14 remind next",
        "2026-02-28 demand_letter letter",
    ]

"""A due date on a day off: until when a payment is in time, and when it can be seen.

7 February 2026 is a Saturday; 3 and 6 April are Good Friday and Easter Monday, off in Germany.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.history.record import record_of
from domain.message_types import MessageType
from domain.policy.due_dates import LAWS, last_day_in_time
from domain.policy.model import Policy, Rolling
from domain.policy.policy_file import parse_policy, standard_policy
from tests.stories.story import Story

BERLIN, LONDON = ("Europe/Berlin", "DE"), ("Europe/London", "GB")


def first_word(due: str, place: tuple[str, str], policy: Policy | None = None) -> str:
    """The day on which the first message after the due date leaves."""
    world = Story(due=due, place=place, policy=policy, customer_class="new")
    world.until("2026-06-30")
    said = (deed for deed in world.deeds if deed.is_message and deed.step == "polite")
    return str(world.calendar.local_date(next(said).at))


@pytest.mark.parametrize(
    ("due", "reminded"),
    [
        ("2026-02-05", "2026-02-06"),  # Thursday: the day after, as ever (P10)
        ("2026-02-06", "2026-02-09"),  # Friday: the next day to write is Monday
        ("2026-02-07", "2026-02-10"),  # Saturday: what is sent then moves on Monday
        ("2026-02-08", "2026-02-10"),  # Sunday
        ("2026-02-09", "2026-02-10"),
        ("2026-04-03", "2026-04-08"),  # Good Friday: banks work again on Tuesday
    ],
)
@pytest.mark.parametrize("rolls", list(Rolling))
def test_nobody_is_reminded_before_a_banking_day_has_passed(
    due: str, reminded: str, rolls: Rolling
) -> None:
    """Whether the due date itself rolls or not."""
    assert first_word(due, BERLIN, replace(standard_policy(), due_rolls=rolls)) == reminded


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2049-12-25", "2049-12-27"),  # a Saturday
        ("2050-01-01", "2050-01-01"),  # a Saturday, too
        ("2050-12-31", "2050-12-31"),  # one from which the next banking day is in another year
        ("2051-01-01", "2051-01-01"),
    ],
)
def test_from_the_last_year_whose_holidays_are_known_a_due_date_stays_as_printed(
    due: str, last: str
) -> None:
    rolling, calendar = replace(standard_policy(), due_rolls=Rolling.ALWAYS), Story().calendar

    assert last_day_in_time(rolling, calendar, date.fromisoformat(due)) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("due", "country", "last"),
    [
        ("2026-02-06", "DE", "2026-02-06"),
        ("2026-02-07", "DE", "2026-02-09"),  # BGB § 193
        ("2026-02-08", "DE", "2026-02-09"),
        ("2026-02-09", "DE", "2026-02-09"),
        ("2026-02-07", "AT", "2026-02-09"),
        ("2026-02-07", "CH", "2026-02-09"),
        ("2026-02-07", "PL", "2026-02-09"),
        ("2026-02-07", "GB", "2026-02-07"),  # no such rule is known for certain
        ("2026-02-07", "", "2026-02-07"),
    ],
)
def test_the_law_of_the_debtors_country_moves_the_last_day(
    due: str, country: str, last: str
) -> None:
    policy = standard_policy()
    calendar = policy.calendar("Europe/Berlin", country)

    assert str(last_day_in_time(policy, calendar, date.fromisoformat(due))) == last
    never, always = (replace(policy, due_rolls=how) for how in (Rolling.NEVER, Rolling.ALWAYS))
    assert str(last_day_in_time(never, calendar, date.fromisoformat(due))) == due
    rolled = date.fromisoformat(due) if due in ("2026-02-06", "2026-02-09") else date(2026, 2, 9)
    assert last_day_in_time(always, calendar, date.fromisoformat(due)) == rolled


def test_each_law_says_where_it_says_so() -> None:
    assert set(LAWS) == {"AT", "CH", "DE", "PL"}
    assert all(LAWS.values())


def test_the_ladder_counts_from_the_rolled_date_where_the_law_rolls_it() -> None:
    """Due on Saturday the 7th, that is Monday the 9th; the second word is five days after that."""
    german, british = (Story(due="2026-02-07", place=place) for place in (BERLIN, LONDON))
    dates = [
        [line for line in world.until("2026-02-20").since("2026-02-07") if "remind" in line]
        for world in (german, british)
    ]

    assert dates[0] == ["2026-02-10 remind polite", "2026-02-16 remind second"]
    assert dates[1] == ["2026-02-10 remind polite", "2026-02-12 remind second"]


@pytest.mark.parametrize(
    ("paid", "late"), [("2026-02-09 23:00", 0), ("2026-02-10 01:00", 1), ("2026-02-12", 3)]
)
def test_who_pays_on_the_rolled_day_was_not_late(paid: str, late: int) -> None:
    """A Saturday in Germany: Monday is in time, Tuesday is one day late."""
    world = Story(due="2026-02-07", place=BERLIN)
    world.says(paid, MessageType.PAYMENT, "1000.00")

    assert record_of(world.case, world.calendar).days_late == late


CHARGED = """
name = "charged"
[[step]]
id = "polite"
on = "due+1"
do = "remind"
[charges]
interest = "contract"
contract_percent = "36.5"
confirmed_by = "J. Doe, 2026-01-02"
asked_from = "due"
"""


@pytest.mark.parametrize(
    ("rolls", "on", "interest"),
    [
        (Rolling.LAW, date(2026, 2, 9), 0),
        (Rolling.LAW, date(2026, 2, 10), 100),
        (Rolling.NEVER, date(2026, 2, 8), 100),
        (Rolling.NEVER, date(2026, 2, 10), 300),
    ],
)
def test_interest_runs_from_the_day_after_the_rolled_date(
    rolls: Rolling, on: date, interest: int
) -> None:
    """36.5 percent a year on 1000.00 are 1.00 a day."""
    policy = replace(parse_policy(CHARGED), due_rolls=rolls)
    world = Story(due="2026-02-07", place=BERLIN, policy=policy)

    assert world.state.statement_on(on).costs.minor == interest


def test_a_policy_may_remind_at_once() -> None:
    """``bank_day = false``: on Monday at nine, as before; and so does one without days off."""
    standard = standard_policy()
    at_once = replace(standard, bank_day=False, due_rolls=Rolling.NEVER)

    assert first_word("2026-02-07", BERLIN, at_once) == "2026-02-09"
    any_day = replace(standard, working_days_only=False, due_rolls=Rolling.NEVER)
    assert first_word("2026-02-07", BERLIN, any_day) == "2026-02-08"


def test_a_corrected_due_date_rolls_as_well() -> None:
    world = Story(due="2026-02-05", place=BERLIN)
    world.says("2026-02-02", MessageType.INVOICE_CORRECTED, day="2026-02-14")

    assert (world.case.invoice.due, world.case.due) == (date(2026, 2, 14), date(2026, 2, 16))

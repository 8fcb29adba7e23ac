"""The monthly statement of account: one a customer and month, where it disturbs nothing."""

from dataclasses import replace
from typing import Any

import pytest

from domain.message_types import ActionType
from domain.message_types import MessageType as M
from domain.parties.customer import Customer
from domain.policy.account_statements import NO_STATEMENTS, StatementRules
from domain.policy.model import Policy
from domain.policy.policy_file import (
    PolicyError,
    parse_policy,
    shipped_policy_text,
    standard_policy,
)
from tests.stories.several import Several
from tests.stories.story import Story

QUIET = parse_policy("""
name = "one reminder, long after"
[[step]]
id = "late"
on = "due+50"
do = "remind"
deadline_days = 7
[account_statements]
day = 10
""")
MONTHLY = replace(standard_policy(), account_statements=StatementRules(day=10))


def told(until: str, policy: Policy = QUIET, due: str = "2026-03-31", **more: Any) -> list[str]:
    return statements(Story(policy=policy, due=due, **more).until(until))


def statements(story: Story) -> list[str]:
    return [line for line in story.diary if "acknowledge statement" in line]


def test_every_month_the_overview_goes_out_on_its_day_or_the_next_working_day() -> None:
    """10 January 2026 is a Saturday."""
    assert told("2026-03-31") == [
        "2026-01-12 acknowledge statement-2026-01",
        "2026-02-10 acknowledge statement-2026-02",
        "2026-03-10 acknowledge statement-2026-03",
    ]


def test_without_the_table_nobody_gets_one() -> None:
    assert told("2026-03-31", standard_policy()) == []
    with pytest.raises(PolicyError, match="write the day of the month"):
        parse_policy(shipped_policy_text("standard") + "\n[account_statements]\nday = 29\n")


def test_an_invoice_that_is_opened_after_the_day_waits_for_the_next_one() -> None:
    late = told("2026-03-31", opened="2026-02-10 12:00")

    assert late == ["2026-03-10 acknowledge statement-2026-03"]


@pytest.mark.parametrize(("due", "gets_it"), [("2026-01-12", False), ("2026-01-09", True)])
def test_none_within_seven_days_after_a_letter(due: str, *, gets_it: bool) -> None:
    """The reminder comes 50 days after the due date: on 3 March, or on 2 March."""
    near = replace(QUIET, account_statements=StatementRules(day=9))
    assert ("2026-03-09 acknowledge statement-2026-03" in told("2026-03-31", near, due)) is gets_it


@pytest.mark.parametrize(("due", "gets_it"), [("2026-01-23", False), ("2026-01-26", True)])
def test_none_within_seven_days_before_a_letter(due: str, *, gets_it: bool) -> None:
    """The reminder comes on 16 or 17 March; the statement would come on the 10th."""
    said = told("2026-03-31", due=due)

    assert ("2026-03-10 acknowledge statement-2026-03" in said) is gets_it


@pytest.mark.parametrize(("policy", "count"), [(MONTHLY, 0), (QUIET, 4)])
def test_the_ladder_is_the_same_with_it_and_whoever_is_reminded_anyway_gets_none(
    policy: Policy, count: int
) -> None:
    plain = Story(policy=replace(policy, account_statements=NO_STATEMENTS)).until("2026-04-30")
    monthly = Story(policy=policy).until("2026-04-30")

    assert [line for line in monthly.diary if "statement" not in line] == plain.diary
    assert len(statements(monthly)) == count


def test_nothing_is_open_nothing_is_written() -> None:
    story = Story(policy=QUIET, due="2026-03-31").until("2026-02-01")
    story.says("2026-02-09 12:00", M.PAYMENT, "1000.00")

    assert statements(story.until("2026-04-20")) == ["2026-01-12 acknowledge statement-2026-01"]


@pytest.mark.parametrize(("left", "count"), [("999.50", 1), ("999.51", 0)])
def test_a_rest_that_is_too_small_to_be_chased_calls_for_none(left: str, count: int) -> None:
    story = Story(policy=QUIET, due="2026-03-31").until("2026-02-01")
    story.says("2026-02-02 12:00", M.PAYMENT, left)

    assert len(statements(story.until("2026-02-20"))) == 1 + count


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (M.PAUSE, {}),
        (M.PAUSE, {"day": "2026-02-10"}),
        (M.PROMISE, {"day": "2026-02-20"}),
        (M.DISPUTE_OPENED, {"reason": "goods"}),
    ],
)
def test_none_while_it_is_paused_promised_or_contested(kind: M, more: dict[str, str]) -> None:
    policy = replace(QUIET, agreements=replace(QUIET.agreements, confirm_in_writing=False))
    story = Story(policy=policy, due="2026-03-31").until("2026-02-01")
    assert not story.says("2026-02-02 12:00", kind, **more)

    assert statements(story.until("2026-02-28")) == ["2026-01-12 acknowledge statement-2026-01"]


def test_none_while_the_agency_has_it_and_none_to_whom_only_people_may_write() -> None:
    gone = Story(policy=MONTHLY).until("2026-06-30")
    vulnerable = Story(policy=QUIET, due="2026-03-31", customer=Customer(vulnerable=True))

    assert [line for line in gone.since("2026-03-17") if "acknowledge" in line] == []
    assert "hand_off" in " ".join(gone.diary)
    assert statements(vulnerable.until("2026-03-31")) == []


@pytest.mark.parametrize(
    ("begins", "wakes", "count"),
    [
        ("2026-02-05", "2026-02-13 12:00", 2),
        ("2026-02-05", "2026-02-14 00:00", 1),
        ("2026-01-08", "2026-01-15 12:00", 2),
        ("2026-01-08", "2026-01-16 08:00", 1),
    ],
)
def test_after_an_outage_it_is_late_by_three_days_at_most(
    begins: str, wakes: str, count: int
) -> None:
    """In January it falls on Monday the 12th: the fourth day after it is a working day."""
    story = Story(policy=QUIET, due="2026-03-31").until(begins)
    story.sleep(wakes)

    assert len(statements(story.until("2026-02-28"))) == count


def test_nobody_who_cannot_be_mailed_is_looked_for() -> None:
    said = told("2026-02-28", reach=("sms",))

    assert said == [
        "2026-01-12 acknowledge statement-2026-01 (reached nobody)",
        "2026-02-10 acknowledge statement-2026-02 (reached nobody)",
    ]


def test_it_reminds_nobody_so_whoever_pays_after_it_is_not_thanked_as_reminded() -> None:
    policy = replace(QUIET, thank_you="reminded")
    story = Story(policy=policy, due="2026-03-31").until("2026-02-15")
    story.says("2026-02-20 12:00", M.PAYMENT, "1000.00")

    assert [line for line in story.until("2026-03-10").diary if "thanks" in line] == []


def _household(policy: Policy = QUIET, count: int = 3) -> Several:
    home = Several(policy)
    for _ in range(count):
        home.opens("2026-01-05 08:00", "2026-03-31", issued="2026-01-05")
    return home


def _statements_of(home: Several) -> list[str]:
    deeds = [deed for case in home.cases.values() for deed in case.deeds]
    mine = [one for one in deeds if one.do is ActionType.ACKNOWLEDGE and one.result != "rejected"]
    return sorted(deed.step for deed in mine)


def test_a_customer_with_many_invoices_gets_one_a_month() -> None:
    home = _household(count=12)
    home.until("2026-03-15 00:00")

    assert _statements_of(home) == [
        "statement-2026-01",
        "statement-2026-02",
        "statement-2026-03",
    ]


def test_who_looks_again_on_the_next_day_finds_that_the_month_had_its_statement() -> None:
    """It may be three days late, and keeps one day only: nothing but the month stops a second."""
    home = _household(replace(QUIET, account_statements=StatementRules(day=10, apart_days=1)), 2)
    home.says("2026-02-11 12:00", "R-1", M.CREDIT_NOTE, amount="10.00")
    home.says("2026-02-11 12:00", "R-2", M.CREDIT_NOTE, amount="10.00")
    home.until("2026-02-28 00:00")

    assert _statements_of(home) == ["statement-2026-01", "statement-2026-02"]


@pytest.mark.parametrize("kind", [M.PAUSE, M.DISPUTE_OPENED])
def test_a_pause_of_one_invoice_holds_it_for_all_and_a_dispute_does_not(kind: M) -> None:
    home = _household(count=2)
    home.says("2026-02-02 12:00", "R-2", kind)
    home.until("2026-02-28 00:00")

    expected = ["statement-2026-01", "statement-2026-02"]
    assert _statements_of(home) == expected[: 1 if kind is M.PAUSE else 2]


def test_a_letter_about_another_invoice_holds_it_as_well() -> None:
    """R-2 is written about on 16 March, R-1 has nothing to come."""
    home = Several(QUIET)
    home.opens("2026-02-16 08:00", "2026-03-31", issued="2026-02-16")
    home.opens("2026-02-16 08:00", "2026-01-23")
    home.until("2026-03-15 00:00")

    assert _statements_of(home) == []

"""What waiting costs: examples of public pages, and every boundary."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.interest.accrual import Applied, stretches
from domain.interest.model import InterestTerms
from domain.money import Money
from tests.domain.charges.owing import DE, UK, contract, owed


def after(days: int) -> str:
    """So many days after 1 March 2025."""
    return str(date(2025, 3, 1) + timedelta(days=days))


@pytest.mark.parametrize(
    ("amount", "percent", "days", "once", "daily"),
    [
        ("1000.00 GBP", "8.5", 50, "11.64", "11.50"),  # gov.uk: 23p a day, 11.50 after 50 days
        ("1000.00 GBP", "8.5", 25, "5.82", "5.75"),  # fidohq.com: 5.82
        ("1000.00 GBP", "12", 30, "9.86", "9.90"),  # danielssilverman.co.uk: 9.86
        ("5000.00 GBP", "12.25", 101, "169.49", "169.68"),  # paidnice.com: 1.68 a day
        ("20000.00 SEK", "8", 30, "131.51", "131.40"),  # kredity.se: 131.51
        ("5000 JPY", "10", 73, "100", "73"),  # a yen has no smaller unit
    ],
)
def test_examples_of_public_pages(
    amount: str, percent: str, days: int, once: str, daily: str
) -> None:
    exact = owed(amount, after(0), after(days), contract(percent))
    by_day = owed(amount, after(0), after(days), contract(percent, rounding="daily"))
    assert (exact.amount.plain, by_day.amount.plain) == (once, daily)
    assert (exact.days, by_day.days) == (days, days)


@pytest.mark.parametrize(
    ("who", "amount", "due", "until", "sum_"),
    [
        ("AT", "100000.00 EUR", "2020-12-31", "2021-12-31", "8580.00"),  # solidbau.at
        ("AT consumer", "1000.00 EUR", "2020-12-31", "2021-12-31", "40.00"),  # wko.at: 4 %
        ("DE", "1000.00 EUR", "2022-12-31", "2023-06-30", "52.66"),  # 10.62 %, 181 days
        ("DE consumer", "1000.00 EUR", "2022-12-31", "2023-06-30", "32.83"),  # 6.62 %, 181 days
        ("SE consumer", "20000.00 SEK", "2021-02-28", "2021-03-30", "131.51"),  # kredity.se: 0 + 8
        ("FR", "10000.00 EUR", "2024-06-30", "2024-12-31", "718.36"),  # 14.25 %
        ("BE", "10000.00 EUR", "2024-06-30", "2024-12-31", "630.14"),  # 12.5 %
        ("IE", "10000.00 EUR", "2024-06-30", "2024-07-01", "3.36"),  # 12.25 % / 365
        ("EU", "10000.00 EUR", "2025-06-30", "2025-12-31", "511.67"),  # 10.15 %
        ("UK", "5000.00 GBP", "2024-06-30", "2024-07-30", "54.45"),  # 13.25 %
        ("FR consumer", "1000.00 EUR", "2024-06-30", "2024-12-31", "0.00"),
        ("UK consumer", "1000.00 GBP", "2024-06-30", "2024-12-31", "0.00"),
    ],
)
def test_the_law_of_each_country(who: str, amount: str, due: str, until: str, sum_: str) -> None:
    code, _, consumer = who.partition(" ")
    found = owed(amount, due, until, InterestTerms(jurisdiction=code, consumer=bool(consumer)))
    assert found.amount.plain == sum_
    assert not found.provisional


@pytest.mark.parametrize(
    ("until", "days"), [("2025-02-28", 0), ("2025-03-01", 0), ("2025-03-02", 1), ("2025-03-03", 2)]
)
def test_it_begins_on_the_day_after_the_due_date(until: str, days: int) -> None:
    found = owed("365000.00 EUR", "2025-03-01", until, contract("1"))
    assert (found.days, found.amount.minor) == (days, days * 1000)


def test_the_rate_turns_with_the_half_year() -> None:
    before = owed("1000.00 EUR", "2023-06-28", "2023-06-30", DE)
    after_ = owed("1000.00 EUR", "2023-06-28", "2023-07-01", DE)
    assert [(s.percent, s.days) for s in before.spans] == [(Decimal("10.62"), 2)]
    assert [(str(s.start), str(s.percent), s.days) for s in after_.spans] == [
        ("2023-06-29", "10.62", 2),
        ("2023-07-01", "12.12", 1),
    ]


@pytest.mark.parametrize(
    ("due", "percent"),
    [("2023-06-29", "11.50"), ("2023-06-30", "13.00"), ("2023-07-01", "13.00")],
)
def test_in_britain_the_day_interest_starts_fixes_the_rate(due: str, percent: str) -> None:
    """S.I. 2002/1675, article 4: interest starts the day after; later changes do not matter."""
    found = owed("1000.00 GBP", due, "2025-12-31", UK)
    assert [span.percent for span in found.spans] == [Decimal(percent)]


def test_a_leap_day_is_a_day_and_in_germany_its_year_is_longer() -> None:
    days = ("2023-12-31", "2024-12-31")
    assert owed("36500.00 GBP", *days, UK).amount == Money(366 * 1325, "GBP")
    german = owed("1000.00 EUR", *days, DE)
    assert (german.days, german.amount.plain) == (366, "124.94")  # 182 x 12.62, 184 x 12.37
    across = owed("1000.00 EUR", "2023-12-30", "2024-01-01", DE)
    assert [span.year_days for span in across.spans] == [365, 366]


def test_part_payments_count_from_their_day() -> None:
    steps = (("2025-03-11", "600.00"), ("2025-03-21", "0.00"), ("2025-03-26", "600.00"))
    found = owed("1000.00 EUR", "2025-03-01", "2025-03-31", contract("36.5"), *steps)
    assert [(span.balance, span.days) for span in found.spans] == [
        (100000, 9),
        (60000, 10),
        (60000, 6),
    ]
    assert found.amount.plain == "18.60"
    assert found.days == 25


def test_without_a_confirmed_jurisdiction_nothing_is_charged() -> None:
    found = owed("1000.00 EUR", "2025-03-01", "2025-12-31", InterestTerms())
    assert (found.amount, found.spans) == (Money(0, "EUR"), ())
    assert "confirmed no jurisdiction" in found.ground


@pytest.mark.parametrize(
    ("every", "due", "sum_"),
    [
        ("", "2024-12-31", "120.00"),
        ("yearly", "2024-12-31", "120.00"),  # the first anniversary is one day too late
        ("yearly", "2023-12-31", "254.77"),  # 120.33 for 366 days, then 134.44: 12 % of 1120.33
        ("monthly", "2024-12-31", "126.82"),  # twelve times (1 + 12 % x days of the month / 365)
    ],
)
def test_only_a_contract_compounds(every: str, due: str, sum_: str) -> None:
    terms = contract("12", compounding=every)
    assert owed("1000.00 EUR", due, "2025-12-31", terms).amount.plain == sum_


def test_the_ground_names_law_rate_and_days() -> None:
    """P24: each cost is justified by the terms or the law it rests on."""
    found = owed("1000.00 EUR", "2023-06-28", "2023-07-01", DE, ("2023-06-30", "400.00"))
    assert found.ground == (
        "0.54 EUR interest for 3 days under section 288(2) BGB, from 2023-06-29, after the due"
        " date, to 2023-07-01: 10.62 % a year on 1000.00 EUR for 1 day; 10.62 % a year on"
        " 400.00 EUR for 1 day; 12.12 % a year on 400.00 EUR for 1 day."
    )
    agreed = owed("1000.00 EUR", after(0), after(40), contract("12", compounding="monthly"))
    assert "as agreed in the contract" in agreed.ground
    assert "on 1000.00 EUR and 10.19 EUR earlier interest for 9 days" in agreed.ground
    assert agreed.ground.endswith(", compounded monthly.")


def test_a_contract_goes_before_the_law_that_would_hold_without_it() -> None:
    terms = contract("12", jurisdiction="DE")

    found = owed("1000.00 EUR", after(0), after(30), terms)

    assert found.amount.plain == "9.86"
    assert "as agreed in the contract" in found.ground
    assert "BGB" not in found.ground


@pytest.mark.parametrize(
    ("until", "starts"), [(after(-1), False), (after(0), False), (after(1), True)]
)
def test_interest_starts_on_the_day_after_the_due_date(until: str, starts: bool) -> None:
    found = owed("1000.00 EUR", after(0), until, contract("10"))

    assert bool(found.amount.minor) is starts
    assert ("starts on the day after the due date 2025-03-01" in found.ground) is not starts


def test_days_before_anything_was_open_bear_no_interest() -> None:
    """The first balance begins on the third of five days."""
    begins = date(2026, 1, 3)
    found = stretches(
        [(begins, 100000)],
        (date(2026, 1, 1), date(2026, 1, 5)),
        (),
        lambda _: (Applied(Decimal(5)), 365),
    )

    assert [(one.start, one.end, one.balance) for one in found] == [
        (begins, date(2026, 1, 5), 100000)
    ]

"""Days whose rate is not known are left out and said, or marked where the policy allows it."""

import re
from datetime import date
from decimal import Decimal

import pytest

from domain.errors import DomainError
from domain.interest.model import InterestTerms, interest
from tests.domain.charges.owing import DE, UK, owed


@pytest.mark.parametrize(
    ("code", "due", "until", "said"),
    [
        (
            "FR",
            "2026-06-01",
            "2026-07-01",
            "known up to 2026H1 .2026-06-30.; that of 2026H2 is not",
        ),
        ("UK", "2026-06-30", "2026-07-01", "that of 2026H2 is written down but not confirmed"),
        ("UK", "2026-12-31", "2027-01-01", "that of 2027H1 is not there yet"),
        ("DE", "2018-12-30", "2019-02-01", "begin with 2019H1"),
    ],
)
def test_an_unknown_rate_is_named_with_the_way_out(
    code: str, due: str, until: str, said: str
) -> None:
    found = owed("1000.00 EUR", due, until, InterestTerms(jurisdiction=code))
    (gap,) = found.left_out
    assert re.search(said, gap.reason)
    assert "have another person confirm" in gap.reason


@pytest.mark.parametrize(
    ("until", "days", "left_out"),
    [
        ("2026-06-29", 19, None),
        ("2026-06-30", 20, None),
        ("2026-07-01", 20, ("2026-07-01", "2026-07-01", "2026H2")),
        ("2026-12-31", 20, ("2026-07-01", "2026-12-31", "2026H2")),
        ("2027-01-01", 20, ("2026-07-01", "2026-12-31", "2026H2")),
    ],
)
def test_the_known_part_is_always_computed(
    until: str, days: int, left_out: tuple[str, str, str] | None
) -> None:
    """1000 x 10.27 % x days / 365, up to and including the last day whose rate is known."""
    found = owed("1000.00 EUR", "2026-06-10", until, DE)
    gaps = [(str(gap.start), str(gap.end), gap.half_year) for gap in found.left_out]

    assert found.days == days
    assert found.amount == owed("1000.00 EUR", "2026-06-10", f"2026-06-{10 + days}", DE).amount
    assert gaps[:1] == ([left_out] if left_out else [])
    assert not found.provisional
    assert ("not in this sum" in found.ground) == bool(left_out)


def test_where_no_day_is_known_there_is_no_sum_and_it_says_why() -> None:
    found = owed("1000.00 EUR", "2026-07-14", "2026-08-01", DE)
    assert (found.amount.minor, found.days, found.spans) == (0, 0, ())
    assert found.ground == (
        "Interest for the days from 2026-07-15 to 2026-08-01 is not in this sum: "
        "the rate of 2026H2 is not known."
    )


def test_a_debt_that_begins_before_the_table_bears_what_the_table_knows() -> None:
    found = owed("1000.00 EUR", "2018-12-30", "2019-01-02", DE)
    assert [span.start for span in found.spans] == [date(2019, 1, 1)]
    assert [(gap.start, gap.end) for gap in found.left_out] == [
        (date(2018, 12, 31), date(2018, 12, 31))
    ]


def test_days_on_which_nothing_was_open_are_not_left_out() -> None:
    found = owed("1000.00 EUR", "2026-06-29", "2026-12-31", DE, ("2026-07-01", "0.00"))
    assert (found.days, found.left_out) == (1, ())


def test_what_needs_no_unknown_rate_is_not_refused() -> None:
    assert owed("1000.00 EUR", "2018-12-31", "2019-01-01", DE).days == 1
    assert owed("1000.00 EUR", "2026-06-01", "2026-06-30", DE).days == 29
    assert owed("1000.00 GBP", "2026-06-29", "2027-03-01", UK).days == 245
    paid = owed("1000.00 EUR", "2026-06-01", "2027-03-01", DE, ("2026-07-01", "0.00"))
    assert paid.days == 29


def test_where_the_policy_allows_it_an_unknown_rate_is_provisional() -> None:
    terms = InterestTerms(jurisdiction="FR", past_table="provisional")
    found = owed("1000.00 EUR", "2026-06-29", "2026-07-02", terms)
    assert [(span.percent, span.provisional) for span in found.spans] == [
        (Decimal("12.15"), False),
        (Decimal("12.15"), True),
    ]
    assert found.provisional
    assert "provisional interest" in found.ground
    assert not owed("1000.00 EUR", "2026-06-28", "2026-06-30", terms).provisional


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("rounding", {"rounding": "up"}),
        ("past_table", {"past_table": "guess"}),
        ("compounding", {"compounding": "daily", "contract_percent": Decimal(1)}),
        ("compounding", {"compounding": "monthly", "jurisdiction": "DE"}),
        ("compounding", {"compounding": "monthly", "jurisdiction": "NL"}),
        ("contract_percent", {"contract_percent": Decimal("-0.01")}),
        ("contract_percent", {"contract_percent": Decimal("NaN")}),
        ("jurisdiction", {"jurisdiction": "NZ"}),
    ],
)
def test_impossible_terms_cannot_be_written_down(field: str, wrong: dict[str, object]) -> None:
    with pytest.raises(DomainError) as refused:
        InterestTerms(**wrong)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_steps_out_of_order_are_refused() -> None:
    steps = ((date(2025, 2, 1), 5), (date(2025, 1, 1), 9))
    with pytest.raises(DomainError, match="sort them"):
        interest(steps, "EUR", date(2025, 1, 1), date(2025, 3, 1), DE)


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2024-06-30", "from 2024-05-11 to 2024-06-30 is not in this sum"),
        ("2024-12-31", "from 2024-05-11 to 2024-06-30 is not in this sum"),
        ("2025-01-01", "from 2024-05-11 to 2024-06-30 and from 2025-01-01 to 2025-01-01 is"),
        ("2025-08-01", "from 2024-05-11 to 2024-06-30 and from 2025-01-01 to 2025-08-01 is"),
    ],
)
def test_days_that_are_charged_are_never_said_to_be_left_out(until: str, said: str) -> None:
    """Poland ships the second half of 2024 alone: an unknown half-year on either side of it."""
    found = owed("1000.00 PLN", "2024-05-10", until, InterestTerms(jurisdiction="PL"))

    assert said in found.ground
    assert [gap.goes_on for gap in found.left_out[:1]] == [until == "2024-06-30"]
    assert found.left_out[-1].goes_on == (until != "2024-12-31")

"""Interest that cannot be known is refused in words, or marked where the policy allows it."""

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
def test_an_unknown_rate_is_refused_with_the_way_out(
    code: str, due: str, until: str, said: str
) -> None:
    with pytest.raises(DomainError, match=said) as refused:
        owed("1000.00 EUR", due, until, InterestTerms(jurisdiction=code))
    assert refused.value.field == "jurisdiction"
    assert f"rates/{code.lower()}.toml" in str(refused.value)


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
        ("contract_percent", {"contract_percent": Decimal("-0.01")}),
        ("contract_percent", {"contract_percent": Decimal("NaN")}),
        ("jurisdiction", {"jurisdiction": "NL"}),
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

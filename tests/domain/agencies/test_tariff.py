"""What an agency takes: bands at their edges, minimum, surcharge, and the order of quotes (P70)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agencies.agency_file import AgencyProfile, read_agency
from domain.agencies.quotes import AgencyQuote, NotTaken, QuoteClaim, ranked
from domain.errors import DomainError
from domain.money import Money

TODAY = date(2026, 3, 1)
NORDWIND = """
name = "Nordwind"
[tariff]
currency = "EUR"
source = "offer of 12 January 2026"
as_of = 2026-01-12
valid_days = 14
needs = ["contract"]
[[tariff.band]]
countries = ["DE", "AT"]
debtors = "businesses"
most = "1000.00"
to_days = 365
success_percent = "20"
minimum = "25.00"
fixed = "5.00"
[[tariff.band]]
countries = ["DE", "AT"]
least = "1000.01"
success_percent = "12.5"
[[tariff.surcharge]]
from_days = 180
percent = "2"
[[tariff.surcharge]]
from_days = 360
percent = "5.5"
"""
CLAIM = QuoteClaim(creditor="acme", amount=Money(100_000, "EUR"), days_overdue=30, country="DE")


def nordwind() -> AgencyProfile:
    return read_agency("nordwind", NORDWIND)


def quoted(claim: QuoteClaim = CLAIM) -> AgencyQuote:
    tariff = nordwind().tariff
    assert tariff
    return tariff.quote("nordwind", claim, TODAY)


def fee(minor: int, days: int = 30) -> int | None:
    cost = quoted(replace(CLAIM, amount=Money(minor, "EUR"), days_overdue=days)).cost
    return cost.minor if cost else None


def test_a_quote_says_what_it_costs_what_comes_in_until_when_and_from_where() -> None:
    quote = quoted()

    assert quote.cost == Money(20_500, "EUR")
    assert quote.net == Money(79_500, "EUR")
    assert quote.valid_until == date(2026, 3, 15)
    assert quote.as_of == date(2026, 1, 12)
    assert quote.source == "offer of 12 January 2026"
    assert quote.needs == ("contract",)


def test_bands_meet_at_their_edges() -> None:
    assert fee(100_000) == 20_000 + 500
    assert fee(100_001) == 12_500
    assert fee(1) == 2_500 + 500  # the minimum, and what is payable in any case
    assert fee(100_000, days=365) == 25_500 + 500
    assert fee(100_000, days=366) is None


def test_the_surcharge_of_the_oldest_band_counts_alone() -> None:
    assert fee(1_000_000, days=179) == 125_000
    assert fee(1_000_000, days=180) == 145_000
    assert fee(1_000_000, days=360) == 180_000


def test_half_a_cent_counts_as_a_whole_one() -> None:
    assert fee(100_004) == 12_501  # 12,500.5 cents


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (replace(CLAIM, country="FR"), NotTaken.COUNTRY),
        (replace(CLAIM, country=""), NotTaken.COUNTRY),
        (replace(CLAIM, consumer=True), NotTaken.AMOUNT),
        (replace(CLAIM, days_overdue=366, amount=Money(99, "EUR")), NotTaken.AMOUNT),
        (replace(CLAIM, amount=Money(100, "USD")), NotTaken.CURRENCY),
        (replace(CLAIM, amount=Money(0, "EUR")), NotTaken.NOTHING_OPEN),
        (replace(CLAIM, contested=True), NotTaken.CONTESTED),
    ],
)
def test_a_claim_that_is_not_taken_says_why(claim: QuoteClaim, why: NotTaken) -> None:
    quote = quoted(claim)

    assert quote.reason is why
    assert quote.net is None


def test_quotes_are_ranked_by_what_comes_in_and_the_refused_come_last() -> None:
    dear, refused = quoted(), quoted(replace(CLAIM, country="FR"))
    assert dear.fee
    cheap = replace(dear, agency="zephyr", fee=replace(dear.fee, fixed=Money(0, "EUR")))
    unpriced = replace(dear, agency="asks", fee=None)

    assert ranked([refused, dear, unpriced, cheap]) == (cheap, dear, unpriced, refused)


@given(
    collected=st.integers(0, 10**9),
    more=st.integers(0, 10**9),
    days=st.integers(0, 800),
)
def test_who_collects_more_never_takes_less_and_fee_and_rest_are_all_of_it(
    collected: int, more: int, days: int
) -> None:
    quote = quoted(replace(CLAIM, amount=Money(collected + 100_001, "EUR"), days_overdue=days))
    assert quote.fee
    assert quote.cost
    assert quote.net

    assert quote.cost + quote.net == quote.claim.amount
    less, all_of_it = Money(collected, "EUR"), Money(collected + more, "EUR")
    assert quote.fee.of(less) <= quote.fee.of(all_of_it)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (NORDWIND.replace('most = "1000.00"', 'most = "1,000"'), "nordwind.toml:12: "),
        (NORDWIND.replace('success_percent = "20"', "success_percent = 20.5"), "success_percent"),
        (NORDWIND.replace('name = "Nordwind"', 'nme = "Nordwind"'), "nme"),
        (NORDWIND.replace('currency = "EUR"', 'currency = "EUX"'), "EUX"),
        (NORDWIND.replace('minimum = "25.00"', 'minimum = "25.001"'), "decimals"),
        (NORDWIND + "[[", "nordwind.toml:27"),
    ],
)
def test_a_file_that_cannot_be_right_names_its_place(wrong: str, told: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_agency("nordwind", wrong)

    assert told in str(refused.value)
    assert refused.value.field == "agency"

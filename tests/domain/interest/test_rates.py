"""The shipped rate tables: complete, sourced, and the same as what others wrote down."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.errors import DomainError
from domain.interest.model import compensation
from domain.interest.rate_tables import JURISDICTIONS, rate_table
from domain.money import Money, parse_money

RATES = Path(__file__).parents[3] / "domain" / "interest" / "rates"
Rows = Callable[[str], list[dict[str, str]]]

each = pytest.mark.parametrize("code", JURISDICTIONS)


@pytest.fixture
def shared(shared_data: Path) -> Rows:
    """Reads a table that was collected apart from ours."""

    def rows(name: str) -> list[dict[str, str]]:
        with (shared_data / "rates" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows


def test_every_rate_file_is_a_jurisdiction_and_the_other_way_round() -> None:
    assert {path.stem.upper() for path in RATES.glob("*.toml")} == set(JURISDICTIONS)
    assert all(rate_table(code).code == code for code in JURISDICTIONS)


@each
def test_every_figure_has_its_source_and_its_date(code: str) -> None:
    """P24: whoever is asked for money may see what it rests on."""
    table = rate_table(code)
    assert bool(table.rates) == table.has_reference
    for rate in table.rates:
        assert rate.source
        assert rate.recorded >= date(2026, 11, 22)
    assert table.compensation is None or table.compensation.source
    assert table.day_count_source
    for consumer in (False, True):
        scheme = table.scheme(consumer=consumer)
        assert bool(scheme.law) != bool(scheme.none)


@pytest.mark.parametrize(
    ("code", "consumer", "column"),
    [
        ("EU", False, "directive_rate_pct(ecb+8)"),
        ("IE", False, "directive_rate_pct(ecb+8)"),
        ("IT", False, "directive_rate_pct(ecb+8)"),
        ("ES", False, "directive_rate_pct(ecb+8)"),
        ("FR", False, "FR_rate_pct(ecb+10)"),
        ("BE", False, "BE_rate_pct(ecb+8 rounded UP to 0.5)"),
        ("DE", False, "DE_b2b_pct(basis+9)"),
        ("DE", True, "DE_consumer_pct(basis+5)"),
    ],
)
def test_euro_rates_agree_with_the_shared_table(
    shared: Rows, code: str, consumer: bool, column: str
) -> None:
    table = rate_table(code)
    scheme = table.scheme(consumer=consumer)
    ours = {rate.half_year: scheme.percent(rate.percent) for rate in table.rates}
    theirs = {
        row["half_year"]: Decimal(row[column])
        for row in shared("eu_reference_rates.csv")
        if row[column]
    }
    assert ours == theirs


def test_the_half_year_that_nobody_found_is_not_there(shared: Rows) -> None:
    row = shared("eu_reference_rates.csv")[-1]
    assert (row["half_year"], row["ecb_mro_pct"]) == ("2026H2", "NOT FOUND")
    assert all(rate_table(code).rates[-1].half_year == "2026H1" for code in ("EU", "DE", "FR"))


def test_austria_stands_on_its_own_base_rate(shared: Rows) -> None:
    """Section 456 UGB; the OeNB moves its base rate only by half a point or more."""
    assert shared("eu_reference_rates.csv")[0]["AT_b2b_margin"].startswith("9.2 points")
    at = rate_table("AT")
    told = {"2022H2": "8.58", "2023H1": "11.08", "2024H2": "13.08", "2025H1": "11.73"}
    ours = {rate.half_year: at.business.percent(rate.percent) for rate in at.rates}
    assert {half: ours[half] for half in told} == {k: Decimal(v) for k, v in told.items()}
    assert at.consumer.flat == 4


def test_british_rates_agree_with_the_shared_table_and_with_bank_rate(shared: Rows) -> None:
    """S.I. 2002/1675: Bank Rate on the day before the half-year, plus eight."""
    rows = shared("uk_statutory_reference_rates.csv")
    changes = shared("boe_bank_rate_changes.csv")
    uk = rate_table("UK")
    assert [rate.half_year for rate in uk.rates] == [row["half_year"] for row in rows]
    for rate, row in zip(uk.rates, rows, strict=True):
        in_force = [c for c in changes if c["date_changed"] <= row["reference_day"]][-1]
        assert rate.percent == Decimal(row["reference_rate_pct"])
        assert rate.percent == Decimal(in_force["bank_rate_pct"])
        assert uk.business.percent(rate.percent) == Decimal(row["statutory_rate_pct"])
        assert rate.confirmed == ("UNCONFIRMED" not in row["source"])


def test_compensation_agrees_with_the_shared_table_at_both_edges_of_each_band(
    shared: Rows,
) -> None:
    for row in shared("statutory_compensation.csv"):
        code = row["jurisdiction"].split()[0]
        currency = row["currency"]
        for edge in filter(None, (row["lower_incl"], row["upper"])):
            cost = compensation(code, parse_money(edge, currency), consumer=False)
            assert cost is not None
            assert cost.amount == parse_money(row["amount"], currency), (code, edge)


@pytest.mark.parametrize(
    ("code", "principal", "sum_"),
    [
        ("UK", "0.01 GBP", "40 GBP"),
        ("UK", "999.99 GBP", "40 GBP"),
        ("UK", "1000.00 GBP", "70 GBP"),
        ("UK", "9999.99 GBP", "70 GBP"),
        ("UK", "10000.00 GBP", "100 GBP"),
        ("IE", "1000.00 EUR", "40 EUR"),
        ("IE", "1000.01 EUR", "70 EUR"),
        ("IE", "10000.00 EUR", "70 EUR"),
        ("IE", "10000.01 EUR", "100 EUR"),
        ("DE", "0.01 EUR", "40 EUR"),
        ("FR", "999999.00 EUR", "40 EUR"),
        ("SE", "10.00 SEK", "450 SEK"),
        ("EU", "10.00 USD", ""),
        ("DK", "10.00 DKK", "310 DKK"),
        ("PT", "10.00 EUR", "40 EUR"),
        ("FI", "10.00 EUR", "40 EUR"),
        ("NL", "10.00 EUR", "40 EUR"),
        ("RO", "10.00 EUR", "40 EUR"),
        ("RO", "10.00 RON", ""),
        ("CH", "10.00 CHF", ""),
        ("NO", "10.00 NOK", ""),
        ("PL", "10.00 PLN", ""),
        ("US", "10.00 USD", ""),
        ("UK", "1000.00 EUR", ""),
        ("DE", "0.00 EUR", ""),
        ("DE", "-5.00 EUR", ""),
    ],
)
def test_the_fixed_sum_changes_at_the_right_cent(code: str, principal: str, sum_: str) -> None:
    """Britain's bands begin at a round sum, Ireland's end there; another currency: a person."""
    cost = compensation(code, parse_money(*principal.split()), consumer=False)
    assert (cost.amount if cost else None) == (parse_money(*sum_.split()) if sum_ else None)
    assert cost is None or str(cost.amount) in cost.ground


@each
def test_no_consumer_owes_the_fixed_sum(code: str) -> None:
    table = rate_table(code)
    debt = Money(5000, table.compensation.currency if table.compensation else "EUR")
    assert compensation(code, debt, consumer=True) is None


@pytest.mark.parametrize(
    ("reference", "percent"),
    [("0.00", "8"), ("3.15", "11.5"), ("4.25", "12.5"), ("4.50", "12.5"), ("4.51", "13")],
)
def test_belgium_rounds_up_to_the_half_point(reference: str, percent: str) -> None:
    assert rate_table("BE").business.percent(Decimal(reference)) == Decimal(percent)


def test_a_rate_never_falls_below_zero() -> None:
    assert rate_table("DE").consumer.percent(Decimal("-0.88")) == Decimal("4.12")
    assert rate_table("DE").consumer.percent(Decimal("-5.01")) == 0


def test_an_unknown_jurisdiction_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DomainError, match=r"'NZ'.*AT, BE, CH, DE") as refused:
        rate_table("NZ")
    assert refused.value.field == "jurisdiction"


@pytest.mark.parametrize(
    ("code", "half_year", "percent"),
    [
        ("PT", "2026H1", "10.15"),  # Aviso 822/2026
        ("NL", "2023H2", "12"),  # kerckhoffsadvocaten.nl
        ("NL", "2024H2", "12.25"),  # metaalunie.nl
        ("FI", "2024H2", "12.5"),  # Suomen Pankki, 2024-06-25
        ("FI", "2026H1", "10.5"),
        ("DK", "2021H2", "7.65"),  # forbrug.dk
        ("DK", "2024H1", "11.75"),
        ("NO", "2023H1", "10.75"),  # Finansdepartementet
        ("NO", "2025H1", "12.5"),
        ("PL", "2024H2", "15.75"),
        ("RO", "2026H1", "14.5"),
    ],
)
def test_a_business_owes_what_was_published(code: str, half_year: str, percent: str) -> None:
    table = rate_table(code)
    ours = {rate.half_year: table.business.percent(rate.percent) for rate in table.rates}
    assert ours[half_year] == Decimal(percent)


SEEN_ELSEWHERE = (
    ("FI", "2023H1", "10.5", "9.5", "notice 1276/2022 of Suomen Pankki, 2022-12-27, finlex.fi"),
    ("FI", "2024H1", "12.5", "11.5", "release of Suomen Pankki for 2024-01-01, via y-lehti.fi"),
    (
        "FI",
        "2024H2",
        "12.5",
        "11.5",
        "notice of Suomen Pankki, 2024-06-25, via taloasemahelsinki.fi",
    ),
    ("NL", "2024H1", "12.5", "", "wieringa-advocaten.nl, 2024-01-16"),
    ("NL", "2024H2", "12.25", "", "mijn.metaalunie.nl, of 2024-07-01"),
    ("NO", "2022H2", "9.25", "9.25", "revisjonskompaniet.no and reknehuset.no, of 2022-07-01"),
    ("NO", "2023H1", "10.75", "10.75", "regnskapnorge.no and kred.no, of 2023-01-01"),
    ("NO", "2024H1", "12.5", "12.5", "Finansdepartementet, regjeringen.no id3019071"),
)
"""What others published of a half-year: in all for businesses, for consumers if one is set."""


@pytest.mark.parametrize(("code", "half_year", "business", "consumer", "source"), SEEN_ELSEWHERE)
def test_the_tables_say_what_others_published(
    code: str, half_year: str, business: str, consumer: str, source: str
) -> None:
    table = rate_table(code)
    (rate,) = [rate for rate in table.rates if rate.half_year == half_year]

    assert table.business.percent(rate.percent) == Decimal(business), source
    if consumer:
        assert table.consumer.percent(rate.percent) == Decimal(consumer), source
    else:
        assert table.consumer.none, source


def test_switzerland_has_a_fixed_rate_and_the_united_states_the_contract_alone() -> None:
    assert rate_table("CH").business.flat == Decimal(5)
    assert rate_table("CH").known_until is None
    assert rate_table("US").business.none
    assert not rate_table("US").has_reference

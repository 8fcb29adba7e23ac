"""A rate file that cannot be relied on is refused, each mistake with its line and the way out."""

from pathlib import Path

import pytest

from domain.interest.rate_file import RatesError
from domain.interest.rate_parsing import parse_rates

GOOD = (Path(__file__).parents[3] / "domain" / "interest" / "rates" / "uk.toml").read_text(
    encoding="utf-8"
)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('percent = "0.75"', "percent = 0.75", "percent", "rate.1.percent: 0.75 does not fit"),
        ("from = 2019-07-01", "from = 2019-07-02", "from", "begins no half-year"),
        ("from = 2019-07-01", "from = 2020-01-01", "from", "2019-07-01 comes next"),
        ('margin = "8"', 'margin = "8"\nflat = "4"', "[business]", "exactly one of margin"),
        ('margin = "8"', 'flat = "4"', "flat", "write source and recorded"),
        ('up_to = "9999.99"', 'up_to = "999.99"', "up_to", "above the band before"),
        ('up_to = "9999.99"', "", "[[compensation.band]]", "the last is open upwards"),
        ('currency = "GBP"', 'currency = "GPB"', "currency", "no ISO 4217"),
        ('day_count = "365"', 'day_count = "360"', "day_count", "actual"),
        ('name = "United Kingdom"', "", "code", "name: is missing"),
        ('name = "United', 'nane = "United', "nane", "is no key"),
        ('code = "UK"', "code = UK", "code", "not TOML"),
    ],
)
def test_a_mistake_in_a_rate_file_is_named_with_its_line(
    old: str, new: str, line: str, said: str
) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    with pytest.raises(RatesError) as refused:
        parse_rates(text, file="uk.toml")
    problems = refused.value.problems
    assert any(said in problem for problem in problems), problems
    place, _, _ = next(p for p in problems if said in p).partition(": ")
    name, number = place.split(":")
    assert name == "uk.toml"
    assert line in text.splitlines()[int(number) - 1]
